/** `npm run demo`: runs the committed bundle as the GitHub runner does, and shows inputs, log and results. */

import { parseArgs } from 'node:util';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { localAwsEnv, type StepResult } from '../testing/runner.ts';
import { CASES, type DemoCase, type ExpectedResult } from './cases.ts';
import { formatSeconds, print, show } from './show.ts';

const HELP = `Runs dist/index.js as the GitHub runner does, and shows inputs, log and results.

  npm run demo                    run all cases but those that take a minute, each in a local AWS of its own
  npm run demo -- --case NAME     run one case; repeat the option for several
  npm run demo -- --list          list the cases

  --debug                         enable step debug logging: a line per request
  --help                          show this text

To run it with your own inputs: npm run step -- --help

Exit code: 1 if a case had an unexpected result; 2 if an option is invalid.`;

class InvalidOptions extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) print(HELP);
  else if (options.list) for (const { name, title } of CASES) print(`${name.padEnd(14)} ${title}`);
  else return runCases(casesNamed(options.case), options.debug);
  return 0;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        case: { type: 'string', multiple: true },
        list: { type: 'boolean', default: false },
        debug: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false }
      }
    }).values;
  } catch (error) {
    throw new InvalidOptions(messageOf(error));
  }
}

function casesNamed(names: readonly string[] | undefined): readonly DemoCase[] {
  if (names === undefined) return CASES.filter(({ isLong }) => !isLong);
  return names.map((name) => {
    const found = CASES.find((demoCase) => demoCase.name === name);
    if (found === undefined)
      throw new InvalidOptions(`Unknown case ${name}; must be one of ${CASES.map((c) => c.name).join(', ')}`);
    return found;
  });
}

async function runCases(cases: readonly DemoCase[], debug: boolean): Promise<number> {
  const beganMs = performance.now();
  const failed: string[] = [];
  for (const demoCase of cases) {
    const differences = await runCase(demoCase, debug);
    for (const difference of differences) print(`UNEXPECTED: ${difference}`);
    if (differences.length > 0) failed.push(demoCase.name);
  }
  const verdict = failed.length === 0 ? 'all had the expected result' : `unexpected results in ${failed.join(', ')}`;
  print(`\n${cases.length} of ${CASES.length} cases in ${formatSeconds(performance.now() - beganMs)}: ${verdict}`);
  return failed.length === 0 ? 0 : 1;
}

/** Runs a case; returns the differences from the expected result. */
async function runCase({ prepare, aws: options, isLong: _, ...texts }: DemoCase, debug: boolean): Promise<string[]> {
  await using aws = await startLocalAws(options);
  const { inputs, expected, meanwhile } = prepare(aws);
  const ended = new AbortController();
  const env = localAwsEnv(aws.endpoint);
  const [result] = await Promise.all([
    show({ ...texts, inputs, env, debug }).finally(() => ended.abort()),
    meanwhile?.(ended.signal)
  ]);
  print(`requests:  ${formatRequests(aws)}`);
  return compare(result, aws.writes().length, expected);
}

function formatRequests({ requests }: LocalAws): string {
  const counts = Map.groupBy(requests, ({ operation }) => operation);
  return [...counts].map(([operation, { length }]) => `${length} × ${operation}`).join(', ');
}

function compare(result: StepResult, writes: number, expected: ExpectedResult): string[] {
  const pairs: readonly (readonly [name: string, actual: unknown, expected: unknown])[] = [
    ['exit code', result.exitCode, expected.exitCode],
    ['accepted changes', writes, expected.writes],
    ...Object.entries(expected.outputs).map(([name, value]) => [`output ${name}`, result.outputs[name], value] as const)
  ];
  return pairs
    .filter(([, actual, value]) => actual !== value)
    .map(([name, actual, value]) => `${name} is ${actual}, expected ${value}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof InvalidOptions)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}\n`);
  process.exitCode = 2;
}
