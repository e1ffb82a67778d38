/** A delayed answer describes the time of its request. */

import { expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import type { CallBehavior, History, StartBehavior } from '../../support/histories/history.ts';
import { runHistory } from '../../support/histories/run-history.ts';

const IMMEDIATELY: CallBehavior = { result: 'response', latencyMs: 0, staleMs: 0 };
/** Answered after eight seconds, with the state at the time of the request. */
const SLOWLY: CallBehavior = { ...IMMEDIATELY, latencyMs: 8_000 };

const CHANGE = { durationMs: 1_000, hiddenMs: 500, end: 'succeeds' } as const;
const ACCEPTED: StartBehavior = { result: 'response', latencyMs: 0, change: CHANGE };
const LOST: StartBehavior = { ...ACCEPTED, result: 'response-lost' };
const REKEYED = { outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } };

/** A history in which a data stream moves from the old key to the new one, with overrides. */
function rekeyHistory(overrides: Partial<History>): History {
  return {
    kind: 'kinesis',
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
    describeCalls: [IMMEDIATELY, SLOWLY],
    keyLookups: [],
    starts: [ACCEPTED],
    records: [],
    concurrentChanges: [],
    cancelAtMs: null,
    seed: 0,
    ...overrides
  };
}

test.each(['kinesis', 'firehose'] as const)(
  'an earlier %s state does not count as the end of a change',
  async (kind) => {
    for (const start of [ACCEPTED, LOST]) {
      const { result, model } = await runHistory(rekeyHistory({ kind, starts: [start] }));
      expect(result).toMatchObject(REKEYED);
      expect(model.starts).toHaveLength(1);
    }
  }
);

test('another key counts as the end only if it was requested two seconds later', async () => {
  const visible: StartBehavior = { ...ACCEPTED, change: { ...CHANGE, hiddenMs: 0 } };
  const earlier: CallBehavior = { ...IMMEDIATELY, staleMs: 600 };
  // First in flight, then two answers with the state before the start, the second one delayed, then the end.
  const describeCalls = [IMMEDIATELY, IMMEDIATELY, earlier, { ...earlier, latencyMs: 3_000 }];
  const { result } = await runHistory(rekeyHistory({ starts: [visible], describeCalls }));
  expect(result).toMatchObject(REKEYED);
});

test('an earlier failure does not count as that of the change in flight, and causes no second start', async () => {
  const initialState = { status: 'failed', key: null, isGrantFailure: true } as const;
  const { result, model } = await runHistory(rekeyHistory({ kind: 'firehose', initialState }));
  expect(result).toMatchObject({ ...REKEYED, previousKey: null });
  expect(model.starts).toHaveLength(1);
});
