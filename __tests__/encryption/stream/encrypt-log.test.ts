import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, disabled, enabled, updating } from '../../support/observations.ts';
import { AWS_OWNED, targetKey } from '../../support/requests.ts';
import { answerLost, failsWith, succeedsAfter } from '../../support/simulated-stream.ts';
import { type StreamSimulation, simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 5_000 } as const;

/** The log without the kind and name of the stream at the start of each line. */
async function logOf(simulation: StreamSimulation, run: () => Promise<unknown>): Promise<string[]> {
  await run();
  const [first = ''] = simulation.log;
  const [name = ''] = /^\w+ orders: /.exec(first) ?? [];
  expect(simulation.log.every((line) => line.startsWith(name))).toBe(true);
  return simulation.log.map((line) => line.slice(name.length));
}

describe('the log', () => {
  test('contains each state once, the start and the settling', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(succeedsAfter(3_000));
    expect(await logOf(simulation, () => simulation.encrypt(REQUEST))).toEqual([
      `ACTIVE, encrypted with ${OLD}`,
      `starting encryption with ${NEW}`,
      `UPDATING, encrypted with ${OLD}`,
      `ACTIVE, encrypted with ${NEW}`,
      'settling for 5 s, until every record is encrypted'
    ]);
  });

  test('contains the type of a key without an id', async () => {
    const simulation = simulate(disabled());
    expect(await logOf(simulation, () => simulation.encrypt({ criteria: AWS_OWNED, settleMs: 0 }))).toEqual([
      'DISABLED, not encrypted',
      'starting encryption with the AWS owned key',
      'ENABLING',
      'ENABLED, encrypted with the AWS owned key'
    ]);
  });

  test('contains one line for the wait for an earlier change', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(NEW), 20_000);
    expect(await logOf(simulation, () => simulation.encrypt({ ...REQUEST, settleMs: 0 }))).toEqual([
      `UPDATING, encrypted with ${OLD}`,
      'another change is in flight: waiting for it to end',
      `ACTIVE, encrypted with ${NEW}`
    ]);
  });

  test('contains retried errors and lost answers', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextDescribes(failsWith('throttled', 'Rate exceeded'));
    simulation.stream.onNextStarts(answerLost(succeedsAfter(1_000)));
    const log = await logOf(simulation, () => simulation.encrypt({ ...REQUEST, settleMs: 0 }));
    expect(log[0]).toBe('Rate exceeded; retrying');
    expect(log).toContain('the answer to the start was lost: polling to see whether it was accepted');
  });

  test('contains records that were not encrypted', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onRecord = (nth) => nth > 1;
    const log = await logOf(simulation, () => simulation.encrypt({ ...REQUEST, settleMs: 0, verifyRecords: true }));
    expect(log.at(-1)).toBe('the service accepted a record but did not confirm its encryption');
  });
});
