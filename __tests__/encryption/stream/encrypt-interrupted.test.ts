import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, NEW_ID, OLD, STREAM_ARN } from '../../support/account.ts';
import { active, disabled, enabled, enabling, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import {
  endsAfter,
  failsWith,
  hangs,
  NEVER_ENDS,
  type OnStart,
  repeated,
  reports,
  succeedsAfter
} from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW) } as const;

/** A stage of a run that lasts until the run is interrupted, and the result then. */
interface Stage {
  readonly stage: string;
  readonly observation: Observation;
  readonly setUp?: (simulation: StreamSimulation) => void;
  readonly expected: object;
  readonly message: string;
}

const withStart = (onStart: OnStart) => (simulation: StreamSimulation) => simulation.stream.onNextStarts(onStart);

const NO_CHANGE = 'No change was sent';
const SENT = `The change to ${NEW} was sent, and the service continues it by itself`;
const CONTINUES = 'the service continues it by itself';

const STAGES: readonly Stage[] = [
  {
    stage: 'before the first describe call is answered',
    observation: active(OLD),
    setUp: ({ stream }) => stream.onNextDescribes(hangs),
    expected: { changed: false, encrypted: 'unknown', status: null, key: null, previousKey: null, arn: null },
    message: NO_CHANGE
  },
  {
    stage: 'while KMS does not answer',
    observation: active(OLD),
    setUp: ({ keys }) => keys.onNextDescribes(hangs),
    expected: {
      changed: false,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { type: null, id: OLD },
      arn: STREAM_ARN.kinesis
    },
    message: 'The last status was ACTIVE'
  },
  {
    stage: 'while describe calls are throttled',
    observation: active(OLD),
    setUp: ({ stream }) => stream.onNextDescribes(...repeated(500, failsWith('throttled', 'Rate exceeded'))),
    expected: { changed: false, encrypted: 'unknown', status: null },
    message: 'Rate exceeded'
  },
  {
    stage: 'while an earlier change of Kinesis is in flight',
    observation: updating(OLD),
    expected: { changed: false, encrypted: 'true', status: 'UPDATING', key: { id: OLD } },
    message: CONTINUES
  },
  {
    stage: 'while an earlier first enabling of Kinesis is in flight',
    observation: updating(),
    expected: { changed: false, encrypted: 'false', status: 'UPDATING', key: null, previousKey: null },
    message: NO_CHANGE
  },
  {
    stage: 'while an earlier change of Firehose is in flight',
    observation: enabling(),
    expected: { changed: false, encrypted: 'unknown', status: 'ENABLING', key: null, previousKey: null },
    message: NO_CHANGE
  },
  {
    stage: 'while the start waits to be sent',
    observation: active(OLD),
    setUp: ({ stream }) => {
      stream.beforeSend = hangs;
    },
    expected: { changed: false, encrypted: 'true', status: 'ACTIVE', key: { id: OLD } },
    message: NO_CHANGE
  },
  {
    stage: 'while the start is not answered',
    observation: active(),
    setUp: withStart((_stream, _key, signal) => hangs(signal)),
    expected: { changed: true, encrypted: 'false', status: 'ACTIVE', key: null, previousKey: null },
    message: 'was sent, but no answer came: if it was accepted'
  },
  {
    stage: 'while the start is throttled',
    observation: active(OLD),
    setUp: ({ stream }) => stream.onNextStarts(...repeated(500, failsWith('throttled', 'Slow down'))),
    expected: { changed: false, encrypted: 'true', status: 'ACTIVE', key: { id: OLD } },
    message: 'Slow down'
  },
  {
    stage: 'while a first enabling of Kinesis is in flight',
    observation: active(),
    setUp: withStart(succeedsAfter(NEVER_ENDS)),
    expected: {
      changed: true,
      encrypted: 'false',
      status: 'UPDATING',
      key: null,
      previousKey: null,
      target: { id: NEW }
    },
    message: SENT
  },
  {
    stage: 'while a first enabling of Kinesis is in flight that reports the new key immediately',
    observation: active(),
    setUp: withStart(reports(updating(NEW))),
    expected: { changed: true, encrypted: 'false', status: 'UPDATING', key: null, previousKey: null },
    message: SENT
  },
  {
    stage: 'while a key change of Kinesis is in flight',
    observation: active(OLD),
    setUp: withStart(succeedsAfter(NEVER_ENDS)),
    expected: { changed: true, encrypted: 'true', status: 'UPDATING', key: { id: OLD }, previousKey: { id: OLD } },
    message: SENT
  },
  {
    stage: 'while a key change of Kinesis is in flight that reports the new key immediately',
    observation: active(OLD),
    setUp: withStart(reports(updating(NEW))),
    expected: { changed: true, encrypted: 'true', status: 'UPDATING', key: { id: OLD }, previousKey: { id: OLD } },
    message: SENT
  },
  {
    stage: 'while a first enabling of Firehose is in flight',
    observation: disabled(),
    setUp: withStart(succeedsAfter(NEVER_ENDS)),
    expected: { changed: true, encrypted: 'false', status: 'ENABLING', key: null, previousKey: null },
    message: SENT
  },
  {
    stage: 'while a key change of Firehose is in flight',
    observation: enabled(OLD),
    setUp: withStart(succeedsAfter(NEVER_ENDS)),
    expected: {
      changed: true,
      encrypted: 'unknown',
      status: 'ENABLING',
      key: { type: 'customer-managed', id: OLD },
      previousKey: { type: 'customer-managed', id: OLD }
    },
    message: SENT
  },
  {
    stage: 'while polls after the start are not answered',
    observation: enabled(OLD),
    setUp: withStart((stream) => stream.onNextDescribes(hangs)),
    expected: { changed: true, encrypted: 'unknown', status: 'ENABLED', key: { id: OLD }, previousKey: { id: OLD } },
    message: SENT
  },
  {
    stage: 'while a record is put',
    observation: active(OLD),
    setUp: ({ stream }) => {
      stream.onRecord = (_nth, signal) => hangs(signal);
    },
    expected: { changed: true, encrypted: 'true', status: 'ACTIVE', key: { id: NEW }, previousKey: { id: OLD } },
    message: `The change to ${NEW} ended`
  }
];

describe.each([
  ['timed out', 'timed-out', (_simulation: StreamSimulation) => {}, 'did not finish within 60 s'],
  ['cancelled', 'cancelled', (simulation: StreamSimulation) => simulation.cancelAt(20_000), 'the run was cancelled']
] as const)('%s', (_, outcome, interrupt, why) => {
  test.each(STAGES)('$stage', async ({ observation, setUp, expected, message }) => {
    const simulation = simulate(observation);
    setUp?.(simulation);
    interrupt(simulation);
    const result = await simulation.encrypt({ ...REQUEST, timeoutMs: 60_000, verifyRecords: true });
    expect(result).toMatchObject({ outcome, ...expected });
    expect(result.message).toMatch(new RegExp(`^${why}`));
    expect(result.message).toContain(message);
    expect(result.message).toContain('Running again is safe');
    if (result.status !== null) expect(result.message).toContain(`The last status was ${result.status}`);
    expect(result.durationSeconds).toBe(outcome === 'timed-out' ? 60 : 20);
  });

  test('in mode check, while a change is in flight', async () => {
    const simulation = simulate(updating(OLD));
    interrupt(simulation);
    expect(await simulation.check({ timeoutMs: 60_000 })).toMatchObject({
      outcome,
      status: 'UPDATING',
      encrypted: 'true'
    });
  });
});

describe('cancelled', () => {
  test('before it starts, sends no request', async () => {
    const simulation = simulate(active());
    simulation.cancelAt(0);
    await simulation.clock.finish(simulation.clock.sleep(1, new AbortController().signal));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'cancelled', changed: false, status: null });
    expect(simulation.stream.describesMs).toEqual([]);
    expect(simulation.stream.starts).toEqual([]);
  });

  test('while settling, reports the target key in force', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(succeedsAfter(1_000));
    simulation.cancelAt(3_000);
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'cancelled',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      durationSeconds: 3
    });
  });

  test('before another key counts as the end, reports a change in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, active(NEW_ID.replace(/2$/, '9'))));
    simulation.cancelAt(2_000);
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'cancelled', changed: true, key: { id: OLD } });
  });
});

test.each(['encrypt', 'check'] as const)('%s leaves no timer behind', async (run) => {
  const simulation = simulate(active(NEW));
  await simulation[run](REQUEST);
  expect(simulation.clock.timers).toBe(0);
});
