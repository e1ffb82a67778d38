/** The decision of the modes `encrypt` and `plan`: an observation and the criteria → what to do, and why. Pure. */

import { arnScope } from '../arn.ts';
import { formatKey } from '../format.ts';
import { compareFromKey, compareKeys } from '../keys/compare.ts';
import { keyWarnings } from '../keys/key-warnings.ts';
import { type ResolvedFromKey, type ResolvedKey, whyUnknown } from '../keys/resolved-key.ts';
import { awsTarget, type ResolvedTarget } from '../keys/target.ts';
import { KINESIS_AWS_ALIAS, type SelectedStream, type StreamKind } from '../model.ts';
import { formatUndetermined, type ResolvedCriteria, targetOf } from './criteria.ts';
import {
  because,
  formatUnclear,
  isPlainlyUnencrypted,
  isProof,
  type Obstacle,
  type ResolvedObservation,
  whyNotEncryptable
} from './observation.ts';

/** What to do with a stream that has no change in flight. */
export type Plan =
  /** It already matches. */
  | { readonly action: 'leave'; readonly why: string; readonly warnings: readonly string[] }
  /** It does not match and is left alone on purpose. `cause` is the reason in brief, without the stream's key. */
  | { readonly action: 'skip'; readonly why: string; readonly cause: string; readonly warnings: readonly string[] }
  | PlannedChange
  | Obstacle;

export interface PlannedChange {
  readonly action: 'change';
  readonly target: ResolvedTarget;
  /** How the stream is now, completing 'the stream is …'. */
  readonly stateBefore: string;
  /** The same in brief, without the stream's key. */
  readonly cause: string;
  readonly warnings: readonly string[];
}

/** Decides how to make the stream match. A change is planned only if it is needed and can succeed. */
export function planChange(
  selected: SelectedStream,
  observation: ResolvedObservation,
  criteria: ResolvedCriteria
): Plan {
  const plan = decide(selected, observation, criteria);
  switch (plan.action) {
    case 'leave':
      return { ...plan, warnings: [...plan.warnings, ...keyWarnings([observation.key, targetOf(criteria)])] };
    case 'skip':
      return { ...plan, warnings: [...plan.warnings, ...keyWarnings([observation.key])] };
    case 'change':
      return { ...plan, warnings: changeWarnings(observation, plan.target) };
    default:
      return plan;
  }
}

function decide({ stream, named }: SelectedStream, observation: ResolvedObservation, criteria: ResolvedCriteria): Plan {
  const obstacle = whyNotEncryptable(observation, named);
  if (obstacle !== null) return obstacle;
  switch (criteria.which) {
    case 'any':
      return planAnyKey(stream.kind, observation);
    case 'customer-managed':
    case 'approved':
      return fail(`${criteria.which} is for mode check: encryption needs a key-id`);
    case 'unresolved':
      return fail(criteria.why);
    case 'target': {
      const { target, from } = criteria;
      if (isProof(observation, target)) {
        return leave(observation.key, observation.key?.id === target.id ? '' : `, which is ${formatKey(target)}`);
      }
      const exception =
        from === null ? planUnlessNamed(observation, target, named) : planUnlessOnFromKey(from, observation);
      return exception ?? planTarget(observation, target);
    }
  }
}

/** If any key is fine, only a stream that is plainly not encrypted is changed. */
function planAnyKey(kind: StreamKind, observation: ResolvedObservation): Plan {
  if (observation.phase !== 'final') {
    return fail(formatUnclear(observation, 'give a key-type or key-id to set a key'));
  }
  return observation.encrypted === 'false' ? change(awsTarget(kind), 'not encrypted') : leave(observation.key, '');
}

const NAME_IT = 'name the stream exactly';

/** A stream that a glob or tags selected is never moved off a customer key. Null if it may change. */
function planUnlessNamed(observation: ResolvedObservation, target: ResolvedTarget, named: boolean): Plan | null {
  if (named || isPlainlyUnencrypted(observation)) return null;
  if (observation.phase !== 'final') return fail(formatUnclear(observation, `${NAME_IT}, or set from-key-id: any`));
  const { key } = observation;
  if (key?.type === 'aws-owned') return null;
  const match = key === null ? 'unknown' : compareKeys(key, target);
  if (match === 'same') return null;
  if (match === 'unknown' || key?.type !== 'customer-managed') {
    return fail(formatUndetermined(key, 'another customer key', [], `${NAME_IT}, or give this key as from-key-id`));
  }
  const state = `encrypted with ${formatKey(key)}, another customer key`;
  return skip(
    `the stream is ${state}, and a glob or tags selected it: not changed`,
    'on another customer key, and selected by a glob or tags',
    [
      `left ${state}, because a glob or tags alone never move a stream off a customer key: ${NAME_IT}, or give this key as from-key-id`
    ]
  );
}

/** With `from-key-id`, a stream on another key is left alone. Null if it may change. */
function planUnlessOnFromKey(from: readonly ResolvedFromKey[], observation: ResolvedObservation): Plan | null {
  if (isPlainlyUnencrypted(observation)) {
    const cause = 'not encrypted, so on none of the keys in from-key-id';
    return skip('the stream is not encrypted, so it is on none of the keys in from-key-id', cause);
  }
  if (from.includes('any')) return null;
  if (observation.phase !== 'final') {
    return fail(formatUnclear(observation, 'set from-key-id: any to change it anyway'));
  }
  const { key } = observation;
  const scope = arnScope(observation.arn);
  const matches = from.map((one) => (key === null ? 'unknown' : compareFromKey(key, one, scope)));
  if (matches.includes('same')) return null;
  const named = from.filter((one) => typeof one !== 'string');
  if (matches.includes('unknown')) return fail(formatUndetermined(key, 'one of from-key-id', named));
  return skip(
    `the stream is encrypted with ${formatKey(key)}, which is not in from-key-id: not changed`,
    'on a key that is not in from-key-id',
    whyUnknown(named, 'from-key-id')
  );
}

/** The target is not in force. Its ARN is sent, never an alias, so that the key reported afterwards can be compared. */
function planTarget(observation: ResolvedObservation, target: ResolvedTarget): Plan {
  const { phase, status, failure, encrypted, key } = observation;
  if (phase !== 'final') return change(target, `in status ${status}${because(failure?.reason)}`);
  if (encrypted === 'false') return change(target, 'not encrypted');
  if (key?.viaAlias) {
    return change(
      target,
      `encrypted through the alias ${key.id}, which may have been repointed, so it does not prove which key is used`,
      'encrypted through an alias, which does not prove which key is used'
    );
  }
  // A key ARN can be set again. The AWS key may already be in force, and setting it again would be refused; so may the
  // target, if the service does not show which key is in force.
  if (key === null || (compareKeys(key, target) === 'unknown' && (target.arn === null || key.id === ''))) {
    return fail(formatUndetermined(key, 'the target key'));
  }
  return change(target, `encrypted with ${formatKey(key)}`, 'on another key');
}

/** What the operator should know when the stream leaves its key for the target. */
function changeWarnings({ key, channelCount }: ResolvedObservation, target: ResolvedTarget): string[] {
  const warnings = keyWarnings([key, target]);
  if (key?.unreadable) warnings.unshift(key.unreadable);
  if (channelCount > 0 && target.type === 'aws-owned') {
    warnings.push(
      `the data stream has channels, and AWS refuses new ones on a stream that is encrypted with ${KINESIS_AWS_ALIAS}: ` +
        'use a customer managed key if it needs another channel'
    );
  }
  return warnings;
}

/** `alsoKnownAs` names the target if the service writes it in another form. */
function leave(key: ResolvedKey | null, alsoKnownAs: string): Plan {
  return {
    action: 'leave',
    why: `the stream is already encrypted with ${formatKey(key)}${alsoKnownAs}`,
    warnings: key?.problem ? [key.problem] : []
  };
}

function skip(why: string, cause: string, warnings: readonly string[] = []): Plan {
  return { action: 'skip', why, cause, warnings };
}

function change(target: ResolvedTarget, stateBefore: string, cause = stateBefore): Plan {
  return target.problem === null
    ? { action: 'change', target, stateBefore, cause, warnings: [] }
    : fail(`${target.problem}. No change was sent`);
}

function fail(why: string): Plan {
  return { action: 'fail', why };
}
