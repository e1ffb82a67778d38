/** `npm run bench`: times one stream with this action and with the AWS CLI, as whole processes, and compares both with bare Node. */

import { parseArgs } from 'node:util';
import { startLocalAws } from '../local-aws/server.ts';
import { CHANGE_MS } from './account.ts';
import { cliVersion } from './aws-cli.ts';
import { loadAverage, logProgress, metOrMissed, print, printTable, wholeNumber } from './command.ts';
import { type Limit, measure } from './measure.ts';
import { actionSubjects, BARE_NODE, cliSubjects } from './subjects.ts';

const HELP = `Prints a Markdown table: how long one stream takes, measured as whole processes.

  npm run bench                   25 rounds; each round runs every row once
  npm run bench -- --runs N       N rounds

The result of every run is verified; a wrong result stops the benchmark with an error.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '25' }, help: { type: 'boolean', default: false } }
  });
  if (values.help) print(HELP);
  else await bench(wholeNumber('--runs', values.runs));
}

async function bench(runs: number): Promise<void> {
  await using aws = await startLocalAws({ changeMs: CHANGE_MS });
  const cli = await cliVersion();
  const subjects = [BARE_NODE, ...actionSubjects(aws), ...(cli === null ? [] : cliSubjects(aws))];
  const loadBefore = loadAverage();
  const results = await measure(subjects, runs, (round) => {
    logProgress(round === 0 ? 'warm-up round' : `round ${round} of ${runs}`);
  });
  const bareNodeMs = results[0]?.median ?? Number.NaN;
  const rows = subjects.map(({ name, changeMs, limit }, index) => {
    const { median, lower, upper } = results[index] ?? { median: Number.NaN, lower: Number.NaN, upper: Number.NaN };
    const timesBareNode = median / bareNodeMs;
    const overheadMs = changeMs === undefined ? null : median - changeMs;
    return {
      'whole process': name,
      '× bare Node': timesBareNode.toFixed(1),
      overhead: overheadMs === null ? '' : `${overheadMs.toFixed(0)} ms`,
      limit: limit === undefined ? '' : formatLimit(limit, timesBareNode, overheadMs),
      'median (quartiles)': `${median.toFixed(0)} ms (${lower.toFixed(0)}–${upper.toFixed(0)})`
    };
  });
  printTable(rows, ['whole process', 'limit']);
  print(
    `\nMedian of ${runs} rounds, quartiles in brackets; each round ran every row once. Node ${process.version}, ` +
      `${cli ?? 'no AWS CLI on the PATH to compare with'}; a change takes ${CHANGE_MS} ms in the local AWS; ` +
      `load average ${loadBefore} before, ${loadAverage()} after. To reproduce: \`npm run bench -- --runs ${runs}\`.`
  );
}

function formatLimit(limit: Limit, timesBareNode: number, overheadMs: number | null): string {
  if ('timesBareNode' in limit) return `${limit.timesBareNode} ×: ${metOrMissed(timesBareNode <= limit.timesBareNode)}`;
  return `${limit.overheadMs} ms: ${metOrMissed(overheadMs !== null && overheadMs <= limit.overheadMs)}`;
}

await main();
