import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IS_EXHAUSTIVE } from '../../support/extent.ts';
import { histories } from '../../support/histories/generators.ts';
import { INVARIANTS } from '../../support/histories/invariants.ts';
import { KEY_FORMS, type KeyForm, keyNameOf } from '../../support/histories/keys.ts';
import { type HistoryRun, runHistory } from '../../support/histories/run-history.ts';

const { PROPERTY_RUNS = IS_EXHAUSTIVE ? '5000' : '500', PROPERTY_SEED } = process.env;
const RUNS = Number(PROPERTY_RUNS);
/** A failure prints its seed; set `PROPERTY_SEED` to it to repeat the same histories. */
const SEED = PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) };
const TIMEOUT_MS = 20 * 60_000;

test(
  'every history satisfies every invariant',
  async () => {
    const property = fc.asyncProperty(histories, async (history) => {
      const run = await runHistory(history);
      const violated = Object.keys(INVARIANTS).filter((name) => !INVARIANTS[name]?.(run));
      if (violated.length > 0) throw new Error(`${violated.join('\n')}\n${describeRun(run)}`);
    });
    await fc.assert(property, { ...SEED, numRuns: RUNS });
  },
  TIMEOUT_MS
);

test(
  'the form of a key identifier does not change the result',
  async () => {
    // A stream that reports an alias is left out: an alias does not prove the key.
    const forms = fc.record({
      requestedForm: fc.constantFrom(...KEY_FORMS),
      reportedForm: fc.constantFrom<KeyForm>('arn', 'id')
    });
    const property = fc.asyncProperty(histories, forms, async (history, otherForms) => {
      // The alias of a missing key cannot be resolved.
      const newKeyState = history.newKeyState === 'missing' ? 'usable' : history.newKeyState;
      const known = { ...history, newKeyState, canDescribeKeys: true, keyLookups: [] };
      const expected = await runHistory({ ...known, requestedForm: 'arn', reportedForm: 'arn' });
      const actual = await runHistory({ ...known, ...otherForms });
      expect(comparablePart(actual)).toEqual(comparablePart(expected));
    });
    await fc.assert(property, { ...SEED, numRuns: Math.ceil(RUNS / 5) });
  },
  TIMEOUT_MS
);

/** The observations, the starts, and the result of a run that violated an invariant. */
function describeRun({ model: { received, starts }, result, endedMs }: HistoryRun): string {
  const { outcome, changed, encrypted, status, key, message } = result;
  const observations = received.map(({ asOfMs, observation: { status, key } }) => ({ asOfMs, status, key: key?.id }));
  const sent = starts.map(({ basis: _, ...start }) => start);
  return JSON.stringify({ observations, sent, outcome, changed, encrypted, status, key, message, endedMs }, null, 2);
}

/** The part of a run that must not depend on the forms of key identifiers. */
function comparablePart({ model, result, endedMs }: HistoryRun) {
  const { outcome, changed, encrypted, status, key, previousKey } = result;
  const keys = [key, previousKey].map((one) => one && keyNameOf(one.id));
  const starts = model.starts.map(({ atMs, key }) => ({ atMs, key }));
  return { outcome, changed, encrypted, status, keys, starts, endedMs };
}
