import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { FromKey, KeyCriteria, Result, StreamRequest } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import { check } from '../../../src/encryption/stream/check.ts';
import { encrypt } from '../../../src/encryption/stream/encrypt.ts';
import { ACCOUNT, OTHER_ACCOUNT, STREAM_ARN } from '../account.ts';
import { NO_FLEET } from '../fleet-context.ts';
import { AWS_OWNED, request, targetKey } from '../requests.ts';
import { NO_SOURCES } from '../sources.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type History, type HistoryCriteria, type HistoryFromKey, keyIdOf } from './history.ts';
import { StreamModel } from './stream-model.ts';

/** A finished run, with everything that an invariant needs to judge it. */
export interface HistoryRun {
  readonly history: History;
  readonly model: StreamModel;
  readonly result: Result;
  readonly endedMs: number;
  /** Timers that the run did not clear. */
  readonly timersLeft: number;
}

/** Encrypts or checks the stream of the history, as its mode requires, in virtual time. */
export async function runHistory(history: History): Promise<HistoryRun> {
  const clock = new VirtualClock();
  const model = new StreamModel(history, clock);
  const cancel = new AbortController();
  const { cancelAtMs } = history;
  if (cancelAtMs !== null) clock.at(cancelAtMs, () => cancel.abort(new Cancelled()));
  const runStream = history.mode === 'check' ? check : encrypt;
  const result = await clock.finish(
    runStream(requestOf(history), {
      service: model,
      keys: new KeyCache(model.keys),
      sources: NO_SOURCES,
      clock,
      random: randomFrom(history.seed),
      log: () => {},
      cancelled: cancel.signal,
      fleet: { ...NO_FLEET, admit: history.mayChange ? null : async () => false }
    })
  );
  const ownTimers = cancelAtMs !== null && !cancel.signal.aborted ? 1 : 0;
  return { history, model, result, endedMs: clock.now(), timersLeft: clock.timers - ownTimers };
}

function requestOf(history: History): StreamRequest {
  const { kind, mode, named, wait, timeoutMs, settleMs, verifyRecords, streamArn } = history;
  const ownArn = STREAM_ARN[kind];
  const arn = {
    'not-given': null,
    given: ownArn,
    'of-another-account': ownArn.replace(ACCOUNT, OTHER_ACCOUNT)
  }[streamArn];
  const stream = { kind, name: 'orders', arn };
  const criteria = toKeyCriteria(history.criteria);
  const from = history.from?.map(toFromKey) ?? null;
  return request({ kind, stream, named, mode, criteria, from, wait, timeoutMs, settleMs, verifyRecords });
}

function toKeyCriteria(criteria: HistoryCriteria): KeyCriteria {
  if (criteria.which === 'one') return targetKey(keyIdOf(criteria.key), criteria.mustBeCustomerManaged);
  if (criteria.which === 'approved') return { which: 'approved', ids: criteria.keys.map(keyIdOf) };
  return criteria.which === 'aws-owned' ? AWS_OWNED : { which: criteria.which };
}

function toFromKey(from: HistoryFromKey): FromKey {
  return typeof from === 'string' ? from : { id: keyIdOf(from) };
}

/** A generator of numbers in [0, 1) that depend on the seed only: the 32-bit generator `mulberry32`. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
