/** `npm run demo`: runs the committed bundle as the GitHub runner does, and shows inputs, log and results. */

import { parseArgs } from 'node:util';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { readActionFile } from '../testing/action-file.ts';
import { localAwsEnv, type StepResult } from '../testing/runner.ts';
import { CASES, type DemoCase, type ExpectedResult } from './cases.ts';
import { formatSeconds, print, show } from './show.ts';

const HELP = `Runs dist/index.js as the GitHub runner does, and shows inputs, log and results.

  npm run demo                    run all cases, each in a local AWS of its own
  npm run demo -- --case NAME     run one case; repeat the option for several
  npm run demo -- --list          list the cases
  npm run demo -- --with NAME=VALUE … [--endpoint URL]
                                  run with your own inputs against that endpoint. WITHOUT --endpoint THIS USES THE REAL AWS:
                                  in mode encrypt, which is the default, it changes the stream that you specify.
                                  Credentials and region are read from your environment (AWS_…, your profile).

  --debug                         enable step debug logging: a line per request
  --help                          show this text

Exit code: 1 if a case had an unexpected result; with --with, the exit code of the step; 2 if an option is invalid.`;

class InvalidOptions extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) print(HELP);
  else if (options.list) for (const { name, title } of CASES) print(`${name.padEnd(14)} ${title}`);
  else if (options.with !== undefined) return runOwn(readInputs(options.with), options.endpoint, options.debug);
  else return runCases(casesNamed(options.case), options.debug);
  return 0;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        case: { type: 'string', multiple: true },
        with: { type: 'string', multiple: true },
        endpoint: { type: 'string' },
        list: { type: 'boolean', default: false },
        debug: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false }
      }
    });
    if (values.endpoint !== undefined && values.with === undefined)
      throw new InvalidOptions('--endpoint requires --with');
    if (values.case !== undefined && values.with !== undefined)
      throw new InvalidOptions('--case and --with exclude each other');
    return values;
  } catch (error) {
    throw error instanceof InvalidOptions ? error : new InvalidOptions(messageOf(error));
  }
}

function readInputs(pairs: readonly string[]): Record<string, string> {
  const { defaults } = readActionFile();
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) throw new InvalidOptions(`--with ${pair}: must be name=value`);
      if (!Object.hasOwn(defaults, name)) throw new InvalidOptions(`--with ${pair}: action.yml has no input ${name}`);
      return [name, value];
    })
  );
}

function casesNamed(names: readonly string[] | undefined): readonly DemoCase[] {
  if (names === undefined) return CASES;
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
async function runCase({ prepare, aws: options, ...texts }: DemoCase, debug: boolean): Promise<string[]> {
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

/** Runs a step with the user's own inputs. It inherits the environment variables that concern AWS. */
async function runOwn(inputs: Record<string, string>, endpoint: string | undefined, debug: boolean): Promise<number> {
  const url = endpoint ?? process.env.AWS_ENDPOINT_URL;
  const inherited = Object.entries(process.env).filter(([name]) =>
    /^(AWS_.*|https?_proxy|no_proxy|home|userprofile)$/i.test(name)
  );
  // The terminal sends Ctrl-C to the step too. The demo keeps running until the step has reported its result.
  process.on('SIGINT', () => {});
  const { exitCode } = await show({
    name: 'own',
    title: 'Your own inputs',
    description: url === undefined ? 'Uses the real AWS, as configured in your environment.' : `Uses ${url}.`,
    inputs,
    env: { ...Object.fromEntries(inherited), AWS_ENDPOINT_URL: url },
    limitMs: 0,
    debug
  });
  return exitCode ?? 1;
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
