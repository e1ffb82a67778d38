import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { parseReport, type Report } from './report-schema.ts';
import { createStream, run } from './step.ts';

jest.setTimeout(30_000);

let aws: LocalAws;
let folder: string;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-report-'));
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

describe('the report', () => {
  function readReport(path: string): Report {
    return parseReport(readFileSync(path, 'utf8'));
  }

  test('matches its schema and the outputs, and its folder is created', async () => {
    const previousKey = aws.kms.createKey();
    createStream(aws, 'kinesis', { name: 'orders', key: previousKey.arn });
    createStream(aws, 'kinesis', { name: 'clicks' });
    const path = join(folder, 'reports', 'today', 'streams.json');
    const { outputs, summary } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders,clicks,none',
      'key-type': 'aws-owned',
      'report-path': path
    });
    const report = readReport(path);
    expect(report).toMatchObject({
      version: 1,
      outcome: 'failed',
      region: 'us-east-1',
      mode: 'encrypt',
      changed: true
    });
    expect(report.counts).toEqual(JSON.parse(outputs.counts ?? ''));
    expect(report.streams).toMatchObject(JSON.parse(outputs.results ?? ''));
    expect(report.streams[0]?.previousKeyNeededUntil).toMatch(/Z$/);
    expect(summary).toContain('<table>');
  });

  test('contains input errors', async () => {
    const path = join(folder, 'streams.json');
    const { exitCode } = await run(aws, { 'stream-kind': 'kinesi', 'report-path': path });
    expect(exitCode).toBe(1);
    expect(readReport(path)).toMatchObject({ outcome: 'failed', streams: [], request: null });
    expect(readReport(path).faults).toHaveLength(2);
  });

  test('that cannot be written fails the step, but the outputs keep the result', async () => {
    createStream(aws, 'kinesis', { name: 'orders' });
    const { outputs, stdout, exitCode } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders',
      'report-path': folder
    });
    expect(outputs.outcome).toBe('enabled');
    expect(stdout).toContain(`The report was not written: report-path is "${folder}"`);
    expect(exitCode).toBe(1);
  });
});
