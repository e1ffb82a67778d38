/** Runs the steps in the YAML blocks of the documentation on the local AWS. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readServeOptions } from '../../local-aws/serve-options.ts';
import { startLocalAws } from '../../local-aws/server.ts';
import { localAwsEnv, runAction } from '../../testing/runner.ts';
import { createStream, KINDS } from '../end-to-end/step.ts';
import { REGION } from '../support/account.ts';
import { codeBlocks } from '../support/documents.ts';
import { read } from '../support/inputs.ts';
import {
  type Contexts,
  evaluate,
  evaluateAll,
  lint,
  runScript,
  type Step,
  stepsIn,
  THIS_ACTION,
  unpinned
} from '../support/workflows.ts';

/** The keys that the documentation uses. */
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const OLD_KEY_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';

const ORDERS = '--kinesis orders';
const ORDERS_AND_CLICKS = '--kinesis orders --firehose clicks';
const FLEET = '--kinesis orders-eu,key=alias/old --kinesis orders-us,key=alias/old';
const ON_NEW_KEY = '--kinesis orders,key=alias/streams,tag:env=prod';
const NOT_ENCRYPTED = '--kinesis orders,tag:env=prod';
const MANUAL = { github: { event_name: 'workflow_dispatch', token: 'ghs_token' } };
const KEY = `enabled, key arn:aws:kms:${REGION}:111122223333:key/${KEY_ID}\n`;
const WARNING = '::warning::Not encrypted as required, {"total":1,"non-compliant":1}\n';
const QUERIED = 'orders\tthe stream is not encrypted: run mode encrypt to encrypt it\n';

/** The block by document and heading, the streams before, and the outcomes of its steps and what its scripts print. */
const CASES: readonly (readonly [block: string, streams: string, seen: readonly string[], contexts?: Contexts])[] = [
  ['README.md: Stream Encryption', ORDERS_AND_CLICKS, ['enabled', 'enabled']],
  ['README.md: One stream', ORDERS, ['enabled']],
  ['README.md: Rotate a fleet', FLEET, ['planned'], { inputs: { apply: false } }],
  ['README.md: Rotate a fleet', FLEET, ['rekeyed'], { inputs: { apply: true } }],
  ['README.md: Gate a release', ON_NEW_KEY, ['compliant', 'Release here\n']],
  ['docs/network.md: Other endpoints', ORDERS, ['enabled']],
  ['docs/recipes.md: See what would change', '--kinesis orders-eu', ['planned']],
  ['docs/recipes.md: Change a few streams first', '--firehose clicks,key=aws-owned', ['rekeyed']],
  ['docs/recipes.md: Encrypt what is not encrypted', '--kinesis orders,tag:team=orders', ['enabled']],
  ['docs/recipes.md: Encrypt what is not encrypted', ORDERS, ['not-applicable']],
  ['docs/recipes.md: Move streams off the key of AWS', '--kinesis orders,key=aws-owned', ['rekeyed']],
  ['docs/recipes.md: Go back to the previous key', ON_NEW_KEY, ['rekeyed']],
  ['docs/recipes.md: Prove it by a record', '--firehose clicks', ['enabled']],
  ['docs/recipes.md: Do not wait', ORDERS, ['started', 'compliant']],
  ['docs/recipes.md: Replace an AWS CLI command', ORDERS_AND_CLICKS, ['enabled', 'enabled']],
  ['docs/recipes.md: Require any customer managed key', ON_NEW_KEY, ['compliant']],
  ['docs/recipes.md: Check several regions', ON_NEW_KEY, ['compliant'], { matrix: { region: REGION } }],
  ['docs/recipes.md: Use the outputs in a script', ORDERS, ['enabled', KEY]],
  ['docs/recipes.md: Continue if the check fails', NOT_ENCRYPTED, ['non-compliant', WARNING]],
  ['docs/recipes.md: Keep an issue while a scheduled check fails', NOT_ENCRYPTED, ['non-compliant'], MANUAL],
  ['docs/recipes.md: Save the report, and query it', NOT_ENCRYPTED, ['non-compliant', QUERIED, '']]
];

const DOCUMENTS = ['README.md', 'docs/recipes.md', 'docs/network.md', 'docs/behaviour.md', 'docs/permissions.md'];

/** The blocks as workflows, by document and heading. */
const BLOCKS: ReadonlyMap<string, string> = new Map(
  DOCUMENTS.flatMap((file) =>
    codeBlocks(file, 'yaml').map(({ heading, code }) => [`${file}: ${heading}`, toWorkflow(code)])
  )
);

function toWorkflow(code: string): string {
  if (!code.startsWith('- ')) return code;
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${code.replaceAll(/^(?=.)/gm, '      ')}`;
}

test('every block has a case', () => {
  expect(new Set(CASES.map(([block]) => block))).toEqual(new Set(BLOCKS.keys()));
});

test.each([...BLOCKS])('%s: passes actionlint, and pins other actions', async (name, workflow) => {
  expect(await lint(workflow, name)).toEqual([]);
  expect(unpinned(workflow)).toEqual([]);
});

test.each(codeBlocks('docs/fleets.md', 'yaml'))('docs/fleets.md: $heading: the inputs are valid', async ({ code }) => {
  const vars = { STREAMS_KEY: 'alias/streams', STREAMS_OLD_KEY: OLD_KEY_ID };
  expect(await read(evaluateAll(parse(code), { vars }))).toMatchObject({ region: REGION });
});

const scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-documents-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The scripts need bash and jq. */
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;

(canRun ? test.each(CASES) : test.skip.each(CASES))(
  '%s: its steps, with the streams "%s", end and print %j',
  async (name, streams, seen, given = {}) => {
    await using aws = await startLocalAws({ region: REGION, changeMs: 20, encryptionLagMs: 20 });
    aws.kms.createAlias('alias/streams', aws.kms.createKey({ id: KEY_ID }));
    aws.kms.createAlias('alias/old', aws.kms.createKey({ id: OLD_KEY_ID }));
    const options = readServeOptions(`--key alias/old --key alias/streams ${streams}`.split(' '));
    for (const kind of KINDS) {
      for (const { name: stream, key, tags } of options[kind]) {
        const awsKey = kind === 'kinesis' ? 'alias/aws/kinesis' : key;
        const arn = key?.startsWith('alias/') ? aws.kms.find(key).arn : key && awsKey;
        createStream(aws, kind, { name: stream, key: arn ?? undefined, tags });
      }
    }

    const steps: Record<string, object> = {};
    const contexts = { ...given, steps };
    const observed: (string | undefined)[] = [];
    const env = { ...localAwsEnv(aws.endpoint), AWS_REGION: REGION };
    const runStep = async (step: Step) => {
      if (step.uses === THIS_ACTION) {
        const inputs = evaluateAll(step.with ?? {}, contexts);
        const report = inputs['report-path'] && { 'report-path': join(scratch, inputs['report-path']) };
        const { outputs } = await runAction({ inputs: { 'settle-seconds': '0', ...inputs, ...report }, env });
        steps[step.id ?? ''] = { outputs };
        observed.push(outputs.outcome);
      } else if (step.run !== undefined) {
        const { stdout, stderr } = runScript(step, scratch, evaluateAll(step.env ?? {}, contexts));
        expect(stderr).toBe('');
        observed.push(stdout);
      }
    };
    for (const step of stepsIn(parse(BLOCKS.get(name) ?? ''))) {
      const condition = step.if === undefined || step.if === 'always()' ? 'true' : step.if;
      if (evaluate(`\${{ ${condition} }}`, contexts) === 'true') await runStep(step);
    }
    for (const { heading, code } of codeBlocks(name.split(':', 1).join(''), 'sh')) {
      if (name.endsWith(`: ${heading}`) && code.startsWith('jq ')) await runStep({ run: code });
    }
    expect(observed).toEqual(seen);
  }
);

(canRun ? test : test.skip)(
  'docs/recipes.md: the query of previous keys prints each key, and until when to keep it',
  async () => {
    await using aws = await startLocalAws({ region: REGION, changeMs: 20 });
    const [oldKey, newKey] = [OLD_KEY_ID, KEY_ID].map((id) => aws.kms.createKey({ id }).arn);
    createStream(aws, 'kinesis', { name: 'orders', key: oldKey });
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'key-id': newKey ?? '', 'settle-seconds': '0' };
    const env = { ...localAwsEnv(aws.endpoint), AWS_REGION: REGION };
    await runAction({ inputs: { ...inputs, 'report-path': join(scratch, 'report.json') }, env });
    const query = codeBlocks('docs/recipes.md', 'sh').find(({ code }) => code.includes('previousKeyNeededUntil'));
    const { stdout } = runScript({ run: query?.code ?? '' }, scratch);
    expect(stdout).toMatch(/^arn:aws:kms:\S+\t\d{4}-\d\d-\d\dT\S+Z\n$/);
    expect(stdout).toContain(oldKey);
  }
);
