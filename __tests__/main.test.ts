import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../local-aws/server.ts';
import { run } from '../src/main.ts';
import { parseOutputs } from '../testing/outputs-file.ts';
import { withAnyKey } from './support/any-key.ts';

let aws: LocalAws;
const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-main-'));
/** What the run wrote to stdout. */
let stdout: string[];

beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 0 });
  stdout = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md')
  });
  writeFileSync(join(folder, 'output'), '');
  writeFileSync(join(folder, 'summary.md'), '');
});

afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name];
  await aws.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the action in this process. Any key is required unless the inputs name the key. */
async function startRun(inputs: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(withAnyKey(inputs))) process.env[`INPUT_${name.toUpperCase()}`] = value;
  await run(new AbortController().signal);
}

/** Runs the action and returns its results. */
async function runWith(inputs: Record<string, string>) {
  await startRun(inputs);
  return {
    outputs: parseOutputs(readFileSync(join(folder, 'output'), 'utf8')),
    summary: readFileSync(join(folder, 'summary.md'), 'utf8'),
    log: stdout.join(''),
    failed: process.exitCode === 1
  };
}

describe('a run', () => {
  test('logs the request, encrypts the stream and reports the result', async () => {
    aws.kinesis.create({ name: 'orders' });
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'settle-seconds': '0' };
    const { outputs, summary, log, failed } = await runWith(inputs);
    expect(log.split('\n')[0]).toBe('us-east-1 · mode encrypt · kinesis orders · key: any key');
    expect(outputs).toMatchObject({ outcome: 'enabled', 'key-id': 'alias/aws/kinesis' });
    expect(summary).toContain('Stream encryption: enabled');
    expect(failed).toBe(false);
  });

  test('fails in mode check if the stream does not match', async () => {
    aws.firehose.create({ name: 'clicks' });
    const inputs = { 'stream-kind': 'firehose', 'stream-name': 'clicks', mode: 'check' };
    const { outputs, log, failed } = await runWith(inputs);
    expect(outputs).toMatchObject({ outcome: 'non-compliant', encrypted: 'false' });
    expect(log).toContain('::error title=firehose clicks::non-compliant: the stream is not encrypted');
    expect(failed).toBe(true);
  });

  test('warns about an unusable key in force', async () => {
    const previousKey = aws.kms.createKey({ state: 'Disabled' });
    aws.kinesis.create({ name: 'orders', keyId: previousKey.arn });
    const stream = { 'stream-kind': 'kinesis', 'stream-name': 'orders', 'settle-seconds': '0' };
    expect((await runWith(stream)).log).toContain(
      `::warning title=kinesis orders::the key ${previousKey.arn} is disabled`
    );
  });

  test('lists how long to keep the previous key, unless it cannot be used: then warns that records cannot be read', async () => {
    const usable = aws.kms.createKey();
    const disabled = aws.kms.createKey({ state: 'Disabled' });
    aws.kinesis.create({ name: 'orders', keyId: usable.arn });
    aws.kinesis.create({ name: 'clicks', keyId: disabled.arn });
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders,clicks', 'key-type': 'aws-owned' };
    const { log } = await runWith({ ...inputs, 'settle-seconds': '0' });
    expect(log).toContain(`Keep the previous key ${usable.arn}`);
    expect(log).not.toContain(`Keep the previous key ${disabled.arn}`);
    expect(log).toContain('::warning title=kinesis clicks::records written before the change cannot be read');
  });

  test('reports all input errors in one annotation and sends no request', async () => {
    const { outputs, log, failed } = await runWith({ 'stream-kind': 'kinesis', mode: 'nothing' });
    expect(log).toBe(
      '::error title=Stream encryption::Input stream-name is missing: give names, globs or ARNs, or select by stream-tags%0AInput mode is "nothing": must be encrypt, plan or check\n'
    );
    expect(outputs).toMatchObject({ outcome: 'failed', results: '[]' });
    expect(failed).toBe(true);
    expect(aws.requests).toHaveLength(0);
  });

  test.each([
    ['error', 'failed', '::error title=Stream encryption::No stream matches none-*'],
    ['warn', 'not-applicable', '::warning title=Stream encryption::No stream matches none-*'],
    ['ignore', 'not-applicable', '\nNo stream matches none-*']
  ])('that finds no stream, with if-no-streams-found: %s, is %s', async (action, outcome, line) => {
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'none-*', 'if-no-streams-found': action };
    const { outputs, log, summary, failed } = await runWith(inputs);
    expect(outputs).toMatchObject({ outcome, encrypted: 'unknown', counts: '{"total":0}' });
    expect(log).toContain(line);
    expect(log.includes('::warning')).toBe(action === 'warn');
    expect(summary).toContain('No stream matches');
    expect(failed).toBe(outcome === 'failed');
  });

  test('reports an error before the first request, with outputs', async () => {
    process.env.AWS_CA_BUNDLE = join(folder, 'none.pem');
    const { outputs, log, summary, failed } = await runWith({ 'stream-kind': 'kinesis', 'stream-name': 'orders' });
    delete process.env.AWS_CA_BUNDLE;
    expect(outputs.outcome).toBe('failed');
    expect(summary).toContain('us-east-1 · mode encrypt · kinesis orders · key: any key');
    expect(log).toContain('none.pem');
    expect(failed).toBe(true);
  });

  test('writes the report only if report-path is set', async () => {
    aws.kinesis.create({ name: 'orders' });
    const stream = { 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'plan' };
    const before = readdirSync(folder);
    await runWith(stream);
    expect(readdirSync(folder)).toEqual(before);
    const path = join(folder, 'reports', 'report.json');
    const { failed } = await runWith({ ...stream, 'report-path': path });
    expect(failed).toBe(false);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      request: 'us-east-1 · mode plan · kinesis orders · key: any key',
      outcome: 'planned',
      streams: [{ name: 'orders', outcome: 'planned', endedAt: expect.stringMatching(/Z$/) }]
    });
  });

  test('writes a report with the input errors', async () => {
    const path = join(folder, 'bad-inputs.json');
    await runWith({ 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'nothing', 'report-path': path });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      request: null,
      outcome: 'failed',
      errors: ['Input mode is "nothing": must be encrypt, plan or check'],
      streams: []
    });
  });

  test('fails if the report cannot be written, but sets the outputs', async () => {
    aws.kinesis.create({ name: 'orders' });
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'plan', 'report-path': folder };
    const { outputs, log, summary, failed } = await runWith(inputs);
    expect(outputs).toMatchObject({ outcome: 'planned', counts: '{"total":1,"planned":1}' });
    expect(log).toContain(`::error title=Stream encryption::The report was not written: report-path is "${folder}": `);
    expect(summary).toContain('The report was not written');
    expect(failed).toBe(true);
  });

  test('warns if the summary cannot be written, and succeeds', async () => {
    aws.kinesis.create({ name: 'orders' });
    rmSync(join(folder, 'summary.md'));
    mkdirSync(join(folder, 'summary.md'));
    await startRun({ 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'plan' });
    rmdirSync(join(folder, 'summary.md'));
    expect(stdout.join('')).toContain('::warning title=Job summary::The summary was not written: ');
    expect(process.exitCode).toBe(0);
  });

  test('fails if the outputs cannot be written, but logs the result', async () => {
    aws.kinesis.create({ name: 'orders' });
    process.env.GITHUB_OUTPUT = join(folder, 'none', 'output');
    const inputs = { 'stream-kind': 'kinesis', 'stream-name': 'orders', mode: 'plan' };
    const { log, summary, failed } = await runWith(inputs);
    expect(log).toContain('kinesis orders: planned');
    expect(log).toContain('::error title=Stream encryption::The outputs were not written: ');
    expect(summary).toContain('The outputs were not written: ');
    expect(failed).toBe(true);
  });

  test('fails if the result cannot be reported', async () => {
    aws.kinesis.create({ name: 'orders' });
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      if (String(text).startsWith('Producers need')) throw new Error('no room');
      return stdout.push(String(text)) > 0;
    });
    const key = aws.kms.createKey().arn;
    await startRun({ 'stream-kind': 'kinesis', 'stream-name': 'orders', 'key-id': key, 'settle-seconds': '0' });
    expect(stdout.join('')).toContain('The result of the run could not be reported: Error: no room');
    expect(process.exitCode).toBe(1);
  });
});
