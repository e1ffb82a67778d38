/** `npm run step`: runs the committed bundle once, with inputs of your own, as the GitHub runner does. */

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readActionFile } from '../testing/action-file.ts';
import { localAwsEnv } from '../testing/runner.ts';
import { print, show } from './show.ts';

/** Where `npm run local-aws` listens. */
const LOCAL_AWS = 'http://127.0.0.1:4599';

const HELP = `Runs dist/index.js once as the GitHub runner does, and shows its log, its outputs and where its summary is.

  npm run step -- --INPUT VALUE …   each input of action.yml is an option: --stream-kind kinesis --stream-name "orders-*".
                                    Without --region, the region is us-east-1, as that of npm run local-aws

  --endpoint URL                    the local AWS to use (default: AWS_ENDPOINT_URL, or ${LOCAL_AWS},
                                    where npm run local-aws listens)
  --real-aws                        use the real AWS, with the credentials and the region of your environment. In mode
                                    encrypt, which is the default, this changes the streams that you select
  --debug                           enable step debug logging: a line per request
  --help                            show this text

Exit code: that of the step; 2 if an option is invalid.`;

class InvalidOptions extends Error {}

async function main(): Promise<number> {
  const { inputs, endpoint, realAws, debug, help } = readOptions();
  if (help) {
    print(HELP);
    return 0;
  }
  if (!realAws) await requireServer(endpoint);
  // The terminal sends Ctrl-C to the step too. This process keeps running until the step has reported its result.
  process.on('SIGINT', () => {});
  const { exitCode } = await show({
    name: 'step',
    title: 'One step',
    description: realAws ? 'Uses the real AWS, as configured in your environment.' : `Uses ${endpoint}.`,
    inputs,
    env: realAws ? awsVariables() : localAwsEnv(endpoint),
    limitMs: 0,
    debug
  });
  return exitCode ?? 1;
}

function readOptions() {
  const names = Object.keys(readActionFile().defaults);
  const values = parse(names);
  const inputs = names.flatMap((name) => {
    const value = values[name];
    if (typeof value !== 'string') return [];
    // The step runs in a folder of its own, which is removed.
    return [[name, name === 'report-path' && value !== '' ? resolve(value) : value] as const];
  });
  const { endpoint, 'real-aws': realAws, debug, help } = values;
  if (endpoint !== undefined && realAws === true) {
    throw new InvalidOptions('--endpoint and --real-aws exclude each other');
  }
  return {
    inputs: Object.fromEntries(inputs),
    endpoint: typeof endpoint === 'string' ? endpoint : (process.env.AWS_ENDPOINT_URL ?? LOCAL_AWS),
    realAws: realAws === true,
    debug: debug === true,
    help: help === true
  };
}

function parse(inputs: readonly string[]): Readonly<Record<string, unknown>> {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = { ...Object.fromEntries(inputs.map((name) => [name, text])), endpoint: text };
  try {
    return parseArgs({ options: { ...options, 'real-aws': flag, debug: flag, help: flag } }).values;
  } catch (error) {
    throw new InvalidOptions(error instanceof Error ? error.message : String(error));
  }
}

/** Without this, the step would try to connect for half a minute. */
async function requireServer(endpoint: string): Promise<void> {
  await fetch(endpoint).catch(() => {
    throw new InvalidOptions(`Nothing answers at ${endpoint}. Start the local AWS first: npm run local-aws -- --help`);
  });
}

/** The variables of the environment that concern AWS. */
function awsVariables(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) =>
    /^(AWS_.*|https?_proxy|no_proxy|home|userprofile)$/i.test(name)
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof InvalidOptions)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}\n`);
  process.exitCode = 2;
}
