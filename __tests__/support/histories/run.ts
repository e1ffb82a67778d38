import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { FromKey, KeyCriteria, Result, StreamRequest } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import { check } from '../../../src/encryption/stream/check.ts';
import { encrypt } from '../../../src/encryption/stream/encrypt.ts';
import { ACCOUNT, OTHER_ACCOUNT, STREAM_ARN } from '../account.ts';
import { ALONE } from '../fleet-context.ts';
import { AWS_OWNED, oneKey, request } from '../requests.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type History, type Old, written } from './history.ts';
import { World } from './world.ts';

/** A history that has run to its end. */
export interface Told {
  readonly history: History;
  readonly world: World;
  readonly result: Result;
  readonly endedMs: number;
  /** Timers that the run has left behind. */
  readonly timersLeft: number;
}

/** Runs a history in virtual time, by the story that its mode asks for. */
export async function run(history: History): Promise<Told> {
  const clock = new VirtualClock();
  const world = new World(history, clock);
  const cancel = new AbortController();
  const { cancelAtMs } = history;
  if (cancelAtMs !== null) clock.at(cancelAtMs, () => cancel.abort(new Cancelled()));
  const story = history.mode === 'check' ? check : encrypt;
  const result = await clock.finish(
    story(requestOf(history), {
      service: world,
      keys: new KeyCache(world.keys),
      clock,
      random: randomFrom(history.seed),
      log: () => {},
      cancelled: cancel.signal,
      fleet: ALONE
    })
  );
  const timersOfOurs = cancelAtMs !== null && !cancel.signal.aborted ? 1 : 0;
  return { history, world, result, endedMs: clock.now(), timersLeft: clock.timers - timersOfOurs };
}

function requestOf(history: History): StreamRequest {
  const { kind, mode, named, wait, timeoutMs, settleMs, verifyRecords, streamArn } = history;
  const arn = STREAM_ARN[kind];
  const given = { 'not-given': null, given: arn, 'of-another-account': arn.replace(ACCOUNT, OTHER_ACCOUNT) }[streamArn];
  const stream = { kind, name: 'orders', arn: given };
  const criteria = askedKey(history.criteria);
  const from = history.from?.map(oldKey) ?? null;
  return request({ kind, stream, named, mode, criteria, from, wait, timeoutMs, settleMs, verifyRecords });
}

function askedKey(criteria: History['criteria']): KeyCriteria {
  switch (criteria.which) {
    case 'one':
      return oneKey(written(criteria.written), criteria.mustBeCustomerManaged);
    case 'approved':
      return { which: 'approved', ids: criteria.written.map(written) };
    case 'aws-owned':
      return AWS_OWNED;
    default:
      return { which: criteria.which };
  }
}

function oldKey(old: Old): FromKey {
  return typeof old === 'string' ? old : { id: written(old) };
}

/** Numbers from 0 up to 1 that depend on the seed alone: the 32-bit generator `mulberry32`. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
