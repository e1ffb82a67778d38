/** `npm run bench:compare-tools`: encrypts many data streams with this action and with other tools, one after the other. */

import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { CHANGE_MS, startAccount, streamNames, totalRequests } from './account.ts';
import { loadAverage, logProgress, print, printTable, wholeNumbers } from './command.ts';
import { TOOLS, type Tool } from './tools.ts';

const HELP = `Prints a Markdown table: how long this action, the AWS CLI and Ansible take to encrypt many data streams.

  npm run bench:compare-tools                   20 and 100 data streams; Ansible takes ten minutes for these
  npm run bench:compare-tools -- --sizes 20

Each tool encrypts all streams of a new account; whole processes are timed. The result of every run is verified; a wrong
result stops the benchmark with an error. Tools that are not on the PATH are skipped and listed below the table.`;

interface ToolRun {
  readonly ms: number;
  readonly requests: number;
  readonly throttles: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { sizes: { type: 'string', default: '20,100' }, help: { type: 'boolean', default: false } }
  });
  if (values.help) print(HELP);
  else await bench(wholeNumbers('--sizes', values.sizes));
}

async function bench(sizes: readonly number[]): Promise<void> {
  const loadBefore = loadAverage();
  const tools = await Promise.all(TOOLS.map(async (tool) => ({ tool, version: await tool.version() })));
  const rows: Record<string, string>[] = [];
  for (const size of sizes) {
    let actionMs: number | undefined;
    for (const { tool, version } of tools) {
      if (version === null) continue;
      logProgress(`${tool.name}, ${size} streams`);
      const run = await timed(tool, size);
      actionMs ??= run.ms;
      rows.push({
        streams: size.toLocaleString('en'),
        tool: tool.name,
        time: `${(run.ms / 1_000).toFixed(1)} s`,
        '× this action': (run.ms / actionMs).toFixed(1),
        'requests per stream': (run.requests / size).toFixed(1),
        throttled: String(run.throttles)
      });
    }
  }
  printTable(rows, ['tool']);
  const missing = tools.filter(({ version }) => version === null).map(({ tool }) => `- ${tool.name}: not installed`);
  if (missing.length > 0) print(`\n${missing.join('\n')}`);
  const versions = tools.flatMap(({ version }) => version ?? []);
  print(
    `\nWhole processes, one after the other. ${versions.join(', ')}; a change takes ${CHANGE_MS} ms in the local AWS, which enforces ` +
      `AWS' rates; load average ${loadBefore} before, ${loadAverage()} after. ` +
      `To reproduce: \`npm run bench:compare-tools -- --sizes ${sizes}\`.`
  );
}

async function timed(tool: Tool, size: number): Promise<ToolRun> {
  await using account = await startAccount({
    kind: 'kinesis',
    size,
    encrypted: false,
    sources: 0,
    changeMs: CHANGE_MS,
    speed: 1
  });
  const ended = await tool.encrypt(streamNames(size), account);
  const stats = await account.stats();
  const expected = { exitCode: 0, encrypted: size, starts: size };
  const actual = { exitCode: ended.exitCode, encrypted: stats.encrypted, starts: stats.starts };
  assert.deepEqual(actual, expected, `${tool.name}: ${ended.stdout.slice(-4_000)}${ended.stderr.slice(-4_000)}`);
  return { ms: ended.durationMs, requests: totalRequests(stats), throttles: stats.throttles };
}

await main();
