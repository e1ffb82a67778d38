import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { NEW, NEW_ID, OLD, STREAM_ARN } from '../../support/account.ts';
import { active, disabled, enabled, enabling, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { type Scene, scene } from '../../support/scene.ts';
import {
  endsAs,
  hangs,
  NEVER_ENDS,
  type OnStart,
  refuses,
  shows,
  takes,
  times
} from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW) } as const;

/** A stage of a run that lasts until it is ended, and what is told of the stream then. */
interface Stage {
  readonly stage: string;
  readonly look: Observation;
  readonly set?: (here: Scene) => void;
  readonly told: object;
  readonly words: string;
}

const starts = (onStart: OnStart) => (here: Scene) => here.stream.nextStarts(onStart);

const NOTHING_SENT = 'No change was sent';
const SENT = `The change to ${NEW} was sent, and the service continues it by itself`;
const GOES_ON = 'the service continues it by itself';

const STAGES: readonly Stage[] = [
  {
    stage: 'before the first look is answered',
    look: active(OLD),
    set: ({ stream }) => stream.nextLooks(hangs),
    told: { changed: false, encrypted: 'unknown', status: null, key: null, previousKey: null, arn: null },
    words: NOTHING_SENT
  },
  {
    stage: 'while KMS does not answer',
    look: active(OLD),
    set: ({ keys }) => keys.nextDescribes(hangs),
    told: {
      changed: false,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { type: null, id: OLD },
      arn: STREAM_ARN.kinesis
    },
    words: 'The last status was ACTIVE'
  },
  {
    stage: 'while looks are throttled',
    look: active(OLD),
    set: ({ stream }) => stream.nextLooks(...times(500, refuses('throttled', 'Rate exceeded'))),
    told: { changed: false, encrypted: 'unknown', status: null },
    words: 'Rate exceeded'
  },
  {
    stage: 'while an earlier change of Kinesis is in flight',
    look: updating(OLD),
    told: { changed: false, encrypted: 'true', status: 'UPDATING', key: { id: OLD } },
    words: GOES_ON
  },
  {
    stage: 'while an earlier first enabling of Kinesis is in flight',
    look: updating(),
    told: { changed: false, encrypted: 'false', status: 'UPDATING', key: null, previousKey: null },
    words: NOTHING_SENT
  },
  {
    stage: 'while an earlier change of Firehose is in flight',
    look: enabling(),
    told: { changed: false, encrypted: 'unknown', status: 'ENABLING', key: null, previousKey: null },
    words: NOTHING_SENT
  },
  {
    stage: 'while the start waits to be sent',
    look: active(OLD),
    set: ({ stream }) => {
      stream.onSendDelay = hangs;
    },
    told: { changed: false, encrypted: 'true', status: 'ACTIVE', key: { id: OLD } },
    words: NOTHING_SENT
  },
  {
    stage: 'while the start is not answered',
    look: active(),
    set: starts((_stream, _key, signal) => hangs(signal)),
    told: { changed: true, encrypted: 'false', status: 'ACTIVE', key: null, previousKey: null },
    words: 'was sent, but no answer came: if it was accepted'
  },
  {
    stage: 'while the start is throttled',
    look: active(OLD),
    set: ({ stream }) => stream.nextStarts(...times(500, refuses('throttled', 'Slow down'))),
    told: { changed: false, encrypted: 'true', status: 'ACTIVE', key: { id: OLD } },
    words: 'Slow down'
  },
  {
    stage: 'while a first enabling of Kinesis is under way',
    look: active(),
    set: starts(takes(NEVER_ENDS)),
    told: {
      changed: true,
      encrypted: 'false',
      status: 'UPDATING',
      key: null,
      previousKey: null,
      target: { id: NEW }
    },
    words: SENT
  },
  {
    stage: 'while a first enabling of Kinesis is under way that shows the new key at once',
    look: active(),
    set: starts(shows(updating(NEW))),
    told: { changed: true, encrypted: 'false', status: 'UPDATING', key: null, previousKey: null },
    words: SENT
  },
  {
    stage: 'while a key change of Kinesis is under way',
    look: active(OLD),
    set: starts(takes(NEVER_ENDS)),
    told: { changed: true, encrypted: 'true', status: 'UPDATING', key: { id: OLD }, previousKey: { id: OLD } },
    words: SENT
  },
  {
    stage: 'while a key change of Kinesis is under way that shows the new key at once',
    look: active(OLD),
    set: starts(shows(updating(NEW))),
    told: { changed: true, encrypted: 'true', status: 'UPDATING', key: { id: OLD }, previousKey: { id: OLD } },
    words: SENT
  },
  {
    stage: 'while a first enabling of Firehose is under way',
    look: disabled(),
    set: starts(takes(NEVER_ENDS)),
    told: { changed: true, encrypted: 'false', status: 'ENABLING', key: null, previousKey: null },
    words: SENT
  },
  {
    stage: 'while a key change of Firehose is under way',
    look: enabled(OLD),
    set: starts(takes(NEVER_ENDS)),
    told: {
      changed: true,
      encrypted: 'unknown',
      status: 'ENABLING',
      key: { type: 'customer-managed', id: OLD },
      previousKey: { type: 'customer-managed', id: OLD }
    },
    words: SENT
  },
  {
    stage: 'while looks after the start are not answered',
    look: enabled(OLD),
    set: starts((stream) => stream.nextLooks(hangs)),
    told: { changed: true, encrypted: 'unknown', status: 'ENABLED', key: { id: OLD }, previousKey: { id: OLD } },
    words: SENT
  },
  {
    stage: 'while a record is put',
    look: active(OLD),
    set: ({ stream }) => {
      stream.onRecord = (_nth, signal) => hangs(signal);
    },
    told: { changed: true, encrypted: 'true', status: 'ACTIVE', key: { id: NEW }, previousKey: { id: OLD } },
    words: `The change to ${NEW} ended`
  }
];

describe.each([
  ['timed out', 'timed-out', (_here: Scene) => {}, 'not done within 60 s'],
  ['cancelled', 'cancelled', (here: Scene) => here.cancelAt(20_000), 'the run was cancelled']
] as const)('%s', (_, outcome, end, why) => {
  test.each(STAGES)('$stage', async ({ look, set, told, words }) => {
    const here = scene(look);
    set?.(here);
    end(here);
    const result = await here.encrypt({ ...ASKED, timeoutMs: 60_000, verifyRecords: true });
    expect(result).toMatchObject({ outcome, ...told });
    expect(result.message).toMatch(new RegExp(`^${why}`));
    expect(result.message).toContain(words);
    expect(result.message).toContain('Running again is safe');
    if (result.status !== null) expect(result.message).toContain(`The last status was ${result.status}`);
    expect(result.durationSeconds).toBe(outcome === 'timed-out' ? 60 : 20);
  });

  test('in mode check, while a change is in flight', async () => {
    const here = scene(updating(OLD));
    end(here);
    expect(await here.check({ timeoutMs: 60_000 })).toMatchObject({ outcome, status: 'UPDATING', encrypted: 'true' });
  });
});

describe('cancelled', () => {
  test('before it began, nothing is asked', async () => {
    const here = scene(active());
    here.cancelAt(0);
    await here.clock.finish(here.clock.sleep(1, new AbortController().signal));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'cancelled', changed: false, status: null });
    expect(here.stream.looksMs).toEqual([]);
    expect(here.stream.starts).toEqual([]);
  });

  test('while settling, the key is in force', async () => {
    const here = scene(active());
    here.stream.nextStarts(takes(1_000));
    here.cancelAt(3_000);
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'cancelled',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      durationSeconds: 3
    });
  });

  test('while a wrong key is watched, the change has not ended', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, active(NEW_ID.replace(/2$/, '9'))));
    here.cancelAt(2_000);
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'cancelled', changed: true, key: { id: OLD } });
  });
});

test.each(['encrypt', 'check'] as const)('%s that has ended leaves no timer behind', async (run) => {
  const here = scene(active(NEW));
  await here[run](ASKED);
  expect(here.clock.timers).toBe(0);
});
