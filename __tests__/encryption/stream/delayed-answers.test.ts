import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import type { CallBehavior, History, StartBehavior } from '../../support/histories/history.ts';
import { runHistory } from '../../support/histories/run-history.ts';

const IMMEDIATELY: CallBehavior = { result: 'response', latencyMs: 0, staleMs: 0 };

/** Answered after eight seconds, with the state at the time of the request. */
const SLOWLY: CallBehavior = { result: 'response', latencyMs: 8_000, staleMs: 0 };

/** A history in which a stream moves from the old key to the new one, with these behaviors of its calls. */
function rekeyHistory(kind: History['kind'], start: StartBehavior, describeCalls: readonly CallBehavior[]): History {
  return {
    kind,
    initialState: { status: 'at-rest', key: { key: 'old', form: 'arn' } },
    initialChange: { durationMs: 0, hiddenMs: 0, end: 'succeeds' },
    mode: 'encrypt',
    criteria: { which: 'one', key: { key: 'new', form: 'arn' }, mustBeCustomerManaged: true },
    from: null,
    named: true,
    streamArn: 'not-given',
    wait: true,
    timeoutMs: 600_000,
    settleMs: 0,
    verifyRecords: false,
    mayChange: true,
    newKeyState: 'usable',
    canDescribeKeys: true,
    reportsTargetEarly: false,
    describeCalls,
    keyLookups: [],
    starts: [start],
    records: [],
    concurrentChanges: [],
    cancelAtMs: null,
    seed: 0
  };
}

describe('a delayed answer describes the time of its request', () => {
  const change = { durationMs: 1_000, hiddenMs: 500, end: 'succeeds' } as const;

  test.each(['kinesis', 'firehose'] as const)('so an accepted start of %s is not sent again', async (kind) => {
    const lost: StartBehavior = { result: 'response-lost', latencyMs: 0, change };
    const { result, model } = await runHistory(rekeyHistory(kind, lost, [IMMEDIATELY, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } });
    expect(model.starts).toHaveLength(1);
  });

  test.each(['kinesis', 'firehose'] as const)('so the previous %s state does not count as the end', async (kind) => {
    const accepted: StartBehavior = { result: 'response', latencyMs: 0, change };
    const { result } = await runHistory(rekeyHistory(kind, accepted, [IMMEDIATELY, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so another key counts as the end only if it was requested two seconds later', async () => {
    const accepted: StartBehavior = {
      result: 'response',
      latencyMs: 0,
      change: { durationMs: 1_000, hiddenMs: 0, end: 'succeeds' }
    };
    // First in flight, then two answers with the state before the start, the second one delayed, then the end.
    const earlier: CallBehavior = { result: 'response', latencyMs: 3_000, staleMs: 600 };
    const { result } = await runHistory(
      rekeyHistory('kinesis', accepted, [IMMEDIATELY, IMMEDIATELY, { ...earlier, latencyMs: 0 }, earlier])
    );
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so an earlier failure does not count as one of the change in flight and causes no second start', async () => {
    const accepted: StartBehavior = { result: 'response', latencyMs: 0, change };
    const earlierFailure = { status: 'failed', key: null, isGrantFailure: true } as const;
    const { result, model } = await runHistory({
      ...rekeyHistory('firehose', accepted, [IMMEDIATELY, SLOWLY]),
      initialState: earlierFailure
    });
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(model.starts).toHaveLength(1);
  });
});
