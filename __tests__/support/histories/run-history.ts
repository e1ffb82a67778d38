import { KeyCache } from '../../../src/encryption/keys/key-cache.ts';
import type { KeyCriteria, Result, StreamRequest } from '../../../src/encryption/model.ts';
import { Cancelled } from '../../../src/encryption/ports.ts';
import { check } from '../../../src/encryption/stream/check.ts';
import { encrypt } from '../../../src/encryption/stream/encrypt.ts';
import { ACCOUNT, OTHER_ACCOUNT, STREAM_ARN } from '../account.ts';
import { NO_FLEET } from '../fleet-context.ts';
import { AWS_OWNED, approved, request, targetKey } from '../requests.ts';
import { NO_SOURCES } from '../sources.ts';
import { VirtualClock } from '../virtual-clock.ts';
import type { History, HistoryCriteria } from './history.ts';
import { keyIdOf } from './keys.ts';
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
  const { cancelAtMs, mode, mayChange, seed } = history;
  if (cancelAtMs !== null) model.at(cancelAtMs, () => cancel.abort(new Cancelled()));
  const runStream = mode === 'check' ? check : encrypt;
  const result = await clock.finish(
    runStream(requestOf(history), {
      service: model,
      keys: new KeyCache(model.keys),
      sources: NO_SOURCES,
      clock,
      random: randomFrom(seed),
      log: () => {},
      cancelled: cancel.signal,
      fleet: { ...NO_FLEET, admit: mayChange ? null : async () => false }
    })
  );
  return { history, model, result, endedMs: clock.now(), timersLeft: clock.timers - model.pendingEvents };
}

function requestOf({ streamArn, criteria, from, ...history }: History): StreamRequest {
  const ownArn = STREAM_ARN[history.kind];
  const arn = streamArn === 'given' ? ownArn : ownArn.replace(ACCOUNT, OTHER_ACCOUNT);
  const { kind, mode, named, wait, timeoutMs, settleMs, verifyRecords } = history;
  return request({
    stream: { kind, name: 'orders', arn: streamArn === 'not-given' ? null : arn },
    criteria: toKeyCriteria(criteria),
    from: from?.map((key) => (typeof key === 'string' ? key : { id: keyIdOf(key) })) ?? null,
    ...{ named, mode, wait, timeoutMs, settleMs, verifyRecords }
  });
}

function toKeyCriteria(criteria: HistoryCriteria): KeyCriteria {
  if (criteria.which === 'one') return targetKey(keyIdOf(criteria.key), criteria.mustBeCustomerManaged);
  if (criteria.which === 'approved') return approved(...criteria.keys.map(keyIdOf));
  return criteria.which === 'aws-owned' ? AWS_OWNED : { which: criteria.which };
}

/** Numbers in [0, 1) that depend on the seed only. */
function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
