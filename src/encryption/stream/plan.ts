/** Decisions: the state there is and what is asked → what to do, and why. Nothing here asks anybody anything. */

import { formatKey } from '../format.ts';
import { arnScope } from '../keys/key-id.ts';
import { awsTarget, compareKeys, type ResolvedKey, type ResolvedTarget } from '../keys/keys.ts';
import { compareFromKey, formatLookupErrors, type NamedKey, type ResolvedFromKey } from '../keys/named-keys.ts';
import type { Observation, SelectedStream, StreamKind, StreamRef } from '../model.ts';

/** A look at a stream whose key has been made out. */
export interface ResolvedObservation extends Omit<Observation, 'key'> {
  readonly key: ResolvedKey | null;
}

/** What is asked for, with the keys made out that are named. */
export type ResolvedCriteria =
  | { readonly which: 'any' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'approved'; readonly keys: readonly NamedKey[] }
  /** `from`: only a stream that is encrypted with one of these is moved to the target; null: the request does not say. */
  | { readonly which: 'target'; readonly target: ResolvedTarget; readonly from: readonly ResolvedFromKey[] | null }
  | { readonly which: 'unresolved'; readonly why: string };

/** What `encrypt` does with a stream that is at rest. */
export type Plan =
  /** `skip`: left alone on purpose though not as asked. */
  | { readonly action: 'leave' | 'skip'; readonly why: string; readonly warnings: readonly string[] }
  /** `from` tells how the stream stands: 'the stream is …' can be said of it. */
  | { readonly action: 'change'; readonly to: ResolvedTarget; readonly from: string }
  | { readonly action: 'not-applicable' | 'fail'; readonly why: string };

/** Decides what to do so that the stream is encrypted as wanted. A write is spent only where it is needed and can succeed. */
export function planChange(
  { stream, named }: SelectedStream,
  state: ResolvedObservation,
  wanted: ResolvedCriteria
): Plan {
  const obstacle = whyNotEncryptable(state, named);
  if (obstacle !== null) return obstacle;
  switch (wanted.which) {
    case 'any':
      return planAnyKey(stream.kind, state);
    case 'customer-managed':
    case 'approved':
      return fail(`${wanted.which} is for checking: it needs a key-id to encrypt with`);
    case 'unresolved':
      return fail(wanted.why);
    case 'target': {
      const { target, from } = wanted;
      if (isProof(state, target)) {
        return leave(state.key, state.key?.id === target.toSet.id ? '' : `, which is ${formatKey(target.toSet)}`);
      }
      const reason = from === null ? whyNotByPattern(state, target, named) : whyNotOff(from, state, target);
      return reason ?? planTarget(state, target);
    }
  }
}

/** Decides where any key will do: only a stream that plainly says 'not encrypted' is changed. */
function planAnyKey(kind: StreamKind, state: ResolvedObservation): Plan {
  if (state.phase !== 'final') return fail(`${formatUnclear(state)}: name a key-type or key-id to put one in force`);
  return state.encrypted === 'false' ? change(awsTarget(kind), 'not encrypted') : leave(state.key, '');
}

/**
 * Why a stream is not changed to the target although it may be, or null: a customer key is never left by accident, so
 * what only a glob or tags chose stays on it.
 */
function whyNotByPattern(state: ResolvedObservation, target: ResolvedTarget, named: boolean): Plan | null {
  if (named || isPlainlyUnencrypted(state)) return null;
  if (state.phase !== 'final') return fail(`${formatUnclear(state)}: ${NAME_IT}, or give from-key-id any`);
  const { key } = state;
  if (key?.type === 'aws-owned') return null;
  const match = key === null ? 'unknown' : compareKeys(key, target);
  if (match === 'same') return null;
  if (match === 'unknown' || key?.type !== 'customer-managed') {
    return fail(`${formatUndetermined(key, 'another customer key')}: ${NAME_IT}, or give this key as from-key-id`);
  }
  const stands = `encrypted with ${formatKey(key)}, another customer key`;
  return skip(`the stream is ${stands}, and a glob or tags chose it: left as it is`, [
    `left ${stands}, as a glob or tags alone take no stream off it: ${NAME_IT}, or give this key as from-key-id`
  ]);
}

const NAME_IT = 'name the stream exactly';

/** Why a stream is not moved where only those on one of these keys are, or null. */
function whyNotOff(olds: readonly ResolvedFromKey[], state: ResolvedObservation, target: ResolvedTarget): Plan | null {
  if (isPlainlyUnencrypted(state)) return skip('the stream is not encrypted: there is no key to move it off');
  if (olds.includes('any')) return null;
  if (state.phase !== 'final') return fail(`${formatUnclear(state)}: give from-key-id any to change it all the same`);
  const { key } = state;
  const matches = olds.map((old) => (key === null ? 'unknown' : compareFromKey(key, old, target, arnScope(state.arn))));
  if (matches.includes('same')) return null;
  if (matches.includes('unknown')) {
    const named = olds.filter((old) => typeof old !== 'string');
    return fail(formatUndetermined(key, 'one of from-key-id', named));
  }
  return skip(`the stream is encrypted with ${formatKey(key)}, which is no key of from-key-id: left as it is`);
}

/** Decides where the target is not in force. What is sent is the key itself, so that what the service reports then is proof. */
function planTarget(state: ResolvedObservation, target: ResolvedTarget): Plan {
  if (state.phase !== 'final') return change(target, `in the state ${state.status}${because(state.failure?.reason)}`);
  if (state.encrypted === 'false') return change(target, 'not encrypted');
  const { key } = state;
  if (key?.viaAlias) {
    return change(target, `encrypted through ${key.id}, an alias, which may have been repointed and so proves no key`);
  }
  // A key ARN can be put in force whatever is there now; the AWS key may be in force already, and nobody can tell.
  if (key !== null && target.arn === null && compareKeys(key, target) === 'unknown') {
    return fail(formatUndetermined(key, 'the key asked for'));
  }
  return change(target, `encrypted with ${formatKey(key)}`);
}

function isPlainlyUnencrypted({ phase, encrypted }: ResolvedObservation): boolean {
  return phase === 'final' && encrypted === 'false';
}

/** `sameAs` names the key asked for where the service writes it another way. */
function leave(key: ResolvedKey | null, sameAs: string): Plan {
  return {
    action: 'leave',
    why: `the stream is already encrypted with ${formatKey(key)}${sameAs}`,
    warnings: key?.problem ? [key.problem] : []
  };
}

function skip(why: string, warnings: readonly string[] = []): Plan {
  return { action: 'skip', why, warnings };
}

function change(to: ResolvedTarget, from: string): Plan {
  return to.problem === null ? { action: 'change', to, from } : fail(`${to.problem}. No change was sent`);
}

function fail(why: string): Plan {
  return { action: 'fail', why };
}

/** Whether the state is the proof that the target is in force: final, encrypted, and with that very key. */
export function isProof(state: ResolvedObservation, target: ResolvedTarget): boolean {
  return (
    state.phase === 'final' &&
    state.encrypted === 'true' &&
    state.key !== null &&
    !state.key.viaAlias &&
    compareKeys(state.key, target) === 'same'
  );
}

/** Why this is not the stream that was asked for, or null. A stream of the same name in another account is another stream. */
export function whyDifferentStream(asked: StreamRef, answeredArn: string): string | null {
  if (asked.arn === null || asked.arn === answeredArn) return null;
  const given = arnScope(asked.arn);
  const answered = arnScope(answeredArn);
  return (
    `${asked.arn} was asked for (account ${given.accountId}), but the credentials lead to ${answeredArn} ` +
    `(account ${answered.accountId}): use credentials of account ${given.accountId}`
  );
}

/** Why there is nothing to encrypt here, or null. A stream that only a glob or tags chose may go while the run is on. */
export function whyNotEncryptable(
  state: ResolvedObservation,
  named: boolean
): Extract<Plan, { action: 'not-applicable' | 'fail' }> | null {
  switch (state.phase) {
    case 'not-applicable':
      return {
        action: 'not-applicable',
        why: `the delivery stream's source is ${state.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
      };
    case 'deleting':
      return { action: named ? 'fail' : 'not-applicable', why: 'the stream is being deleted' };
    case 'not-created':
      return { action: 'fail', why: `the stream could not be created${because(state.failure?.reason)}` };
    default:
      return null;
  }
}

/** Says that nobody can tell whether the key in force is this, and for want of which permission. */
export function formatUndetermined(key: ResolvedKey | null, what: string, named: readonly NamedKey[] = []): string {
  return `whether ${formatKey(key)} is ${what} cannot be told${because(formatLookupErrors(key, named))}`;
}

/** Says of a state that it does not tell enough to judge by. */
export function formatUnclear({ status, failure }: ResolvedObservation): string {
  return `the state ${status}${because(failure?.reason)} does not tell whether the stream is encrypted, nor with which key`;
}

function because(reason: string | null | undefined): string {
  return reason ? ` (${reason})` : '';
}
