/** Decisions of mode check: whether a stream stands as asked. Nothing here asks anybody anything. */

import { formatKey } from '../format.ts';
import { type ArnScope, arnScope } from '../keys/key-id.ts';
import { compareKeys, type Match, type ResolvedKey } from '../keys/keys.ts';
import { compareNamedKey, type NamedKey } from '../keys/named-keys.ts';
import type { SelectedStream } from '../model.ts';
import {
  formatUnclear,
  formatUndetermined,
  type ResolvedCriteria,
  type ResolvedObservation,
  whyNotEncryptable
} from './plan.ts';

/** How `check` finds a stream that is at rest. */
export interface Judgement {
  readonly outcome: 'compliant' | 'non-compliant' | 'not-applicable' | 'failed';
  readonly why: string;
  readonly warnings: readonly string[];
}

/** Judges the stream as it is. */
export function judge(
  { named }: Pick<SelectedStream, 'named'>,
  state: ResolvedObservation,
  wanted: ResolvedCriteria
): Judgement {
  const obstacle = whyNotEncryptable(state, named);
  if (obstacle?.action === 'fail') return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
  switch (state.phase) {
    case 'final':
      return state.encrypted === 'false'
        ? nonCompliant('the stream is not encrypted: mode encrypt does it')
        : judgeKey(state, wanted);
    case 'failed':
      return nonCompliant(`${formatUnclear(state)}: mode encrypt with a key-type or key-id settles it`);
    default:
      return failed(`${formatUnclear(state)}: mode encrypt with a key-type or key-id settles it`);
  }
}

/** Judges the key of an encrypted stream. */
function judgeKey({ key, arn }: ResolvedObservation, wanted: ResolvedCriteria): Judgement {
  if (wanted.which === 'unresolved') return failed(wanted.why);
  const stands = `the stream is encrypted with ${formatKey(key)}`;
  const approved = wanted.which === 'approved' ? wanted.keys : [];
  const unknown = approved.flatMap(whyUnknown);
  const match = matches(key, wanted, arnScope(arn));
  if (match === 'other') return nonCompliant([`${stands}, ${butAsked(wanted)}`, ...unknown].join('. '));
  // Whichever key it is, it cannot be used.
  if (key?.problem) return nonCompliant(`${stands}, but ${key.problem}`);
  if (match === 'unknown')
    return failed([formatUndetermined(key, 'the key asked for', approved), ...unknown].join('. '));
  return { outcome: 'compliant', why: stands, warnings: [...doubtsAbout(key), ...unknown] };
}

type Resolved = Exclude<ResolvedCriteria, { which: 'unresolved' }>;

function matches(key: ResolvedKey | null, wanted: Resolved, home: ArnScope): Match {
  if (wanted.which === 'any') return 'same';
  if (key === null) return 'unknown';
  switch (wanted.which) {
    case 'target':
      return compareKeys(key, wanted.target);
    case 'customer-managed':
      return key.type === null ? 'unknown' : key.type === wanted.which ? 'same' : 'other';
    case 'approved': {
      const each = wanted.keys.map((named) => compareNamedKey(key, named, home));
      return each.find((match) => match === 'same') ?? each.find((match) => match === 'unknown') ?? 'other';
    }
  }
}

function butAsked(wanted: Resolved): string {
  switch (wanted.which) {
    case 'target':
      return `but ${formatKey(wanted.target.toSet)} was asked for: mode encrypt moves it`;
    case 'approved':
      return 'which is none of approved-key-ids: mode encrypt with a key-id moves it';
    default:
      return 'but a customer managed key was asked for: mode encrypt with a key-id moves it';
  }
}

function whyUnknown({ id, lookup }: NamedKey): string[] {
  return lookup?.answer === 'missing' ? [`KMS does not know ${id} of approved-key-ids (${lookup.why})`] : [];
}

function doubtsAbout(key: ResolvedKey | null): string[] {
  const doubts: string[] = [];
  if (key?.viaAlias) {
    const now = key.arn === null ? 'an unknown key' : key.arn;
    doubts.push(
      `the stream is encrypted through ${key.id}, which points to ${now} now but may have been repointed: mode encrypt puts the key itself in force`
    );
  }
  if (key?.lookupError) doubts.push(`whether the key is enabled could not be looked up: ${key.lookupError}`);
  return doubts;
}

function failed(why: string): Judgement {
  return { outcome: 'failed', why, warnings: [] };
}

function nonCompliant(why: string): Judgement {
  return { outcome: 'non-compliant', why, warnings: [] };
}
