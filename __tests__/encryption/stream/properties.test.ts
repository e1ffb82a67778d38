import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Asked, FORMS, type Form, type History, keyNamed, type Old } from '../../support/histories/history.ts';
import { LAWS } from '../../support/histories/laws.ts';
import { asItCanBe, withKeys } from '../../support/histories/possible.ts';
import { history, historyOfKnownKeys } from '../../support/histories/random.ts';
import { run, type Told } from '../../support/histories/run.ts';

const { PROPERTY_RUNS = '5000', PROPERTY_SEED } = process.env;
const RUNS = Number(PROPERTY_RUNS);
/** The seed that a failure names, to have the same histories again. */
const SEED = PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) };
const MINUTES = 20 * 60_000;

const outcomes = new Map<string, number>();
let held = 0;
let alike = 0;

afterAll(() => {
  const each = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${count} ${outcome}`);
  process.stdout.write(
    `Properties: ${held} random histories held ${Object.keys(LAWS).length} laws (${each.join(', ')}); ` +
      `${alike} more gave the same with their keys in other forms\n`
  );
});

test(
  'every history keeps every law',
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        const told = await run(one);
        const broken = Object.entries(LAWS).flatMap(([name, law]) => {
          const how = law(told);
          return how === null ? [] : [`${name}: ${how}`];
        });
        if (broken.length > 0) throw new Error(`${broken.join('\n')}\n${tale(told)}`);
        held++;
        outcomes.set(told.result.outcome, (outcomes.get(told.result.outcome) ?? 0) + 1);
      }),
      { ...SEED, numRuns: RUNS }
    );
  },
  MINUTES
);

test(
  'the same history gives the same outcome in whatever form its keys are written',
  async () => {
    const forms = fc.record({ criteria: fc.constantFrom(...FORMS), reported: fc.constantFrom<Form>('arn', 'id') });
    await fc.assert(
      fc.asyncProperty(historyOfKnownKeys, forms, async (one, { criteria, reported }) => {
        const plain = gist(await run(inForms(one, 'arn', 'arn')));
        expect(gist(await run(asItCanBe(inForms(one, criteria, reported))))).toEqual(plain);
        alike++;
      }),
      { ...SEED, numRuns: Math.ceil(RUNS / 5) }
    );
  },
  MINUTES
);

/** The run in words, for whoever has to find out why it broke a law. */
function tale({ world, result, endedMs }: Told): string {
  const { outcome, changed, encrypted, status, key, message } = result;
  return JSON.stringify(
    {
      seen: world.seen.map(
        ({ askedMs, ofMs, look }) => `${askedMs}: ${look.status} ${look.key?.id ?? '-'} (of ${ofMs})`
      ),
      starts: world.starts.map(({ lastSeen: _, ...start }) => start),
      result: { outcome, changed, encrypted, status, key, message, endedMs }
    },
    null,
    2
  );
}

/**
 * The history with its keys written so. What differs on purpose is left out: an alias in force, which proves no key, and
 * an old key that is the key asked for, which only an alias may be.
 */
function inForms(one: History, criteria: Form, reported: Form): History {
  const form = one.kind === 'firehose' ? 'arn' : reported;
  const target = one.criteria.which === 'one' ? one.criteria.written.key : 'aws';
  return {
    ...one,
    criteria: askedIn(one.criteria, criteria),
    from: one.from?.flatMap((old) => oldIn(old, target, criteria)) ?? null,
    stands: withKeys(one.stands, (key) => ({ ...key, form })),
    others: one.others.map(({ to, ...rest }) => ({ ...rest, to: to && { ...to, form } }))
  };
}

function askedIn(criteria: Asked, form: Form): Asked {
  switch (criteria.which) {
    case 'one':
      return { ...criteria, written: { ...criteria.written, form } };
    case 'approved':
      return { ...criteria, written: criteria.written.map((key) => ({ ...key, form })) };
    default:
      return criteria;
  }
}

function oldIn(old: Old, target: string, form: Form): Old[] {
  if (typeof old === 'string') return [old];
  return old.key === target ? [] : [{ ...old, form }];
}

/** What must not depend on how a key is written. */
function gist({ world, result, endedMs }: Told) {
  const { outcome, changed, encrypted, status, key, previousKey } = result;
  return {
    outcome,
    changed,
    encrypted,
    status,
    key: key && keyNamed(key.id),
    previousKey: previousKey && keyNamed(previousKey.id),
    sent: world.starts.map(({ atMs, to }) => `${to} at ${atMs}`),
    endedMs
  };
}
