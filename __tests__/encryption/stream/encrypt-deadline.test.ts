import { describe, expect, test } from '@jest/globals';
import { NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, enabled, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { hangs, ignored, NEVER_ENDS, refuses, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW) } as const;

describe('the deadline', () => {
  test('that leaves no time to settle ends it as timed out, although the key is in force', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(takes(7_000));
    const result = await here.encrypt({ ...ASKED, timeoutMs: 10_000 });
    expect(result).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { id: NEW },
      previousKey: { id: OLD },
      durationSeconds: 10
    });
    expect(result.message).toContain(`The change to ${NEW} ended`);
  });

  test("that leaves no time to settle after another's change ends it as timed out, too", async () => {
    const here = scene(updating());
    here.stream.show(active(NEW), 7_000);
    expect(await here.encrypt({ ...ASKED, timeoutMs: 10_000 })).toMatchObject({
      outcome: 'timed-out',
      changed: false,
      encrypted: 'true',
      key: { id: NEW }
    });
  });

  test('that comes while a wrong key is not believed yet finds a change that has not ended', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(ignored);
    expect(await here.encrypt({ ...ASKED, timeoutMs: 4_000, settleMs: 0 })).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      encrypted: 'unknown',
      key: { id: OLD }
    });
  });

  test('counts the wait for an earlier change', async () => {
    const here = scene(updating());
    here.stream.show(active(), 50_000);
    here.stream.nextStarts(takes(20_000));
    expect(await here.encrypt({ ...ASKED, timeoutMs: 60_000 })).toMatchObject({
      outcome: 'timed-out',
      changed: true,
      durationSeconds: 60
    });
  });

  test('tells of no trouble that passed long ago', async () => {
    const here = scene(updating(OLD));
    here.stream.nextLooks(refuses('throttled', 'Rate exceeded'));
    const { message } = await here.encrypt({ ...ASKED, timeoutMs: 60_000 });
    expect(message).not.toContain('Rate exceeded');
  });

  test('that comes just as the start is given up says that the change may have been sent', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((_stream, _key, signal) => hangs(signal).catch(refuses('unanswered')));
    expect(await here.encrypt({ ...ASKED, timeoutMs: 60_000 })).toMatchObject({ outcome: 'timed-out', changed: true });
  });

  test('is followed by no look', async () => {
    const here = scene(active());
    here.stream.nextStarts(takes(NEVER_ENDS));
    await here.encrypt({ ...ASKED, timeoutMs: 60_000 });
    expect(Math.max(...here.stream.looksMs)).toBeLessThan(60_000);
  });

  test('of a fraction of a second is told as it was given', async () => {
    const here = scene(updating());
    const result = await here.encrypt({ timeoutMs: 1_500, settleMs: 0 });
    expect(result.message).toContain('not done within 1.5 s');
  });

  test('tells the last word of the service, also where KMS does not say more of the key before the deadline', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      here.keys.nextDescribes(hangs);
      stream.show(active(NEW_ID));
    });
    const result = await here.encrypt({ ...ASKED, timeoutMs: 20_000 });
    expect(result).toMatchObject({ outcome: 'timed-out', changed: true, encrypted: 'true', key: { id: NEW_ID } });
    expect(result.message).toContain(`The change to ${NEW} ended`);
  });
});
