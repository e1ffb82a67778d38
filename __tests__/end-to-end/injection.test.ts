/** Hostile texts, by each way in, through the committed bundle. */

import { afterAll, describe, expect, test } from '@jest/globals';
import { CORPUS } from './corpus.ts';
import { BY_FLEETS } from './injection/by-fleets.ts';
import { BY_INPUTS } from './injection/by-inputs.ts';
import { BY_SERVICES } from './injection/by-services.ts';
import { beginningOf, type Channel, closeChannels, Scene, SURROUNDINGS, squeezed } from './injection/channel.ts';
import { expectIssue } from './injection/issue.ts';
import { expectLog } from './injection/log.ts';
import { expectSummary } from './injection/summary.ts';
import { toldBy } from './injection/told.ts';

const CHANNELS: readonly Channel[] = [...BY_INPUTS, ...BY_SERVICES, ...BY_FLEETS];
/** How many runs go on at a time. */
const LANES = 4;

let tried = 0;
afterAll(() => {
  closeChannels();
  process.stderr.write(`injection: ${tried} runs, ${Object.keys(CORPUS).length} texts by ${CHANNELS.length} ways\n`);
});

describe.each(CHANNELS)('hostile texts by way of $name', (channel) => {
  test('make no command, no false output and no markup', async () => {
    const waiting = Object.entries(CORPUS);
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [name, text] = next;
        try {
          await using scene = await Scene.open();
          await examine(channel, scene, text);
          tried += 1;
        } catch (cause) {
          throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }, 120_000);
});

async function examine(channel: Channel, scene: Scene, text: string): Promise<void> {
  const step = await channel.run(scene, text);
  expect([channel.outcome].flat()).toContain(step.outputs.outcome);
  const told = toldBy(step, scene.report());
  for (const word of channel.foundIn(told, step, text)) expect(squeezed(word ?? '')).toContain(beginningOf(text));

  expectLog(step, told, channel.issue);
  expectSummary(step, told, channel.surroundings?.(text) ?? SURROUNDINGS);
  if (channel.issue === 'written' && step.exitCode === 1) expectIssue(scene.github.issues, step);
  else expect(scene.github.issues).toEqual([]);
}
