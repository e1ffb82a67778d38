/** `npm run bench`: how long one stream takes, as whole processes, beside bare Node and the AWS CLI doing the same. */

import { parseArgs } from 'node:util';
import { startLocalAws } from '../local-aws/server.ts';
import { CHANGE_MS } from './account.ts';
import { cliVersion } from './aws-cli.ts';
import { loadNow, print, say, wholeNumber } from './command.ts';
import { type Aim, measure, type Spread, type Subject } from './measure.ts';
import { actionSubjects, BARE_NODE, cliSubjects } from './subjects.ts';
import { type Column, metOrMissed, table } from './table.ts';

const HELP = `Prints a Markdown table: how long one stream takes, as whole processes.

  npm run bench                   25 rounds; each round runs everything once
  npm run bench -- --runs N       N rounds

The outcome of every run is checked; one that is wrong ends the benchmark with an error.`;

interface Row {
  readonly subject: Subject;
  readonly spread: Spread;
  readonly timesBare: number;
  readonly overChangeMs: number | null;
}

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
  const loadBefore = loadNow();
  const spreads = await measure(subjects, runs, (round) => {
    say(round === 0 ? 'warming up' : `round ${round} of ${runs}`);
  });

  print(table(COLUMNS, rows(subjects, spreads)));
  print(
    `\nMedian of ${runs} rounds, quartiles in brackets; each round ran every line once. Node ${process.version}, ` +
      `${cli ?? 'no AWS CLI on PATH, so nothing beside it'}; a change takes ${CHANGE_MS} ms in the local AWS; ` +
      `load average ${loadBefore} before, ${loadNow()} after. Print it again with \`npm run bench -- --runs ${runs}\`.`
  );
}

function rows(subjects: readonly Subject[], spreads: readonly Spread[]): Row[] {
  const bare = spreads[0]?.median ?? Number.NaN;
  return spreads.flatMap((spread, index) => {
    const subject = subjects[index];
    if (subject === undefined) return [];
    const overChangeMs = subject.changeMs === undefined ? null : spread.median - subject.changeMs;
    return [{ subject, spread, timesBare: spread.median / bare, overChangeMs }];
  });
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'whole process', cell: ({ subject }) => subject.what },
  { head: '× bare Node', align: 'right', cell: ({ timesBare }) => timesBare.toFixed(1) },
  {
    head: 'over the change itself',
    align: 'right',
    cell: ({ overChangeMs }) => (overChangeMs === null ? '' : `${overChangeMs.toFixed(0)} ms`)
  },
  { head: 'aim', cell: (row) => (row.subject.aim === undefined ? '' : aimInWords(row.subject.aim, row)) },
  {
    head: 'median (quartiles)',
    align: 'right',
    cell: ({ spread: { median, lowerQuartile, upperQuartile } }) =>
      `${median.toFixed(0)} ms (${lowerQuartile.toFixed(0)}–${upperQuartile.toFixed(0)})`
  }
];

function aimInWords(aim: Aim, { timesBare, overChangeMs }: Row): string {
  if ('timesBare' in aim) return `${aim.timesBare} × at most: ${metOrMissed(timesBare <= aim.timesBare)}`;
  return `${aim.overChangeMs} ms over at most: ${metOrMissed(overChangeMs !== null && overChangeMs <= aim.overChangeMs)}`;
}

await main();
