/** The decision of mode `check`: an observation and the criteria → whether the stream meets them, and why. Pure. */

import { type ArnScope, arnScope } from '../arn.ts';
import { formatKey } from '../format.ts';
import { compareKeys, compareNamedKey, type Match } from '../keys/compare.ts';
import { parseKeyId } from '../keys/key-id.ts';
import { keyWarnings } from '../keys/key-warnings.ts';
import { type NamedKey, type ResolvedKey, whyUnknown } from '../keys/resolved-key.ts';
import type { SelectedStream } from '../model.ts';
import { formatUndetermined, type ResolvedCriteria, targetOf } from './criteria.ts';
import { formatUnclear, type ResolvedObservation, whyNotEncryptable } from './observation.ts';

interface Judgement {
  readonly outcome: 'compliant' | 'non-compliant' | 'not-applicable' | 'failed';
  readonly why: string;
  /** The reason without the stream's key, unless that key must be repaired. */
  readonly cause: string;
  readonly warnings: readonly string[];
}

/** Judges a stream that has no change in flight. Pure. */
export function judge(
  { named }: Pick<SelectedStream, 'named'>,
  observation: ResolvedObservation,
  criteria: ResolvedCriteria
): Judgement {
  const obstacle = whyNotEncryptable(observation, named);
  if (obstacle?.action === 'fail') return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, cause: obstacle.why, warnings: [] };
  const { phase, encrypted } = observation;
  if (phase === 'final') {
    return encrypted === 'false'
      ? nonCompliant(
          'the stream is not encrypted: run mode encrypt to encrypt it',
          [...keyWarnings([targetOf(criteria)]), ...(criteria.which === 'unresolved' ? [criteria.why] : [])],
          'not encrypted: run mode encrypt'
        )
      : judgeKey(observation, criteria);
  }
  const why = formatUnclear(observation, 'run mode encrypt with a key-type or key-id to set a key');
  return phase === 'failed' ? nonCompliant(why) : failed(why);
}

/** Judges the key of an encrypted stream. */
function judgeKey({ key, arn }: ResolvedObservation, criteria: ResolvedCriteria): Judgement {
  if (criteria.which === 'unresolved') return failed(criteria.why);
  const current = `the stream is encrypted with ${formatKey(key)}`;
  const approved = criteria.which === 'approved' ? criteria.keys : [];
  const unknown = whyUnknown(approved, 'approved-key-ids');
  const warnings = keyWarnings([key, targetOf(criteria)]);
  const scope = arnScope(arn);
  const match = matchCriteria(key, criteria, scope);
  if (match === 'other') {
    return nonCompliant(`${current}, ${whyOther(criteria, scope)}`, warnings, causeOfOther(criteria, scope));
  }
  // A key that cannot be used fails the check even if it is the right one.
  if (key?.problem) return nonCompliant(`${current}, but ${key.problem}`, warnings, key.problem);
  if (match === 'unknown') {
    return failed([formatUndetermined(key, formatRequired(criteria), approved), ...unknown].join('. '));
  }
  return {
    outcome: 'compliant',
    why: current,
    cause: current,
    warnings: [...aliasWarnings(key), ...warnings, ...unknown]
  };
}

type Resolved = Exclude<ResolvedCriteria, { which: 'unresolved' }>;

function matchCriteria(key: ResolvedKey | null, criteria: Resolved, scope: ArnScope): Match {
  if (criteria.which === 'any') return 'same';
  if (key === null) return 'unknown';
  switch (criteria.which) {
    case 'target':
      return compareKeys(key, criteria.target);
    case 'customer-managed':
      return key.type === null ? 'unknown' : key.type === criteria.which ? 'same' : 'other';
    case 'approved': {
      const matches = criteria.keys.map((named) => compareNamedKey(key, named, scope));
      return matches.find((match) => match === 'same') ?? matches.find((match) => match === 'unknown') ?? 'other';
    }
  }
}

function formatRequired({ which }: Resolved): string {
  if (which === 'approved') return 'one of approved-key-ids';
  return which === 'customer-managed' ? 'a customer managed key' : 'the required key';
}

function whyOther(criteria: Resolved, scope: ArnScope): string {
  switch (criteria.which) {
    case 'target':
      return `but must be encrypted with ${formatKey(criteria.target)}: run mode encrypt to move it`;
    case 'approved':
      return `which is not in approved-key-ids${remedyIfNotApproved(criteria.keys, scope)}`;
    default:
      return 'but must be encrypted with a customer managed key: run mode encrypt with a key-id to move it';
  }
}

/** The same without the key of the stream. */
function causeOfOther(criteria: Resolved, scope: ArnScope): string {
  switch (criteria.which) {
    case 'target':
      return `not encrypted with ${formatKey(criteria.target)}, the required key: run mode encrypt`;
    case 'approved':
      return `encrypted with a key that is not in approved-key-ids${remedyIfNotApproved(criteria.keys, scope)}`;
    default:
      return 'not encrypted with a customer managed key: run mode encrypt with a key-id';
  }
}

/** If the list itself may be wrong, that comes first. */
function remedyIfNotApproved(keys: readonly NamedKey[], { region }: ArnScope): string {
  const unknown = whyUnknown(keys, 'approved-key-ids');
  if (unknown.length > 0) {
    return `. ${unknown.join('. ')}. Correct approved-key-ids, or run mode encrypt with a key-id to move the stream`;
  }
  return keys.every(({ id }) => (parseKeyId(id)?.region ?? region) !== region)
    ? `: none of them is in ${region}, so add the keys that are approved there`
    : ': run mode encrypt with a key-id to move it';
}

function aliasWarnings(key: ResolvedKey | null): string[] {
  if (!key?.viaAlias) return [];
  return [
    `the stream is encrypted through the alias ${key.id}, which points to ${key.arn ?? 'an unknown key'} now but may have been repointed: run mode encrypt on the data stream to put the key itself in force`
  ];
}

function failed(why: string): Judgement {
  return { outcome: 'failed', why, cause: why, warnings: [] };
}

function nonCompliant(why: string, warnings: readonly string[] = [], cause = why): Judgement {
  return { outcome: 'non-compliant', why, cause, warnings };
}
