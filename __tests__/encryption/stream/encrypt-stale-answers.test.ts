import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import type { CallBehavior, History, StartBehavior } from '../../support/histories/history.ts';
import { runHistory } from '../../support/histories/run-history.ts';
import { active, disabled, enabled, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

describe('an answer that still shows the state of before', () => {
  test.each([
    ['not encrypted', active(), 'enabled'],
    ['with the old key', active(OLD), 'rekeyed'],
    ['not encrypted', disabled(), 'enabled'],
    ['with the old key', enabled(OLD), 'rekeyed']
  ])('%s: right after the start it is not taken for the end', async (_, look, outcome) => {
    const here = scene(look);
    here.stream.nextStarts(takes(20_000, { staleMs: 4_500 }));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome, changed: true, key: { id: NEW } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(24.5);
  });

  test('after a start that was answered late: the five seconds count from the answer', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(async (stream, key, signal) => {
      await here.clock.sleep(9_000, signal);
      return takes(3_000, { staleMs: 1_000 })(stream, key, signal);
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });

  test('while in flight, for less than two seconds, is not taken for the end', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 10_000);
      stream.show(updating(OLD), 11_000);
      stream.show(active(NEW), 30_000);
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('and again and again, each for less than two seconds, is not taken for the end', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      for (const atMs of [0, 2_000, 4_000, 6_000]) {
        stream.show(updating(OLD), atMs);
        stream.show(active(OLD), atMs + 1_000);
      }
      stream.show(active(NEW), 7_500);
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed' });
  });
});

const AT_ONCE: CallBehavior = { result: 'response', latencyMs: 0, staleMs: 0 };

/** Answered after eight seconds, with how the stream stood when the look was asked for. */
const SLOWLY: CallBehavior = { result: 'response', latencyMs: 8_000, staleMs: 0 };

/** A stream on the old key is asked to move to the new one; the start meets this, and the looks meet that. */
function moving(kind: History['kind'], start: StartBehavior, looks: readonly CallBehavior[]): History {
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
    newKeyState: 'usable',
    canDescribeKeys: true,
    reportsTargetEarly: false,
    describeCalls: looks,
    keyLookups: [],
    starts: [start],
    records: [],
    concurrentChanges: [],
    cancelAtMs: null,
    seed: 0
  };
}

describe('a look that is long on its way tells of when it was asked for', () => {
  const change = { durationMs: 1_000, hiddenMs: 500, end: 'succeeds' } as const;

  test.each(['kinesis', 'firehose'] as const)('so a %s start that was taken is not sent again', async (kind) => {
    const lost: StartBehavior = { result: 'response-lost', latencyMs: 0, change };
    const { result, model } = await runHistory(moving(kind, lost, [AT_ONCE, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } });
    expect(model.starts).toHaveLength(1);
  });

  test.each(['kinesis', 'firehose'] as const)('so the %s state of before is not taken for the end', async (kind) => {
    const accepted: StartBehavior = { result: 'response', latencyMs: 0, change };
    const { result } = await runHistory(moving(kind, accepted, [AT_ONCE, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so another key is believed only of a look that was asked for two seconds later', async () => {
    const accepted: StartBehavior = {
      result: 'response',
      latencyMs: 0,
      change: { durationMs: 1_000, hiddenMs: 0, end: 'succeeds' }
    };
    // In flight; then a moment from before the start, slowly told twice; then the end.
    const earlier: CallBehavior = { result: 'response', latencyMs: 3_000, staleMs: 600 };
    const { result } = await runHistory(
      moving('kinesis', accepted, [AT_ONCE, AT_ONCE, { ...earlier, latencyMs: 0 }, earlier])
    );
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so a failure of before is not taken for one of a change under way, and costs no second start', async () => {
    const accepted: StartBehavior = { result: 'response', latencyMs: 0, change };
    const failedBefore = { status: 'failed', key: null, isGrantFailure: true } as const;
    const { result, model } = await runHistory({
      ...moving('firehose', accepted, [AT_ONCE, SLOWLY]),
      initialState: failedBefore
    });
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(model.starts).toHaveLength(1);
  });
});
