/** Decisions: the state there is and what is asked → what to do, and why. Nothing here asks anybody anything. */

import {
  compareKeys,
  homeOf,
  KINESIS_AWS_ALIAS,
  type KnownKey,
  keyInWords,
  type Target,
  type Unresolved
} from './keys.ts';
import type { Look, StreamKind, StreamRef } from './model.ts';

/** A look at a stream whose key has been made out. */
export interface State extends Omit<Look, 'key'> {
  readonly key: KnownKey | null;
}

/** What is asked for, with the key resolved where one is named. */
export type Wanted =
  | { readonly which: 'any' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'target'; readonly target: Target | Unresolved };

/** What `encrypt` does with a stream that is at rest. */
export type Plan =
  | { readonly action: 'leave'; readonly why: string; readonly warnings: readonly string[] }
  | { readonly action: 'change'; readonly to: Target; readonly why: string }
  | { readonly action: 'not-applicable'; readonly why: string }
  | { readonly action: 'fail'; readonly why: string };

/** How `check` finds a stream that is at rest. */
export interface Judgement {
  readonly outcome: 'compliant' | 'non-compliant' | 'not-applicable' | 'failed';
  readonly why: string;
  readonly warnings: readonly string[];
}

/** Decides what to do so that the stream is encrypted as wanted. A write is spent only where it is needed and can succeed. */
export function planChange(kind: StreamKind, state: State, wanted: Wanted): Plan {
  const obstacle = whyNoEncryption(state);
  if (obstacle) return obstacle;
  if (wanted.which === 'any') return planAnyKey(kind, state);
  if (wanted.which === 'customer-managed')
    return { action: 'fail', why: 'customer-managed needs a key-id to encrypt with' };
  const { target } = wanted;
  if ('unresolved' in target) return { action: 'fail', why: target.unresolved };

  const aim = keyInWords(target.toSet);
  if (state.phase !== 'final' || state.encrypted !== 'true') {
    const start =
      state.phase === 'final' ? 'is not encrypted' : `is in the state ${state.status}${because(state.failure)}`;
    return change(target, `the stream ${start}, and is to be encrypted with ${aim}`);
  }
  if (state.key?.viaAlias) {
    return change(
      target,
      `the stream is encrypted through ${state.key.id}, an alias, which is no proof of the key since it may have been repointed; it gets ${aim} itself`
    );
  }
  switch (state.key === null ? 'other' : compareKeys(state.key, target)) {
    case 'same':
      return {
        action: 'leave',
        why: `the stream is already encrypted with ${keyInWords(state.key)}`,
        warnings: state.key?.problem ? [state.key.problem] : []
      };
    case 'unknown':
      // A key ARN can be put in force whatever is there now; the AWS key may be in force already, and nobody can tell.
      if (target.arn === null) return { action: 'fail', why: cannotTell(state.key) };
  }
  return change(target, `the stream is encrypted with ${keyInWords(state.key)}, and is to be encrypted with ${aim}`);
}

/** Decides where any key will do: only a stream that plainly says 'not encrypted' is changed. */
function planAnyKey(kind: StreamKind, state: State): Plan {
  if (state.encrypted === 'true') {
    return {
      action: 'leave',
      why: `the stream is encrypted with ${keyInWords(state.key)}, and any key was asked for`,
      warnings: state.key?.problem ? [state.key.problem] : []
    };
  }
  if (state.phase === 'final') {
    const id = kind === 'kinesis' ? KINESIS_AWS_ALIAS : '';
    const target: Target = { toSet: { type: 'aws-owned', id }, arn: null, problem: null };
    return change(target, 'the stream is not encrypted, and any key was asked for: it gets the AWS key');
  }
  return {
    action: 'fail',
    why: `the state ${state.status}${because(state.failure)} does not tell whether the stream is encrypted, nor with which key: name a key-type or key-id to put one in force`
  };
}

function change(to: Target, why: string): Plan {
  return to.problem === null
    ? { action: 'change', to, why }
    : { action: 'fail', why: `${to.problem}. No change was sent` };
}

/** Judges the stream as it is. */
export function judge(state: State, wanted: Wanted): Judgement {
  const obstacle = whyNoEncryption(state);
  if (obstacle) {
    return { outcome: obstacle.action === 'fail' ? 'failed' : obstacle.action, why: obstacle.why, warnings: [] };
  }
  if (wanted.which === 'target' && 'unresolved' in wanted.target) return failed(wanted.target.unresolved);
  if (state.encrypted === 'false') return nonCompliant('the stream is not encrypted');
  if (state.encrypted === 'unknown') {
    return nonCompliant(
      `the state ${state.status}${because(state.failure)} does not tell whether the stream is encrypted, nor with which key`
    );
  }
  const { key } = state;
  const inForce = keyInWords(key);
  switch (keyAllowed(key, wanted)) {
    case 'unknown':
      return failed(cannotTell(key));
    case 'other':
      return nonCompliant(`the stream is encrypted with ${inForce}, but ${wantedInWords(wanted)} was asked for`);
  }
  if (key?.problem) return nonCompliant(`the stream is encrypted with ${inForce}, but ${key.problem}`);
  return { outcome: 'compliant', why: `the stream is encrypted with ${inForce}`, warnings: doubtsAbout(key) };
}

function keyAllowed(key: KnownKey | null, wanted: Wanted): 'same' | 'other' | 'unknown' {
  if (wanted.which === 'any') return 'same';
  if (key === null) return 'unknown';
  if (wanted.which === 'target') return 'unresolved' in wanted.target ? 'unknown' : compareKeys(key, wanted.target);
  // A key that KMS does not know is reported as gone by the caller; its type no longer matters.
  if (key.type === null) return key.problem === null ? 'unknown' : 'same';
  return key.type === 'customer-managed' ? 'same' : 'other';
}

function doubtsAbout(key: KnownKey | null): string[] {
  const doubts: string[] = [];
  if (key?.viaAlias) {
    const now = key.arn === null ? 'an unknown key' : key.arn;
    doubts.push(
      `the stream is encrypted through ${key.id}, which points to ${now} now but may have been repointed: mode encrypt puts the key itself in force`
    );
  }
  if (key?.doubt) doubts.push(`whether the key is enabled could not be looked up: ${key.doubt}`);
  return doubts;
}

/** Whether the state is the proof that the target is in force: final, encrypted, and with that very key. */
export function isProof(state: State, target: Target): boolean {
  return (
    state.phase === 'final' &&
    state.encrypted === 'true' &&
    state.key !== null &&
    !state.key.viaAlias &&
    compareKeys(state.key, target) === 'same'
  );
}

/** Why this is not the stream that was asked for, or null. A stream of the same name in another account is another stream. */
export function whyAnotherStream(asked: StreamRef, answeredArn: string): string | null {
  if (asked.arn === null || asked.arn === answeredArn) return null;
  const given = homeOf(asked.arn);
  const answered = homeOf(answeredArn);
  return (
    `${asked.arn} was asked for (account ${given.accountId}), but the credentials lead to ${answeredArn} ` +
    `(account ${answered.accountId}): use credentials of account ${given.accountId}. No change was sent`
  );
}

function whyNoEncryption(state: State): Extract<Plan, { action: 'not-applicable' | 'fail' }> | null {
  switch (state.phase) {
    case 'not-applicable':
      return {
        action: 'not-applicable',
        why: `the delivery stream's source is ${state.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
      };
    case 'deleting':
      return { action: 'fail', why: `the stream is being deleted (${state.status})` };
    case 'not-created':
      return { action: 'fail', why: `the stream could not be created${because(state.failure)}` };
    default:
      return null;
  }
}

function cannotTell(key: KnownKey | null): string {
  return `whether ${keyInWords(key)} is the key asked for cannot be told${because(key?.doubt ?? null)}`;
}

function wantedInWords(wanted: Wanted): string {
  if (wanted.which === 'target') return 'unresolved' in wanted.target ? 'a key' : keyInWords(wanted.target.toSet);
  return wanted.which === 'any' ? 'any key' : 'a customer managed key';
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}

function failed(why: string): Judgement {
  return { outcome: 'failed', why, warnings: [] };
}

function nonCompliant(why: string): Judgement {
  return { outcome: 'non-compliant', why, warnings: [] };
}
