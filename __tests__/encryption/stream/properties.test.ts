import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IS_EXHAUSTIVE } from '../../support/extent.ts';
import { mapKeys, toValidHistory } from '../../support/histories/constraints.ts';
import { arbitraryHistory, arbitraryHistoryWithKnownKeys } from '../../support/histories/generators.ts';
import {
  type History,
  type HistoryCriteria,
  KEY_FORMS,
  type KeyForm,
  keyNameOf
} from '../../support/histories/history.ts';
import { INVARIANTS } from '../../support/histories/invariants.ts';
import { type HistoryRun, runHistory } from '../../support/histories/run-history.ts';

const { PROPERTY_RUNS = IS_EXHAUSTIVE ? '5000' : '500', PROPERTY_SEED } = process.env;
const RUNS = Number(PROPERTY_RUNS);
/** A failure prints its seed; set `PROPERTY_SEED` to it to repeat the same histories. */
const SEED = PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) };
const TIMEOUT_MS = 20 * 60_000;

const outcomes = new Map<string, number>();
let satisfied = 0;
let equivalent = 0;

afterAll(() => {
  const counts = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${count} ${outcome}`);
  process.stdout.write(
    `Properties: ${satisfied} random histories satisfied ${Object.keys(INVARIANTS).length} invariants ` +
      `(${counts.join(', ')}); ${equivalent} more had the same result with other forms of key identifiers\n`
  );
});

test(
  'every history satisfies every invariant',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory, async (history) => {
        const run = await runHistory(history);
        const violations = Object.entries(INVARIANTS).flatMap(([name, invariant]) => {
          const violation = invariant(run);
          return violation === null ? [] : [`${name}: ${violation}`];
        });
        if (violations.length > 0) throw new Error(`${violations.join('\n')}\n${describeRun(run)}`);
        satisfied++;
        outcomes.set(run.result.outcome, (outcomes.get(run.result.outcome) ?? 0) + 1);
      }),
      { ...SEED, numRuns: RUNS }
    );
  },
  TIMEOUT_MS
);

test(
  'the form of a key identifier does not change the result',
  async () => {
    const forms = fc.record({
      requested: fc.constantFrom(...KEY_FORMS),
      reported: fc.constantFrom<KeyForm>('arn', 'id')
    });
    await fc.assert(
      fc.asyncProperty(arbitraryHistoryWithKnownKeys, forms, async (history, { requested, reported }) => {
        const expected = comparablePart(await runHistory(withKeyForms(history, 'arn', 'arn')));
        const actual = await runHistory(toValidHistory(withKeyForms(history, requested, reported)));
        expect(comparablePart(actual)).toEqual(expected);
        equivalent++;
      }),
      { ...SEED, numRuns: Math.ceil(RUNS / 5) }
    );
  },
  TIMEOUT_MS
);

/** The observations, the starts, and the result of a run that violated an invariant. */
function describeRun({ model, result, endedMs }: HistoryRun): string {
  const { outcome, changed, encrypted, status, key, message } = result;
  return JSON.stringify(
    {
      received: model.received.map(
        ({ requestedMs, asOfMs, observation }) =>
          `${requestedMs}: ${observation.status} ${observation.key?.id ?? '-'} (as of ${asOfMs})`
      ),
      starts: model.starts.map(({ lastReceived: _, ...start }) => start),
      result: { outcome, changed, encrypted, status, key, message, endedMs }
    },
    null,
    2
  );
}

/**
 * The history with these forms of key identifiers. It leaves out where the form matters: a stream that reports an alias,
 * which does not prove its key.
 */
function withKeyForms(history: History, requested: KeyForm, reported: KeyForm): History {
  const form = history.kind === 'firehose' ? 'arn' : reported;
  return {
    ...history,
    criteria: criteriaWithForm(history.criteria, requested),
    from: history.from?.map((key) => (typeof key === 'string' ? key : { ...key, form: requested })) ?? null,
    initialState: mapKeys(history.initialState, (key) => ({ ...key, form })),
    concurrentChanges: history.concurrentChanges.map((change) => ({
      ...change,
      target: change.target && { ...change.target, form }
    }))
  };
}

function criteriaWithForm(criteria: HistoryCriteria, form: KeyForm): HistoryCriteria {
  switch (criteria.which) {
    case 'one':
      return { ...criteria, key: { ...criteria.key, form } };
    case 'approved':
      return { ...criteria, keys: criteria.keys.map((key) => ({ ...key, form })) };
    default:
      return criteria;
  }
}

/** The part of a run that must not depend on the forms of key identifiers. */
function comparablePart({ model, result, endedMs }: HistoryRun) {
  const { outcome, changed, encrypted, status, key, previousKey } = result;
  return {
    outcome,
    changed,
    encrypted,
    status,
    key: key && keyNameOf(key.id),
    previousKey: previousKey && keyNameOf(previousKey.id),
    starts: model.starts.map(({ atMs, targetName }) => `${targetName} at ${atMs}`),
    endedMs
  };
}
