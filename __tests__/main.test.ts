import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { Cancelled } from '../src/encryption/ports.ts';
import { run } from '../src/main.ts';
import { parseOutputs } from '../testing/outputs-file.ts';
import { withAnyKey } from './support/any-key.ts';

const ORDERS = { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'settle-seconds': '0' };

let aws: LocalAws;
let folder: string;
/** What the run wrote to stdout. */
let stdout: string[];

beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 0 });
  aws.kinesis.create({ name: 'orders' });
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-main-'));
  stdout = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local'
  });
});

afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name];
  rmSync(folder, { recursive: true });
  await aws.close();
});

/** Runs the action in this process and returns its results. Any key is required unless the inputs name the key. */
async function runWith(
  inputs: Record<string, string>,
  env: Record<string, string> = {},
  signal = new AbortController().signal
) {
  const path = (name: string) => join(folder, name);
  for (const name of ['output', 'summary.md']) writeFileSync(path(name), '');
  for (const [name, value] of Object.entries(withAnyKey({ 'report-path': path('report.json'), ...inputs }))) {
    process.env[`INPUT_${name.toUpperCase()}`] = value;
  }
  Object.assign(process.env, { GITHUB_OUTPUT: path('output'), GITHUB_STEP_SUMMARY: path('summary.md'), ...env });
  await run(signal);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  const report = existsSync(path('report.json')) ? JSON.parse(read('report.json')) : null;
  const written = { outputs: parseOutputs(read('output')), summary: read('summary.md'), report };
  return { ...written, log: stdout.join(''), exitCode: process.exitCode };
}

test.each([
  ['encrypt', 'enabled', 'true', 0, 1],
  ['check', 'non-compliant', 'false', 1, 0]
])(
  'a run in mode %s logs the request and reports the result: %s',
  async (mode, outcome, encrypted, exitCode, writes) => {
    const { log, ...step } = await runWith({ ...ORDERS, mode });
    expect(log.split('\n')[0]).toBe(`us-east-1 · mode ${mode} · kinesis orders · key: any key`);
    expect(step).toMatchObject({
      outputs: { outcome, encrypted },
      summary: expect.stringContaining(`Stream encryption: ${outcome}`),
      report: { request: log.split('\n')[0], outcome, streams: [{ name: 'orders', outcome }] },
      exitCode
    });
    expect(aws.writes()).toHaveLength(writes);
  }
);

test.each([
  ['error', 'failed', '::error title=Stream encryption::No stream matches none-*'],
  ['warn', 'not-applicable', '::warning title=Stream encryption::No stream matches none-*'],
  ['ignore', 'not-applicable', '\nNo stream matches none-*']
])('a run that finds no stream, with if-no-streams-found: %s, is %s', async (action, outcome, line) => {
  const inputs = { ...ORDERS, 'stream-name': 'none-*', 'if-no-streams-found': action };
  const { outputs, log, summary, exitCode } = await runWith(inputs);
  expect(outputs).toMatchObject({ outcome, encrypted: 'unknown', counts: '{"total":0}' });
  expect(log).toContain(line);
  expect(log.includes('::warning')).toBe(action === 'warn');
  expect(summary).toContain('No stream matches');
  expect(exitCode).toBe(outcome === 'failed' ? 1 : 0);
});

test('a run with invalid inputs has one annotation and a report of all errors, and sends no request', async () => {
  const { outputs, log, report, exitCode } = await runWith({ 'stream-kind': 'kinesis', mode: 'nothing' });
  const errors = [
    'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags',
    'Input mode is "nothing": must be encrypt, plan or check'
  ];
  expect(log).toBe(`::error title=Stream encryption::${errors.join('%0A')}\n`);
  expect(outputs).toMatchObject({ outcome: 'failed', results: '[]' });
  expect(report).toMatchObject({ request: null, outcome: 'failed', errors, streams: [] });
  expect([exitCode, aws.requests]).toEqual([1, []]);
});

test.each([
  ['job summary', 0, 'GITHUB_STEP_SUMMARY', {}, '::warning title=Job summary::The summary was not written: '],
  ['outputs', 1, 'GITHUB_OUTPUT', {}, '::error title=Stream encryption::The outputs were not written: '],
  ['report', 1, 'report-path', { 'report-path': tmpdir() }, '::error title=Stream encryption::The report was not']
])(
  'if the %s cannot be written, the run names the path and has exit code %d',
  async (_, code, variable, inputs, text) => {
    const path = 'report-path' in inputs ? tmpdir() : folder;
    const { log, exitCode } = await runWith({ ...ORDERS, mode: 'plan', ...inputs }, { [variable]: path });
    expect(log).toContain(text);
    expect(log).toContain(`${variable} is "${path}": `);
    expect(log).toContain('kinesis orders: planned');
    expect(exitCode).toBe(code);
  }
);

test.each([
  ['timed-out', new AbortController().signal, 'Selecting the streams took longer than timeout-seconds'],
  ['cancelled', AbortSignal.abort(new Cancelled()), 'The run was cancelled before its streams were known']
])('a run that is %s before it knows its streams says that no change was sent', async (outcome, signal, text) => {
  aws.faults.add({ on: 'ListStreams', hang: 'before' });
  const inputs = { ...ORDERS, 'stream-name': 'o*', 'timeout-seconds': '1' };
  const { outputs, log, exitCode } = await runWith(inputs, {}, signal);
  expect(outputs).toMatchObject({ outcome, changed: 'false', results: '[]' });
  expect(log).toContain(`::error title=Stream encryption::${text}`);
  expect(log).toContain('No change was sent');
  expect(exitCode).toBe(1);
});

test('a run that fails before its first request has outputs and a summary', async () => {
  process.env.AWS_CA_BUNDLE = join(folder, 'none.pem');
  const { outputs, log, summary, exitCode } = await runWith({ ...ORDERS, mode: 'plan' });
  delete process.env.AWS_CA_BUNDLE;
  expect(outputs.outcome).toBe('failed');
  expect(summary).toContain('mode plan');
  expect(log).toContain('none.pem');
  expect(exitCode).toBe(1);
});

test('a run fails if the result cannot be reported', async () => {
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    if (String(text).startsWith('Producers need')) throw new Error('no room');
    return stdout.push(String(text)) > 0;
  });
  const { log, exitCode } = await runWith({ ...ORDERS, 'key-id': aws.kms.createKey().arn });
  expect(log).toContain('The result of the run could not be reported: Error: no room');
  expect(exitCode).toBe(1);
});
