/** The laws of which streams are moved off their keys, and which are left on them. */

import type { StreamKind } from '../../../src/encryption/model.ts';
import { keyToSend, type Old, type Standing, type WrittenKey } from './history.ts';
import type { Told } from './run.ts';
import { isNotRefused, type SeenLook, type SentStart } from './world.ts';

/**
 * A stream that a glob or tags chose goes off another customer key only where the request names what to move it off.
 * What counts is what the run saw last: nobody can help what others change after that.
 */
export function noKeyLeftByAccident({ history, world }: Told): string | null {
  if (history.named || history.from !== null) return null;
  for (const [nth, { atMs, to }] of world.starts.entries()) {
    const seen = seenBefore(world.starts, nth);
    if (isOnAnotherCustomerKey(seen?.truth, to)) return `the start of ${atMs} takes it off its customer key`;
  }
  return null;
}

/** What was seen of the stream before a start. The failure of an earlier one shows no key: it is as it was before that. */
function seenBefore(starts: readonly SentStart[], nth: number): SeenLook | null {
  const lastSeen = starts[nth]?.lastSeen ?? null;
  return nth > 0 && lastSeen?.look.phase === 'failed' ? seenBefore(starts, nth - 1) : lastSeen;
}

function isOnAnotherCustomerKey(truth: Standing | undefined, to: string): boolean {
  const key = truth?.key?.key;
  return key !== undefined && key !== 'aws' && key !== to;
}

export function noMoveButOffAnOldKey({ history, world }: Told): string | null {
  if (history.from === null) return null;
  for (const [nth, { atMs, to }] of world.starts.entries()) {
    const seen = seenBefore(world.starts, nth);
    if (seen === null) return `the start of ${atMs} was sent unseen`;
    if (history.from.some((old) => isTarget(old, to, history.kind))) return 'an old key is the key asked for';
    if (!isOnAnOldKey(history.kind, history.from, seen.truth, to)) return `the start of ${atMs} moves another stream`;
  }
  return null;
}

/** An alias of the key asked for may be an old key all the same. */
function isTarget(old: Old, to: string, kind: StreamKind): boolean {
  if (typeof old === 'string' || isAlias(old)) return false;
  return old.key === to && !(kind === 'firehose' && old.key === 'aws');
}

/** `any` is whichever key, also one that the service's word does not tell. Firehose's own key has no name. */
function isOnAnOldKey(kind: StreamKind, from: readonly Old[], { is, key }: Standing, to: string): boolean {
  return from.some((old) => {
    if (old === 'any') return key !== null || is !== 'at-rest';
    if (old === 'aws-owned') return key?.key === 'aws';
    if (key === null || old.key !== key.key || (kind === 'firehose' && key.key === 'aws')) return false;
    return key.key !== to || (isAlias(old) && isAlias(key));
  });
}

function isAlias({ form }: WrittenKey): boolean {
  return form === 'alias' || form === 'alias-arn';
}

export function skippedForAReason({ history, world, result: { outcome } }: Told): string | null {
  if (outcome !== 'skipped') return null;
  const { criteria, from, kind, lookUps, named, newKeyIs } = history;
  if (world.starts.some(isNotRefused)) return 'a start was sent';
  const truth = world.seen.at(-1)?.truth;
  if (truth?.is !== 'at-rest') return `skipped while it was ${truth?.is}`;
  // Of a key that KMS falsely calls unknown, or tells another ARN of, nothing can be known.
  if (newKeyIs === 'elsewhere' || lookUps.some(({ meets }) => meets === 'missing')) return null;
  // An alias of a key that is gone leads nowhere.
  if (newKeyIs === 'missing' && truth.key?.key === 'new') return null;
  const to = keyToSend(criteria);
  if (from !== null) return isOnAnOldKey(kind, from, truth, to) ? 'although it is on an old key' : null;
  return !named && isOnAnotherCustomerKey(truth, to) ? null : 'although it was to be changed';
}
