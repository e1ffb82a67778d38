/** Decisions: the state there is and what is asked → what to do, and why. Nothing here asks anybody anything. */

import { awsTarget, compareKeys, homeOf, type KnownKey, type Target } from './keys.ts';
import type { Look, StreamKind, StreamRef } from './model.ts';
import { keyInWords } from './words.ts';

/** A look at a stream whose key has been made out. */
export interface State extends Omit<Look, 'key'> {
  readonly key: KnownKey | null;
}

/** What is asked for, with the key resolved where one is named. */
export type Wanted =
  | { readonly which: 'any' }
  | { readonly which: 'customer-managed' }
  | { readonly which: 'target'; readonly target: Target }
  | { readonly which: 'unresolved'; readonly why: string };

/** What `encrypt` does with a stream that is at rest. */
export type Plan =
  | { readonly action: 'leave'; readonly why: string; readonly warnings: readonly string[] }
  /** `from` tells how the stream stands: 'the stream is …' can be said of it. */
  | { readonly action: 'change'; readonly to: Target; readonly from: string }
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
  if (obstacle !== null) return obstacle;
  switch (wanted.which) {
    case 'any':
      return planAnyKey(kind, state);
    case 'customer-managed':
      return { action: 'fail', why: 'customer-managed needs a key-id to encrypt with' };
    case 'unresolved':
      return { action: 'fail', why: wanted.why };
    case 'target':
      return planTarget(state, wanted.target);
  }
}

/** Decides where any key will do: only a stream that plainly says 'not encrypted' is changed. */
function planAnyKey(kind: StreamKind, state: State): Plan {
  if (state.phase !== 'final') {
    return { action: 'fail', why: `${unclear(state)}: name a key-type or key-id to put one in force` };
  }
  return state.encrypted === 'false' ? change(awsTarget(kind), 'not encrypted') : leave(state.key, '');
}

/** Decides where one key is asked for. What is sent is the key itself, so that what the service reports then is proof. */
function planTarget(state: State, target: Target): Plan {
  if (state.phase !== 'final') return change(target, `in the state ${state.status}${because(state.failure?.words)}`);
  if (state.encrypted === 'false') return change(target, 'not encrypted');
  const { key } = state;
  if (key?.viaAlias) {
    return change(target, `encrypted through ${key.id}, an alias, which may have been repointed and so proves no key`);
  }
  const match = key === null ? 'other' : compareKeys(key, target);
  if (match === 'same') return leave(key, key?.id === target.toSet.id ? '' : `, which is ${keyInWords(target.toSet)}`);
  // A key ARN can be put in force whatever is there now; the AWS key may be in force already, and nobody can tell.
  if (match === 'unknown' && target.arn === null) return { action: 'fail', why: cannotTell(key) };
  return change(target, `encrypted with ${keyInWords(key)}`);
}

/** `sameAs` names the key asked for where the service writes it another way. */
function leave(key: KnownKey | null, sameAs: string): Plan {
  return {
    action: 'leave',
    why: `the stream is already encrypted with ${keyInWords(key)}${sameAs}`,
    warnings: key?.problem ? [key.problem] : []
  };
}

function change(to: Target, from: string): Plan {
  return to.problem === null
    ? { action: 'change', to, from }
    : { action: 'fail', why: `${to.problem}. No change was sent` };
}

/** Judges the stream as it is. */
export function judge(state: State, wanted: Wanted): Judgement {
  const obstacle = whyNoEncryption(state);
  if (obstacle?.action === 'fail') return failed(obstacle.why);
  if (obstacle !== null) return { outcome: obstacle.action, why: obstacle.why, warnings: [] };
  if (state.phase !== 'final') return failed(`${unclear(state)}: mode encrypt with a key-id settles it`);
  if (state.encrypted === 'false') return nonCompliant('the stream is not encrypted: mode encrypt does it');
  if (wanted.which === 'unresolved') return failed(wanted.why);

  const { key } = state;
  const stands = `the stream is encrypted with ${keyInWords(key)}`;
  switch (matches(key, wanted)) {
    case 'unknown':
      return failed(cannotTell(key));
    case 'other':
      return nonCompliant(`${stands}, but ${wantedInWords(wanted)} was asked for: mode encrypt moves it`);
  }
  if (key?.problem) return nonCompliant(`${stands}, but ${key.problem}`);
  return { outcome: 'compliant', why: stands, warnings: doubtsAbout(key) };
}

type Resolved = Exclude<Wanted, { which: 'unresolved' }>;

function matches(key: KnownKey | null, wanted: Resolved): 'same' | 'other' | 'unknown' {
  if (wanted.which === 'any') return 'same';
  if (key === null) return 'unknown';
  if (wanted.which === 'target') return compareKeys(key, wanted.target);
  if (key.type !== null) return key.type === wanted.which ? 'same' : 'other';
  // KMS knows no such key: that it is gone is told next, and whose it was no longer matters.
  return key.problem === null ? 'unknown' : 'same';
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
    `(account ${answered.accountId}): use credentials of account ${given.accountId}`
  );
}

/** Why there is nothing to encrypt here, or null. */
export function whyNoEncryption(state: State): Extract<Plan, { action: 'not-applicable' | 'fail' }> | null {
  switch (state.phase) {
    case 'not-applicable':
      return {
        action: 'not-applicable',
        why: `the delivery stream's source is ${state.source}, not DirectPut, so it has no encryption of its own: encrypt the source`
      };
    case 'deleting':
      return { action: 'fail', why: `the stream is being deleted (${state.status})` };
    case 'not-created':
      return { action: 'fail', why: `the stream could not be created${because(state.failure?.words)}` };
    default:
      return null;
  }
}

function cannotTell(key: KnownKey | null): string {
  return `whether ${keyInWords(key)} is the key asked for cannot be told${because(key?.doubt)}`;
}

function wantedInWords(wanted: Resolved): string {
  if (wanted.which === 'target') return keyInWords(wanted.target.toSet);
  return wanted.which === 'any' ? 'any key' : 'a customer managed key';
}

function unclear({ status, failure }: State): string {
  return `the state ${status}${because(failure?.words)} does not tell whether the stream is encrypted, nor with which key`;
}

function because(reason: string | null | undefined): string {
  return reason ? ` (${reason})` : '';
}

function failed(why: string): Judgement {
  return { outcome: 'failed', why, warnings: [] };
}

function nonCompliant(why: string): Judgement {
  return { outcome: 'non-compliant', why, warnings: [] };
}
