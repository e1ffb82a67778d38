import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { run } from '../src/main.ts';
import { parseOutputs } from '../testing/outputs-file.ts';
import { withAnyKey } from './support/any-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-main-'));
const outputFile = join(folder, 'output');
const summaryFile = join(folder, 'summary.md');
const reportFile = join(folder, 'reports', 'report.json');
const ORDERS = { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'settle-seconds': '0' };
const PLAN = { ...ORDERS, mode: 'plan' };
const PLAN_TEXT = 'us-east-1 · mode plan · kinesis orders · key: any key';

let aws: LocalAws;
/** What the run wrote to stdout. */
let stdout: string[];

beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 0 });
  aws.kinesis.create({ name: 'orders' });
  stdout = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: summaryFile
  });
  for (const file of [outputFile, summaryFile]) writeFileSync(file, '');
});

afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name];
  rmSync(reportFile, { force: true });
  await aws.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the action in this process and returns its results. Any key is required unless the inputs name the key. */
async function runWith(inputs: Record<string, string>) {
  for (const [name, value] of Object.entries(withAnyKey(inputs))) process.env[`INPUT_${name.toUpperCase()}`] = value;
  await run(new AbortController().signal);
  return {
    outputs: parseOutputs(readFileSync(outputFile, 'utf8')),
    summary: readFileSync(summaryFile, 'utf8'),
    report: existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : null,
    log: stdout.join(''),
    exitCode: process.exitCode
  };
}

test('a run logs the request, encrypts the stream and reports the result, without a report file', async () => {
  const { outputs, summary, log, report, exitCode } = await runWith(ORDERS);
  expect(log.split('\n')[0]).toBe('us-east-1 · mode encrypt · kinesis orders · key: any key');
  expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': 'alias/aws/kinesis' });
  expect(summary).toContain('Stream encryption: enabled');
  expect({ report, exitCode }).toEqual({ report: null, exitCode: 0 });
});

test('a run fails in mode check if the stream does not match', async () => {
  const { outputs, log, exitCode } = await runWith({ ...ORDERS, mode: 'check' });
  expect(outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'false' });
  expect(log).toContain('::error title=kinesis orders::non-compliant: the stream is not encrypted');
  expect(exitCode).toBe(1);
  expect(aws.writes()).toEqual([]);
});

test('a run lists how long to keep each previous key, and warns about one that cannot be used', async () => {
  const usable = aws.kms.createKey();
  const disabled = aws.kms.createKey({ state: 'Disabled' });
  aws.kinesis.create({ name: 'payments', keyId: usable.arn });
  aws.kinesis.create({ name: 'clicks', keyId: disabled.arn });
  const { log } = await runWith({ ...ORDERS, 'stream-name': 'payments,clicks', 'key-type': 'aws-owned' });
  expect(log).toContain(`Keep the previous key ${usable.arn}`);
  expect(log).not.toContain(`Keep the previous key ${disabled.arn}`);
  expect(log).toContain('::warning title=kinesis clicks::records written before the change cannot be read');
});

test('a run reports all input errors in one annotation and in the report, and sends no request', async () => {
  const inputs = { 'stream-kind': 'kinesis', mode: 'nothing', 'report-path': reportFile };
  const { outputs, log, report, exitCode } = await runWith(inputs);
  const errors = [
    'Input stream-name is missing: give names, globs or ARNs, or select by stream-tags',
    'Input mode is "nothing": must be encrypt, plan or check'
  ];
  expect(log).toBe(`::error title=Stream encryption::${errors.join('%0A')}\n`);
  expect(outputs).toMatchObject({ outcome: 'failed', results: '[]' });
  expect(report).toMatchObject({ request: null, outcome: 'failed', errors, streams: [] });
  expect(exitCode).toBe(1);
  expect(aws.requests).toEqual([]);
});

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

test('a run reports an error before the first request, with outputs', async () => {
  process.env.AWS_CA_BUNDLE = join(folder, 'none.pem');
  const { outputs, log, summary, exitCode } = await runWith(PLAN);
  delete process.env.AWS_CA_BUNDLE;
  expect(outputs.outcome).toBe('failed');
  expect(summary).toContain(PLAN_TEXT);
  expect(log).toContain('none.pem');
  expect(exitCode).toBe(1);
});

test('a run writes the report to report-path, in a folder that it creates', async () => {
  const { report, exitCode } = await runWith({ ...PLAN, 'report-path': reportFile });
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({
    request: PLAN_TEXT,
    outcome: 'planned',
    streams: [{ name: 'orders', outcome: 'planned', endedAt: expect.stringMatching(/Z$/) }]
  });
});

test('a run fails if the report cannot be written, but sets the outputs', async () => {
  const { outputs, log, summary, exitCode } = await runWith({ ...PLAN, 'report-path': folder });
  expect(outputs).toMatchObject({ outcome: 'planned', counts: '{"total":1,"planned":1}' });
  expect(log).toContain(`::error title=Stream encryption::The report was not written: report-path is "${folder}": `);
  expect(summary).toContain('The report was not written');
  expect(exitCode).toBe(1);
});

test('a run fails if the outputs cannot be written, but logs the result', async () => {
  const file = join(folder, 'none', 'output');
  process.env.GITHUB_OUTPUT = file;
  const { log, summary, exitCode } = await runWith(PLAN);
  expect(log).toContain('kinesis orders: planned');
  expect(log).toContain(`::error title=Stream encryption::The outputs were not written: GITHUB_OUTPUT is "${file}": `);
  expect(summary).toContain('The outputs were not written: ');
  expect(exitCode).toBe(1);
});

test('a run warns if the summary cannot be written, and succeeds', async () => {
  process.env.GITHUB_STEP_SUMMARY = folder;
  const { log, exitCode } = await runWith(PLAN);
  expect(log).toContain(
    `::warning title=Job summary::The summary was not written: GITHUB_STEP_SUMMARY is "${folder}": `
  );
  expect(exitCode).toBe(0);
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
