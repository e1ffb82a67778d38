import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Report } from '../../src/reporting/report.ts';
import { parseReport } from './report-schema.ts';
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
  function written(path: string): Report {
    return parseReport(readFileSync(path, 'utf8'));
  }

  test('holds everything, as its schema says, in a folder made for it', async () => {
    const old = aws.kms.createKey();
    createStream(aws, 'kinesis', { name: 'orders', key: old.arn });
    createStream(aws, 'kinesis', { name: 'clicks' });
    const path = join(folder, 'reports', 'of-today', 'streams.json');
    const { outputs, summary } = await run(aws, {
      'stream-kind': 'kinesis',
      'stream-name': 'orders,clicks,none',
      'key-type': 'aws-owned',
      'report-path': path
    });
    const report = written(path);
    expect(report).toMatchObject({
      version: 1,
      outcome: 'failed',
      region: 'us-east-1',
      mode: 'encrypt',
      changed: true
    });
    expect(report.counts).toEqual(JSON.parse(outputs.counts ?? ''));
    expect(report.streams).toMatchObject(JSON.parse(outputs.results ?? ''));
    expect(report.streams[0]?.oldKeyNeededUntil).toMatch(/Z$/);
    expect(summary).toContain('<table>');
  });

  test('tells of bad inputs, too', async () => {
    const path = join(folder, 'streams.json');
    const { exitCode } = await run(aws, { 'stream-kind': 'kinesi', 'report-path': path });
    expect(exitCode).toBe(1);
    expect(written(path)).toMatchObject({ outcome: 'failed', streams: [], request: null });
    expect(written(path).faults).toHaveLength(2);
  });

  test('that cannot be written fails the step, and the outputs tell the truth all the same', async () => {
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
