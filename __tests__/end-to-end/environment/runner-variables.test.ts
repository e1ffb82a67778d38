/** Walks through every variable of the runner and of Node that the sources read: unset, empty, blank, and with a wrong value. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { createStream, runOn } from '../step.ts';

/** They are reported, or used for the tracking issue only: no value of them may change how a run ends. */
const FACTS = [
  'ACTIONS_ORCHESTRATION_ID',
  'GITHUB_ACTOR',
  'GITHUB_API_URL',
  'GITHUB_EVENT_NAME',
  'GITHUB_EVENT_PATH',
  'GITHUB_JOB',
  'GITHUB_REF',
  'GITHUB_REPOSITORY',
  'GITHUB_RUN_ATTEMPT',
  'GITHUB_RUN_ID',
  'GITHUB_RUN_NUMBER',
  'GITHUB_SERVER_URL',
  'GITHUB_SHA',
  'GITHUB_WORKFLOW',
  'GITHUB_WORKFLOW_REF'
];
/** Files, tested one by one, and tokens, which are only hidden. */
const OTHERS = [
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_OUTPUT',
  'GITHUB_STEP_SUMMARY',
  'NODE_EXTRA_CA_CERTS'
];

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

test('the walk has every variable of the runner and of Node that the sources read', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8'));
  const names = new Set(sources.flatMap((source) => source.match(/\b(?:GITHUB|RUNNER|ACTIONS|NODE)_[A-Z_]+\b/g) ?? []));
  expect([...names].sort()).toEqual([...FACTS, ...OTHERS].sort());
});

describe('the variables of the runner', () => {
  test.each([undefined, ' \n', '::error::no <b>`', '/nowhere/x'])(
    'change nothing about a run if all of them are %j',
    async (value) => {
      createStream(aws, 'kinesis');
      const env = Object.fromEntries(FACTS.map((name) => [name, value]));
      const { outputs, exitCode, stdout, stderr, summary } = await runOn(
        aws,
        'kinesis',
        { 'report-path': 'report.json' },
        { env }
      );
      expect(outputs.outcome).toBe('enabled');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).not.toMatch(/^::(error|warning)/m);
      expect(summary).not.toContain('undefined');
      expect(summary).not.toContain('href="/');
    }
  );

  test('the log is the same with and without step debug logging, except for the lines of debug', async () => {
    const withoutTimes = (stdout: string) =>
      stdout
        .split('\n')
        .filter((line) => !line.startsWith('::debug::'))
        .map((line) => line.replace(/\d+\.\d s/, '… s'));
    createStream(aws, 'kinesis', { key: 'alias/aws/kinesis' });
    const steps = await Promise.all(
      [undefined, '1', 'nonsense'].map((RUNNER_DEBUG) => runOn(aws, 'kinesis', {}, { env: { RUNNER_DEBUG } }))
    );
    for (const { outputs } of steps) expect(outputs.outcome).toBe('unchanged');
    const [without, ...others] = steps.map(({ stdout }) => withoutTimes(stdout));
    expect(others).toEqual([without, without]);
  });

  test('a step without a summary succeeds, with a warning if the file cannot be written', async () => {
    createStream(aws, 'kinesis');
    const [unset, blank, unwritable] = await Promise.all(
      [undefined, ' \n', '/nowhere/file'].map((GITHUB_STEP_SUMMARY) =>
        runOn(aws, 'kinesis', { mode: 'plan' }, { env: { GITHUB_STEP_SUMMARY } })
      )
    );
    for (const step of [unset, blank, unwritable]) {
      expect(step).toMatchObject({ exitCode: 0, outputs: { outcome: 'planned' } });
    }
    expect(`${unset?.stdout}${blank?.stdout}`).not.toContain('::warning');
    expect(unwritable?.stdout).toContain(
      '::warning title=Job summary::The summary was not written: GITHUB_STEP_SUMMARY is "/nowhere/file": ENOENT'
    );
  });

  test('a step without outputs fails, with the reason in log and summary', async () => {
    createStream(aws, 'kinesis');
    const env = { GITHUB_OUTPUT: '/nowhere/outputs', NODE_EXTRA_CA_CERTS: '/nowhere/authority.pem' };
    const { exitCode, stdout, summary } = await runOn(aws, 'kinesis', {}, { env });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      '::error title=Stream encryption::The outputs were not written: GITHUB_OUTPUT is "/nowhere/outputs": ENOENT'
    );
    expect(summary).toContain('The outputs were not written');
    // A run without TLS needs no NODE_EXTRA_CA_CERTS.
    expect(stdout).toContain('kinesis orders: enabled');
  });
});
