import { describe, expect, test } from '@jest/globals';
import { NEW, NEW_ID, OLD } from '../support/account.ts';
import type { History, Meeting, StartMeeting } from '../support/histories/history.ts';
import { run } from '../support/histories/run.ts';
import { active, enabled, enablingFailed } from '../support/looks.ts';
import { oneKey } from '../support/requests.ts';
import { scene } from '../support/scene.ts';
import { answerLost, hangs, shows } from '../support/simulated-stream.ts';

const ASKED = { asked: oneKey(NEW), settleMs: 0 } as const;

const AT_ONCE: Meeting = { meets: 'an-answer', ms: 0, staleMs: 0 };
/** Answered after eight seconds, with how the stream stood when the look was asked for. */
const SLOWLY: Meeting = { meets: 'an-answer', ms: 8_000, staleMs: 0 };

/** A stream on the old key is asked to move to the new one; the start meets this, and the looks meet that. */
function moving(kind: History['kind'], start: StartMeeting, looks: readonly Meeting[]): History {
  return {
    kind,
    stands: { is: 'at-rest', key: { key: 'old', form: 'arn' } },
    inFlight: { ms: 0, unseenMs: 0, end: 'takes' },
    mode: 'encrypt',
    asked: { which: 'one', written: { key: 'new', form: 'arn' }, mustBeCustomerManaged: true },
    from: null,
    named: true,
    streamArn: 'not-given',
    wait: true,
    timeoutMs: 600_000,
    settleMs: 0,
    verifyRecords: false,
    newKeyIs: 'usable',
    mayDescribeKeys: true,
    showsKeyEarly: false,
    looks,
    lookUps: [],
    starts: [start],
    records: [],
    others: [],
    cancelAtMs: null,
    seed: 0
  };
}

describe('a look that is long on its way tells of when it was asked for', () => {
  const change = { ms: 1_000, unseenMs: 500, end: 'takes' } as const;

  test.each(['kinesis', 'firehose'] as const)('so a %s start that was taken is not sent again', async (kind) => {
    const lost: StartMeeting = { meets: 'lost-taken', ms: 0, change };
    const { result, world } = await run(moving(kind, lost, [AT_ONCE, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true, key: { id: NEW }, previousKey: { id: OLD } });
    expect(world.starts).toHaveLength(1);
  });

  test.each(['kinesis', 'firehose'] as const)('so the %s state of before is not taken for the end', async (kind) => {
    const accepted: StartMeeting = { meets: 'an-answer', ms: 0, change };
    const { result } = await run(moving(kind, accepted, [AT_ONCE, SLOWLY]));
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so another key is believed only of a look that was asked for two seconds later', async () => {
    const accepted: StartMeeting = { meets: 'an-answer', ms: 0, change: { ms: 1_000, unseenMs: 0, end: 'takes' } };
    // In flight; then a moment from before the start, slowly told twice; then the end.
    const earlier: Meeting = { meets: 'an-answer', ms: 3_000, staleMs: 600 };
    const { result } = await run(moving('kinesis', accepted, [AT_ONCE, AT_ONCE, { ...earlier, ms: 0 }, earlier]));
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('so a failure of before is not taken for one of a change under way, and costs no second start', async () => {
    const accepted: StartMeeting = { meets: 'an-answer', ms: 0, change };
    const failedBefore = { is: 'failed', key: null, forAGrant: true } as const;
    const { result, world } = await run({ ...moving('firehose', accepted, [AT_ONCE, SLOWLY]), stands: failedBefore });
    expect(result).toMatchObject({ outcome: 'rekeyed', changed: true });
    expect(world.starts).toHaveLength(1);
  });
});

describe('a look for a lost answer that shows the end of the change', () => {
  test('is the proof: no further look is needed', async () => {
    const here = scene(active());
    here.stream.nextStarts(answerLost(shows(active(NEW))));
    expect(await here.secure(ASKED)).toMatchObject({ outcome: 'enabled', key: { id: NEW } });
    expect(here.stream.looksMs).toHaveLength(2);
  });

  test('is told with wait: false too: started, and the key that is in force by now', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(shows(active(NEW))));
    expect(await here.secure({ ...ASKED, wait: false })).toMatchObject({
      outcome: 'started',
      changed: true,
      encrypted: 'true',
      key: { id: NEW },
      previousKey: { id: OLD }
    });
  });

  test('is failed with wait: false too, where the change has failed', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(answerLost(shows(enablingFailed())));
    const result = await here.secure({ ...ASKED, wait: false });
    expect(result).toMatchObject({ outcome: 'failed', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain('CREATE_KMS_GRANT_FAILED');
  });
});

test('a change that is accepted after an earlier attempt had failed is started, with wait: false', async () => {
  const here = scene(enablingFailed());
  expect(await here.secure({ ...ASKED, wait: false })).toMatchObject({ outcome: 'started', changed: true });
});

test('the last word of the service is told, also where KMS does not say more of the key before the deadline', async () => {
  const here = scene(active(OLD));
  here.stream.nextStarts((stream) => {
    here.keys.nextAsked(hangs);
    stream.show(active(NEW_ID));
  });
  const result = await here.secure({ ...ASKED, timeoutMs: 20_000 });
  expect(result).toMatchObject({ outcome: 'timed-out', changed: true, encrypted: 'true', key: { id: NEW_ID } });
  expect(result.message).toContain(`The change to ${NEW} had ended`);
});
