/** `npm run bench:beside`: many data streams changed by this action, and by what else there is, one after the other. */

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { CHANGE_MS, openAccount, requestsOf, streamNames } from './account.ts';
import { loadNow, print, say, wholeNumbers } from './command.ts';
import { CONTENDERS, type Contender } from './contenders.ts';
import { type Column, table } from './table.ts';

const HELP = `Prints a Markdown table: how long many data streams take by this action, by the AWS CLI and by Ansible.

  npm run bench:beside                        20 and 100 data streams; Ansible takes ten minutes for these
  npm run bench:beside -- --sizes 20

Each changes all streams of an account of its own, as whole processes. The outcome of every run is checked; one that is
wrong ends the benchmark with an error. What is not on PATH is left out, and named.`;

interface Row {
  readonly what: string;
  readonly size: number;
  readonly ms: number;
  readonly timesAction: number;
  readonly requestsAStream: number;
  readonly throttles: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: 'streams', align: 'right', cell: ({ size }) => size.toLocaleString('en') },
  { head: 'by', cell: ({ what }) => what },
  { head: 'time', align: 'right', cell: ({ ms }) => `${(ms / 1_000).toFixed(1)} s` },
  { head: '× this action', align: 'right', cell: ({ timesAction }) => timesAction.toFixed(1) },
  { head: 'requests a stream', align: 'right', cell: ({ requestsAStream }) => requestsAStream.toFixed(1) },
  { head: 'throttled', align: 'right', cell: ({ throttles }) => String(throttles) }
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { sizes: { type: 'string', default: '20,100' }, help: { type: 'boolean', default: false } }
  });
  if (values.help) print(HELP);
  else await bench(wholeNumbers('--sizes', values.sizes));
}

async function bench(sizes: readonly number[]): Promise<void> {
  const loadBefore = loadNow();
  const known = await Promise.all(
    CONTENDERS.map(async (contender) => ({ contender, version: await contender.version() }))
  );
  const rows: Row[] = [];
  for (const size of sizes) {
    let actionMs: number | undefined;
    for (const { contender, version } of known) {
      if (version === null) continue;
      say(`${contender.what}, ${size} streams`);
      const run = await timed(contender, size);
      actionMs ??= run.ms;
      rows.push({ what: contender.what, size, ...run, timesAction: run.ms / actionMs });
    }
  }
  print(table(COLUMNS, rows));
  const missing = known.flatMap(({ contender, version }) =>
    version === null ? [`- ${contender.what}: not to be had here`] : []
  );
  if (missing.length > 0) print(`\n${missing.join('\n')}`);
  const versions = known.flatMap(({ version }) => version ?? []);
  print(
    `\nWhole processes, one after the other. ${versions.join(', ')}; a change takes ${CHANGE_MS} ms in the local AWS, which keeps ` +
      `AWS' rates; load average ${loadBefore} before, ${loadNow()} after. ` +
      `Print it again with \`npm run bench:beside -- --sizes ${sizes}\`.`
  );
}

async function timed(contender: Contender, size: number): Promise<Pick<Row, 'ms' | 'requestsAStream' | 'throttles'>> {
  await using account = await openAccount({
    kind: 'kinesis',
    size,
    encrypted: false,
    changeMs: CHANGE_MS,
    speed: 1,
    deniesListing: false
  });
  const ended = await contender.change(streamNames(size), account);
  const seen = await account.seen();
  const expected = { exitCode: 0, encrypted: size, starts: size };
  const came = { exitCode: ended.exitCode, encrypted: seen.encrypted, starts: seen.starts };
  assert.deepEqual(came, expected, `${contender.what}: ${ended.stdout.slice(-4_000)}${ended.stderr.slice(-4_000)}`);
  return { ms: ended.durationMs, requestsAStream: requestsOf(seen) / size, throttles: seen.throttles };
}

await main();
