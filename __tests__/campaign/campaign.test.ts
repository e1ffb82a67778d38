/** One stream and one fault, at every moment at which it makes sense. */

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { endedWell } from '../../src/encryption/model.ts';
import { parseHtml, textOf } from '../end-to-end/html.ts';
import { KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { type Ending, NOW_ON_NEW_KEY, rekeyed, STREAM_ARN, unchanged } from './endings.ts';
import { BUNDLED, CASES, type Case, FAULTS } from './faults.ts';
import { type Combination, Ledger } from './ledger.ts';
import { MOMENT_NAMES } from './moments.ts';
import { startAll } from './pool.ts';
import { expectCounts, runCase, THROUGH_ADAPTERS, THROUGH_BUNDLE, type Told, type Trace } from './runs.ts';
import { skipPausesOfTheSdk } from './sdk-pauses.ts';
import { TWO_RUNS } from './turns-of-events.ts';

/** They all run at the same time, so a case may wait for its turn. */
jest.setTimeout(60_000);

skipPausesOfTheSdk();

const ledger = new Ledger('fault campaign', MOMENT_NAMES);
afterAll(() => {
  process.stdout.write(`${ledger.inWords(FAULTS.map(({ name }) => name))}\n`);
});

describe.each([
  { way: THROUGH_ADAPTERS, cases: CASES },
  { way: THROUGH_BUNDLE, cases: BUNDLED }
])('through $way.name', ({ way, cases }) => {
  let traceOf: (one: Case) => Promise<Trace>;
  beforeAll(() => {
    traceOf = startAll(cases, way.atOnce, (one) => runCase(way, one));
  });

  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_title, one) => {
    await ledger.keep(way.name, combinationOf(one), async () => {
      const trace = await traceOf(one);
      const [told] = trace.told;
      if (told === undefined) throw new Error('There was no run');
      expect(trace.writes).toBe(one.ending.writes);
      expectCounts(one, trace);
      const { ending } = one;
      expectTold(one.kind, told.outputs.changed === 'true' ? (ending.or ?? ending) : ending, told);
    });
  });

  test.each(KINDS)(
    '%s: of two runs at once one changes the stream, and the other one finds that done',
    async (kind) => {
      const first: Case = { fault: TWO_RUNS, moment: 'start', kind, ending: rekeyed() };
      await ledger.keep(way.name, combinationOf(first), async () => {
        const { told, starts, writes } = await runCase(way, first, 2);
        expect(writes).toBe(1);
        expect(starts).toBeLessThanOrEqual(2);
        const [changing, finding] = told.toSorted((a, b) => Number(endedUnchanged(a)) - Number(endedUnchanged(b)));
        if (changing === undefined || finding === undefined) throw new Error('There were not two runs');
        expectTold(kind, rekeyed(), changing);
        expectTold(kind, unchanged({ stands: NOW_ON_NEW_KEY }), finding);
      });
    }
  );
});

function endedUnchanged({ outputs }: Told): boolean {
  return outputs.outcome === 'unchanged';
}

function combinationOf({ fault, moment, kind, ending }: Case): Combination {
  return { fault: fault.name, moment, kind, outcome: ending.outcome };
}

function titleOf({ fault, moment, kind, ending }: Case): string {
  return `${kind}, ${moment}: ${fault.name} → ${ending.outcome}`;
}

function expectTold(
  kind: Kind,
  { outcome, stands, says }: Ending,
  { outputs, summary, exitCode, overdueMs }: Told
): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  const [result] = JSON.parse(outputs.results ?? '');
  expect({ outcome: outputs.outcome, message: result.message }).toEqual({ outcome, message: result.message });
  expect(outputs).toMatchObject({
    'stream-name': 'orders',
    'stream-arn': STREAM_ARN[kind],
    counts: JSON.stringify({ total: 1, [outcome]: 1 }),
    ...stands(kind)
  });
  for (const words of says) expect(result.message).toContain(words);

  const shown = parseHtml(summary).map(textOf).join('');
  expect(shown).toContain(`Stream encryption: ${outcome}`);
  if (!endedWell({ outcome, named: true })) expect(shown).toContain(result.message);
  if (exitCode !== undefined) expect(exitCode).toBe(endedWell({ outcome, named: true }) ? 0 : 1);

  // The contract's second is one of real time, and so is this.
  expect(overdueMs).toBeLessThan(1_000);
}
