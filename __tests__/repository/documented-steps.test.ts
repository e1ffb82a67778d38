/** Runs the steps in the YAML blocks of the documentation on the local AWS. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { run } from '../../src/main.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { parseOutputs } from '../../testing/outputs-file.ts';
import { localAwsEnv } from '../../testing/runner.ts';
import { REGION } from '../support/account.ts';
import { type CodeBlock, codeBlocks } from '../support/documents.ts';
import { read } from '../support/inputs.ts';
import { evaluate, lint, PINNED, type Step, type Workflow } from '../support/workflows.ts';
import { runScript } from './run-script.ts';

const THIS_ACTION = 'OWNER/stream-encryption@v1';

/** The keys that the documentation uses. */
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const OLD_KEY_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';

type Values = Readonly<Record<string, string>>;

interface Case {
  /** Streams that exist before, by name: their key as the local AWS names it, and their tags. */
  readonly kinesis?: Readonly<Record<string, Seed>>;
  readonly firehose?: Readonly<Record<string, Seed>>;
  /** The outcomes of the steps with this action. */
  readonly outcomes: readonly string[];
  /** The values of expressions other than outputs. */
  readonly values?: Values;
  /** What the scripts of the other steps and the commands of the section print. */
  readonly prints?: string;
}

interface Seed {
  /** `new` is the key of `alias/streams`. */
  readonly key?: 'old' | 'new' | 'aws';
  readonly tags?: Readonly<Record<string, string>>;
}

const NOT_ENCRYPTED: Seed = {};
const PROD: Seed = { tags: { env: 'prod' } };
const PROD_NEW: Seed = { key: 'new', ...PROD };
const APPLIED = { "inputs.apply && 'encrypt' || 'plan'": 'encrypt', "inputs.apply && '10' || ''": '10' };
const SHOWN = { "inputs.apply && 'encrypt' || 'plan'": 'plan', "inputs.apply && '10' || ''": '' };
/** A manual run, which does not connect to GitHub. */
const MANUAL = { "github.event_name == 'schedule'": 'false', 'github.token': 'ghs_token' };

const ORDERS = { kinesis: { orders: NOT_ENCRYPTED } };
const ORDERS_AND_CLICKS = { ...ORDERS, firehose: { clicks: NOT_ENCRYPTED } };
const PROD_ORDERS = { kinesis: { orders: PROD } };
const USES_OUTPUTS = `enabled, key arn:aws:kms:${REGION}:111122223333:key/${KEY_ID}\n`;
const WARNING = '::warning::Not encrypted as required, {"total":1,"non-compliant":1}\n';
const QUERIED = 'orders\tthe stream is not encrypted: run mode encrypt to encrypt it\n';
const OLD_FLEET = { 'orders-eu': { key: 'old' }, 'orders-us': { key: 'old' } } as const;

/** By document and heading. */
const CASES: Readonly<Record<string, Case>> = {
  'README.md: Stream Encryption': { ...ORDERS_AND_CLICKS, outcomes: ['enabled', 'enabled'] },
  'README.md: One stream': { ...ORDERS, outcomes: ['enabled'] },
  'README.md: Rotate a fleet': { kinesis: OLD_FLEET, values: APPLIED, outcomes: ['rekeyed'] },
  'README.md: Rotate a fleet, shown first': { kinesis: OLD_FLEET, values: SHOWN, outcomes: ['planned'] },
  'README.md: Gate a release': {
    kinesis: { orders: PROD_NEW },
    firehose: { clicks: PROD_NEW },
    outcomes: ['compliant'],
    prints: 'Release here\n'
  },
  'docs/network.md: Other endpoints': { ...ORDERS, outcomes: ['enabled'] },
  'docs/recipes.md: See what would change': { kinesis: { 'orders-eu': NOT_ENCRYPTED }, outcomes: ['planned'] },
  'docs/recipes.md: Change a few streams first': { firehose: { clicks: { key: 'aws' } }, outcomes: ['rekeyed'] },
  'docs/recipes.md: Encrypt what is not encrypted': {
    kinesis: { orders: { tags: { team: 'orders' } } },
    outcomes: ['enabled']
  },
  'docs/recipes.md: Encrypt what is not encrypted, without streams': { ...ORDERS, outcomes: ['not-applicable'] },
  'docs/recipes.md: Move streams off the key of AWS': { kinesis: { orders: { key: 'aws' } }, outcomes: ['rekeyed'] },
  'docs/recipes.md: Go back to the previous key': { kinesis: { orders: { key: 'new' } }, outcomes: ['rekeyed'] },
  'docs/recipes.md: Prove it by a record': { firehose: { clicks: NOT_ENCRYPTED }, outcomes: ['enabled'] },
  'docs/recipes.md: Do not wait': { ...ORDERS, outcomes: ['started', 'compliant'] },
  'docs/recipes.md: Replace an AWS CLI command': { ...ORDERS_AND_CLICKS, outcomes: ['enabled', 'enabled'] },
  'docs/recipes.md: Require any customer managed key': { kinesis: { orders: { key: 'new' } }, outcomes: ['compliant'] },
  'docs/recipes.md: Check several regions': {
    kinesis: { orders: PROD_NEW },
    values: { 'matrix.region': REGION },
    outcomes: ['compliant']
  },
  'docs/recipes.md: Use the outputs in a script': { ...ORDERS, outcomes: ['enabled'], prints: USES_OUTPUTS },
  'docs/recipes.md: Continue if the check fails': { ...PROD_ORDERS, outcomes: ['non-compliant'], prints: WARNING },
  'docs/recipes.md: Keep an issue while a scheduled check fails': {
    ...PROD_ORDERS,
    values: MANUAL,
    outcomes: ['non-compliant']
  },
  'docs/recipes.md: Save the report, and query it': { ...PROD_ORDERS, outcomes: ['non-compliant'], prints: QUERIED }
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

function evaluateAll(texts: Readonly<Record<string, unknown>>, values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluate(text, values).trim()]));
}

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-documents-'));
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  rmSync(scratch, { recursive: true });
});

/** Runs the action with these inputs in this process, without the `env` of the step, and returns its outputs. */
async function runAction(inputs: Values, aws: LocalAws): Promise<Record<string, string>> {
  const files = { GITHUB_OUTPUT: join(scratch, 'output'), GITHUB_STEP_SUMMARY: join(scratch, 'summary.md') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const { defaults } = readActionFile();
  expect(Object.keys(defaults)).toEqual(expect.arrayContaining(Object.keys(inputs)));
  const report = inputs['report-path'] && { 'report-path': join(scratch, inputs['report-path']) };
  for (const [name, value] of Object.entries({ ...defaults, 'settle-seconds': '0', ...inputs, ...report })) {
    process.env[`INPUT_${name.toUpperCase()}`] = value;
  }
  Object.assign(process.env, localAwsEnv(aws.endpoint), { AWS_REGION: REGION }, files);
  await run(new AbortController().signal);
  return parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8'));
}

/** Runs the steps of a block in order, as the runner does. Returns the outcomes, and what the scripts print. */
async function runSteps(block: CodeBlock, aws: LocalAws, values: Values = {}) {
  const known: Record<string, string> = { ...values };
  const outcomes: string[] = [];
  let printed = '';
  for (const step of stepsOf(block)) {
    if (step.uses === THIS_ACTION) {
      const outputs = await runAction(evaluateAll(step.with ?? {}, known), aws);
      outcomes.push(outputs.outcome ?? '');
      for (const [name, value] of Object.entries(outputs)) known[`steps.${step.id}.outputs.${name}`] = value;
    } else if (step.run !== undefined && isTrue(step.if, known)) {
      printed += printedBy(step, evaluateAll(step.env ?? {}, known));
    }
  }
  return { outcomes, printed };
}

/** Evaluates the condition of a step: `always()`, or that an output has a value. */
function isTrue(condition: string | undefined, values: Values): boolean {
  if (condition === undefined || condition === 'always()') return true;
  const [, output = '', value] = /^([\w.-]+) == '([^']*)'$/.exec(condition) ?? [];
  if (value === undefined) throw new Error(`The test does not know the condition ${condition}`);
  return values[output] === value;
}

/** Returns what the script of a step prints. */
function printedBy(step: Step, env: Values = {}): string {
  const { stdout, stderr } = runScript(step, scratch, env);
  expect(stderr).toBe('');
  return stdout;
}

test('every block has a case', () => {
  const withCase = new Set(Object.keys(CASES).map((name) => blockOf(name)));
  expect([...BLOCKS].filter(([, block]) => !withCase.has(block)).map(([name]) => name)).toEqual([]);
});

test.each([...BLOCKS])(
  '%s: passes actionlint, pins other actions, and sets key-type beside key-id',
  async (name, block) => {
    expect(await lint(toWorkflow(block), name)).toEqual([]);
    const uses = block.code.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.filter((line) => !line.endsWith(THIS_ACTION) && !PINNED.test(line))).toEqual([]);
    for (const { with: given = {} } of stepsOf(block)) {
      if ('key-id' in given) expect(given['key-type']).toBe('customer-managed');
    }
  }
);

test.each(codeBlocks('docs/fleets.md', 'yaml'))('docs/fleets.md: $heading: the inputs are valid', async ({ code }) => {
  const values = { 'vars.STREAMS_KEY': 'alias/streams', 'vars.STREAMS_OLD_KEY': OLD_KEY_ID };
  expect(await read(evaluateAll(parse(code), values))).toMatchObject({ region: REGION });
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
/** The scripts need bash. */
const describeOnUnix = process.platform === 'win32' ? describe.skip : describe;

describeOnUnix('on the local AWS', () => {
  test.each(Object.entries(CASES))(
    '%s',
    async (name, { kinesis = {}, firehose = {}, outcomes, values, prints = '' }) => {
      await using aws = await startLocalAws({ region: REGION, changeMs: 20, encryptionLagMs: 20 });
      const newKey = aws.kms.createKey({ id: KEY_ID });
      aws.kms.createAlias('alias/streams', newKey);
      const keys = { new: newKey.arn, old: aws.kms.createKey({ id: OLD_KEY_ID }).arn };
      for (const [stream, { key, ...more }] of Object.entries(kinesis)) {
        const keyId = key === 'aws' ? 'alias/aws/kinesis' : key && keys[key];
        aws.kinesis.create({ name: stream, ...(keyId && { keyId }), ...more });
      }
      for (const [stream, { key, ...more }] of Object.entries(firehose)) {
        aws.firehose.create({ name: stream, ...(key && { key: key === 'aws' ? 'aws-owned' : keys[key] }), ...more });
      }
      const block = blockOf(name);
      const result = await runSteps(block, aws, values);
      const commands = codeBlocks(name.split(':', 1).join(''), 'sh').filter(
        ({ heading, code }) => heading === block.heading && code.startsWith('jq ')
      );
      if (hasJq) for (const { code } of commands) result.printed += printedBy({ run: code });
      expect(result).toEqual({ outcomes, printed: hasJq || commands.length === 0 ? prints : '' });
    }
  );
});
