/** `npm run demo`: the committed bundle at work, started as the runner starts it. */

import { parseArgs } from 'node:util';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { readActionFile } from '../testing/action-file.ts';
import { localAwsEnv, type StepResult } from '../testing/runner.ts';
import { CASES, type DemoCase, type Ending } from './cases.ts';
import { inSeconds, say, show } from './show.ts';

const HELP = `Runs dist/index.js as the GitHub runner would, and shows what it does.

  npm run demo                    every case, each against a local AWS made for it
  npm run demo -- --case NAME     one case (several: repeat it)
  npm run demo -- --list          the cases
  npm run demo -- --with NAME=VALUE … [--endpoint URL]
                                  your own inputs, against the endpoint given. WITHOUT --endpoint THIS IS THE REAL AWS:
                                  in mode encrypt, which is the default, it changes the stream that you name.
                                  Credentials and region come from your environment (AWS_…, your profile).

  --debug                         step debug logging: a line for each request
  --help                          this text

Exit code: 1 where a case did not end as it must; with --with, that of the step; 2 where an option is wrong.`;

class BadOptions extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) say(HELP);
  else if (options.list) for (const { name, title } of CASES) say(`${name.padEnd(14)} ${title}`);
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
    if (values.endpoint !== undefined && values.with === undefined) throw new BadOptions('--endpoint goes with --with');
    if (values.case !== undefined && values.with !== undefined)
      throw new BadOptions('--case and --with exclude each other');
    return values;
  } catch (error) {
    throw error instanceof BadOptions ? error : new BadOptions(messageOf(error));
  }
}

function readInputs(pairs: readonly string[]): Record<string, string> {
  const { defaults } = readActionFile();
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) throw new BadOptions(`--with ${pair}: write it as name=value`);
      if (!Object.hasOwn(defaults, name)) throw new BadOptions(`--with ${pair}: action.yml has no input ${name}`);
      return [name, value];
    })
  );
}

function casesNamed(names: readonly string[] | undefined): readonly DemoCase[] {
  if (names === undefined) return CASES;
  return names.map((name) => {
    const found = CASES.find((demoCase) => demoCase.name === name);
    if (found === undefined)
      throw new BadOptions(`There is no case ${name}; there are ${CASES.map((c) => c.name).join(', ')}`);
    return found;
  });
}

async function runCases(cases: readonly DemoCase[], debug: boolean): Promise<number> {
  const beganMs = performance.now();
  const unlike: string[] = [];
  for (const demoCase of cases) {
    const faults = await runCase(demoCase, debug);
    for (const fault of faults) say(`NOT AS EXPECTED: ${fault}`);
    if (faults.length > 0) unlike.push(demoCase.name);
  }
  const verdict =
    unlike.length === 0 ? 'all ended as they must' : `these did not end as they must: ${unlike.join(', ')}`;
  say(`\n${cases.length} of ${CASES.length} cases in ${inSeconds(performance.now() - beganMs)}: ${verdict}`);
  return unlike.length === 0 ? 0 : 1;
}

/** Runs a case, and answers where its end differs from the one that it must have. */
async function runCase({ prepare, aws: options, ...shown }: DemoCase, debug: boolean): Promise<string[]> {
  await using aws = await startLocalAws(options);
  const { inputs, expected, meanwhile } = prepare(aws);
  const ended = new AbortController();
  const env = localAwsEnv(aws.endpoint);
  const [result] = await Promise.all([
    show({ ...shown, inputs, env, debug }).finally(() => ended.abort()),
    meanwhile?.(ended.signal)
  ]);
  say(`requests:  ${requestsInWords(aws)}`);
  return differences(result, aws.writes().length, expected);
}

function requestsInWords({ requests }: LocalAws): string {
  const counts = Map.groupBy(requests, ({ operation }) => operation);
  return [...counts].map(([operation, { length }]) => `${length} × ${operation}`).join(', ');
}

function differences(result: StepResult, writes: number, expected: Ending): string[] {
  const pairs: readonly (readonly [what: string, is: unknown, must: unknown])[] = [
    ['exit code', result.exitCode, expected.exitCode],
    ['accepted changes', writes, expected.writes],
    ...Object.entries(expected.outputs).map(([name, must]) => [`output ${name}`, result.outputs[name], must] as const)
  ];
  return pairs.filter(([, is, must]) => is !== must).map(([what, is, must]) => `${what} is ${is}, must be ${must}`);
}

/** Runs the caller's own step, in the caller's surroundings as far as AWS is concerned. */
async function runOwn(inputs: Record<string, string>, endpoint: string | undefined, debug: boolean): Promise<number> {
  const where = endpoint ?? process.env.AWS_ENDPOINT_URL;
  const ofAws = Object.entries(process.env).filter(([name]) =>
    /^(AWS_.*|https?_proxy|no_proxy|home|userprofile)$/i.test(name)
  );
  // The terminal's Ctrl-C reaches the step as well, which tells what it was doing; so the demo stays until it has.
  process.on('SIGINT', () => {});
  const { exitCode } = await show({
    name: 'own',
    title: 'Your own inputs',
    shows: where === undefined ? 'Against the real AWS of your environment.' : `Against ${where}.`,
    inputs,
    env: { ...Object.fromEntries(ofAws), AWS_ENDPOINT_URL: where },
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
  if (!(error instanceof BadOptions)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}\n`);
  process.exitCode = 2;
}
