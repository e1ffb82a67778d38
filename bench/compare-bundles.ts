/** `npm run bench:compare`: compares two bundles of the action by time and peak memory, in paired runs. */

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { localAwsEnv, runAction, type Step, type StepResult } from '../testing/runner.ts';
import { loadAverage, logProgress, metOrMissed, print, printTable, wholeNumber } from './command.ts';
import { peakMiB, preload } from './fleet-run.ts';
import { quartiles } from './measure.ts';

const HELP = `Compares two bundles of the action and prints a Markdown table.

  npm run bench:compare -- OLD_DIST NEW_DIST              41 rounds
  npm run bench:compare -- OLD_DIST NEW_DIST --runs N     N rounds

Each round runs every line of the table once with each bundle, as a whole process; the bundle that goes first alternates.
A round's ratio is the figure of the new bundle divided by that of the old one. The result of every run is checked.

The limits refer to the bundle of commit 5373b6f. To compare with it:

  git worktree add --detach ../old 5373b6f
  npm run bench:compare -- ../old/dist dist`;

/** One line of the table. */
interface Comparison {
  readonly name: string;
  readonly unit: 'ms' | 'MiB';
  /** The highest ratio allowed. */
  readonly limit: number;
  /** Runs the action once from this bundle. Rejects if the run did not end as expected. */
  readonly measure: (bundle: string) => Promise<number>;
}

/** The pairs of a comparison, one for each round. */
type Pairs = { before: number; after: number }[];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { runs: { type: 'string', default: '41' }, help: { type: 'boolean', default: false } },
    allowPositionals: true
  });
  const [before, after] = positionals;
  if (values.help) print(HELP);
  else if (before === undefined || after === undefined) throw new Error('Name two bundles: OLD_DIST NEW_DIST');
  else await bench({ before, after }, wholeNumber('--runs', values.runs));
}

async function bench(bundles: { before: string; after: string }, rounds: number): Promise<void> {
  await using aws = await startLocalAws();
  const loadBefore = loadAverage();
  const comparisons = comparisonsOn(aws);
  const pairs = await runPairs(comparisons, bundles, rounds);
  printTable(
    comparisons.map((comparison, index) => rowOf(comparison, pairs[index] ?? [])),
    ['whole process', 'limit']
  );
  print(
    `\nMedians of ${rounds} rounds. Node ${process.version}; load average ${loadBefore} before, ${loadAverage()} after. ` +
      `To reproduce: \`npm run bench:compare -- OLD_DIST NEW_DIST --runs ${rounds}\`.`
  );
}

/** Runs the rounds, after one that is not counted. */
async function runPairs(
  comparisons: readonly Comparison[],
  bundles: { before: string; after: string },
  rounds: number
): Promise<Pairs[]> {
  const pairs = comparisons.map((): Pairs => []);
  for (let round = 0; round <= rounds; round++) {
    logProgress(round === 0 ? 'warm-up round' : `round ${round} of ${rounds}`);
    for (const [index, { measure }] of comparisons.entries()) {
      const pair = { before: 0, after: 0 };
      const order = round % 2 === 0 ? (['before', 'after'] as const) : (['after', 'before'] as const);
      for (const which of order) pair[which] = await measure(bundles[which]);
      if (round > 0) pairs[index]?.push(pair);
    }
  }
  return pairs;
}

function rowOf({ name, unit, limit }: Comparison, pairs: Pairs): Record<string, string> {
  const old = quartiles(pairs.map(({ before }) => before));
  const now = quartiles(pairs.map(({ after }) => after));
  const { median, lower, upper } = quartiles(pairs.map(({ before, after }) => after / before));
  const isMet = Number(median.toFixed(2)) <= limit;
  return {
    'whole process': name,
    old: `${old.median.toFixed(0)} ${unit}`,
    new: `${now.median.toFixed(0)} ${unit}`,
    'new ÷ old (quartiles)': `${median.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`,
    limit: `${limit.toFixed(2)}: ${metOrMissed(isMet)}`
  };
}

/** A time and a peak memory for each kind of run. Memory is measured in runs of its own, as measuring it takes time. */
function comparisonsOn(aws: LocalAws): Comparison[] {
  const key = aws.kms.createKey();
  aws.kinesis.create({ name: 'orders', keyId: key.arn });
  aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
  const customerKey = { 'key-type': 'customer-managed', 'key-id': key.arn };

  return [
    ...comparisonsOf(aws, 'bad input', { 'stream-kind': 'kinesi', 'stream-name': 'orders' }, 'failed', 1.05),
    ...comparisonsOf(
      aws,
      'check, Kinesis, a customer key',
      { 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'check', ...customerKey },
      'compliant',
      1.12
    ),
    ...comparisonsOf(
      aws,
      'check, Firehose, any key',
      { 'stream-kind': 'firehose', 'stream-name': 'clicks', mode: 'check', 'key-type': 'any' },
      'compliant',
      1.12
    )
  ];
}

function comparisonsOf(
  aws: LocalAws,
  name: string,
  inputs: Step['inputs'],
  outcome: string,
  timeLimit: number
): Comparison[] {
  async function run(bundle: string, env: Step['env'] = {}): Promise<StepResult> {
    const result = await runAction({ inputs, env: { ...localAwsEnv(aws.endpoint), ...env }, bundle });
    assert.equal(result.outputs.outcome, outcome, `${name}, ${bundle}: ${result.stdout}${result.stderr}`);
    return result;
  }
  return [
    { name, unit: 'ms', limit: timeLimit, measure: async (bundle) => (await run(bundle)).durationMs },
    {
      name: `${name}: peak memory`,
      unit: 'MiB',
      limit: 1,
      measure: async (bundle) => peakMiB((await run(bundle, { NODE_OPTIONS: preload('peak-memory.ts') })).stderr)
    }
  ];
}

await main();
