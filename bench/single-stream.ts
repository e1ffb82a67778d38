/** `npm run bench`: how long one stream takes, as whole processes, beside bare Node and the AWS CLI doing the same. */

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startLocalAws } from '../local-aws/server.ts';
import { type Aim, measure, type Spread, type Subject } from './measure.ts';
import { actionSubjects, BARE_NODE, CHANGE_MS, cliSubjects, cliVersion } from './subjects.ts';

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
  const runs = Number(values.runs);
  if (values.help) print(HELP);
  else if (Number.isInteger(runs) && runs > 0) await bench(runs);
  else throw new Error(`--runs ${values.runs}: give a whole number, 1 or more`);
}

async function bench(runs: number): Promise<void> {
  await using aws = await startLocalAws({ changeMs: CHANGE_MS });
  const cli = await cliVersion();
  const subjects = [BARE_NODE, ...actionSubjects(aws), ...(cli === null ? [] : cliSubjects(aws))];
  const loadBefore = loadNow();
  const spreads = await measure(subjects, runs, (round) => {
    process.stderr.write(round === 0 ? 'warming up\n' : `round ${round} of ${runs}\n`);
  });

  print(table(rows(subjects, spreads)));
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

function table(rows: readonly Row[]): string {
  const head = ['whole process', '× bare Node', 'over the change itself', 'aim', 'median (quartiles)'];
  const rule = ['---', '--:', '--:', '---', '--:'];
  return [head, rule, ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells(row: Row): string[] {
  const { subject, spread, timesBare, overChangeMs } = row;
  const { median, lowerQuartile, upperQuartile } = spread;
  return [
    subject.what,
    timesBare.toFixed(1),
    overChangeMs === null ? '' : `${overChangeMs.toFixed(0)} ms`,
    subject.aim === undefined ? '' : aimInWords(subject.aim, row),
    `${median.toFixed(0)} ms (${lowerQuartile.toFixed(0)}–${upperQuartile.toFixed(0)})`
  ];
}

function aimInWords(aim: Aim, { timesBare, overChangeMs }: Row): string {
  if ('timesBare' in aim) return `${aim.timesBare} × at most: ${kept(timesBare <= aim.timesBare)}`;
  return `${aim.overChangeMs} ms over at most: ${kept(overChangeMs !== null && overChangeMs <= aim.overChangeMs)}`;
}

function kept(met: boolean): string {
  return met ? 'met' : '**missed**';
}

function loadNow(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(2);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
