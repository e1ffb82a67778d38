import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, disabled, enabled, updating } from '../../support/observations.ts';
import { AWS_OWNED, oneKey } from '../../support/requests.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { answerLost, refuses, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 5_000 } as const;

/** The log without the stream's name, which begins each line. */
async function logOf(here: Scene, run: () => Promise<unknown>): Promise<string[]> {
  await run();
  const [first = ''] = here.log;
  const [name = ''] = /^\w+ orders: /.exec(first) ?? [];
  expect(here.log.every((line) => line.startsWith(name))).toBe(true);
  return here.log.map((line) => line.slice(name.length));
}

describe('the log', () => {
  test('tells each state once, the start and the wait after it', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(takes(3_000));
    expect(await logOf(here, () => here.encrypt(ASKED))).toEqual([
      `ACTIVE, encrypted with ${OLD}`,
      `starting encryption with ${NEW}`,
      `UPDATING, encrypted with ${OLD}`,
      `ACTIVE, encrypted with ${NEW}`,
      'settling for 5 s, until every record is encrypted'
    ]);
  });

  test('tells a stream without a key, and the type of a key that shows no id', async () => {
    const here = scene(disabled());
    expect(await logOf(here, () => here.encrypt({ criteria: AWS_OWNED, settleMs: 0 }))).toEqual([
      'DISABLED, not encrypted',
      'starting encryption with the AWS owned key',
      'ENABLING',
      'ENABLED, encrypted with the AWS owned key'
    ]);
  });

  test('tells once that an earlier change is waited for', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 20_000);
    expect(await logOf(here, () => here.encrypt({ ...ASKED, settleMs: 0 }))).toEqual([
      `UPDATING, encrypted with ${OLD}`,
      'another change is in flight: waiting for it to end',
      `ACTIVE, encrypted with ${NEW}`
    ]);
  });

  test('tells a trouble that is ridden out, and a lost answer', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextLooks(refuses('throttled', 'Rate exceeded'));
    here.stream.nextStarts(answerLost(takes(1_000)));
    const log = await logOf(here, () => here.encrypt({ ...ASKED, settleMs: 0 }));
    expect(log[0]).toBe('Rate exceeded; retrying');
    expect(log).toContain('the answer to the start was lost: polling to see whether it was accepted');
  });

  test('tells a record that was not encrypted', async () => {
    const here = scene(active(OLD));
    here.stream.onRecord = (nth) => nth > 1;
    const log = await logOf(here, () => here.encrypt({ ...ASKED, settleMs: 0, verifyRecords: true }));
    expect(log.at(-1)).toBe('the service accepted a record and did not encrypt it');
  });
});
