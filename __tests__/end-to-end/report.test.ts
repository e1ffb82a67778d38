import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { Report } from '../../src/reporting/report.ts';
import type { Step } from '../../testing/runner.ts';
import { parseReport } from './report-schema.ts';
import { CHANGING_STATUS, createStream, FOREVER, KINDS, runOn } from './step.ts';

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

/** What every report has. */
const HEADER = {
  version: 2,
  actionVersion: JSON.parse(readFileSync('package.json', 'utf8')).version,
  run: {
    server: 'https://github.com',
    repository: 'octo-org/streams',
    workflow: 'Encrypt streams',
    job: 'encrypt',
    id: 1_658_821_493,
    attempt: 1,
    url: 'https://github.com/octo-org/streams/actions/runs/1658821493',
    event: 'workflow_dispatch',
    ref: 'refs/heads/main',
    commit: 'ffac537e6cbbf934b08745a378932722df287a53',
    actor: 'octocat'
  },
  account: '111122223333',
  region: 'us-east-1',
  errors: [],
  noStreams: null
};

test.each(KINDS)('%s: the report is evidence by itself: the criteria, the account, the keys, and why', async (kind) => {
  const [previous, target] = [aws.kms.createKey(), aws.kms.createKey()];
  aws.kms.createAlias('alias/previous', previous);
  aws.kms.createAlias('alias/target', target);
  createStream(aws, kind, { key: previous.arn });
  createStream(aws, kind, { name: 'cancelled', key: previous.arn, changeMs: FOREVER });

  /** The report of a run. Throws if it does not match its schema, and expects that the streams were observed during the run. */
  async function reportOf(inputs: Step['inputs'], more: Omit<Step, 'inputs'> = {}): Promise<Report> {
    const path = join(mkdtempSync(join(folder, 'run-')), 'new', 'report.json');
    await runOn(aws, kind, { ...inputs, 'report-path': path }, more);
    const report = parseReport(readFileSync(path, 'utf8'));
    const times = [report.startedAt, ...report.streams.map(({ lastObservedAt }) => lastObservedAt), report.endedAt];
    expect(times.toSorted()).toEqual(times);
    return report;
  }

  const [plan, check, cancelled] = await Promise.all([
    reportOf({ mode: 'plan', 'key-type': 'aws-owned' }),
    reportOf({ mode: 'check', 'approved-key-ids': `alias/target,${target.arn}` }),
    reportOf({ 'stream-name': 'cancelled', 'key-id': target.arn }, { cancelWhen: CHANGING_STATUS[kind] })
  ]);
  const encrypt = await reportOf({
    mode: 'encrypt',
    'key-id': 'alias/target',
    'from-key-id': 'alias/previous'
  });
  const byAlias = { given: 'alias/target', arn: target.arn };
  const byArn = { given: target.arn, arn: target.arn };
  expect(plan).toMatchObject({
    ...HEADER,
    mode: 'plan',
    criteria: { keyType: 'aws-owned', keys: [], fromKeys: null },
    streams: [{ outcome: 'planned', changed: false, targetKeyType: 'aws-owned', reason: plan.streams[0]?.message }]
  });
  expect(check).toMatchObject({
    ...HEADER,
    mode: 'check',
    criteria: { keyType: null, keys: [byAlias, byArn], fromKeys: null },
    streams: [{ outcome: 'non-compliant', keyArn: previous.arn, reason: check.streams[0]?.message }]
  });
  expect(cancelled).toMatchObject({
    ...HEADER,
    criteria: { keys: [byArn] },
    outcome: 'cancelled',
    streams: [{ outcome: 'cancelled', changed: true, targetKeyId: target.arn }]
  });
  expect(encrypt).toMatchObject({
    ...HEADER,
    mode: 'encrypt',
    criteria: { keyType: null, keys: [byAlias], fromKeys: [{ given: 'alias/previous', arn: previous.arn }] },
    outcome: 'rekeyed',
    streams: [
      {
        outcome: 'rekeyed',
        keyArn: target.arn,
        previousKeyId: previous.arn,
        previousKeyNeededUntil: expect.stringMatching(/Z$/),
        targetKeyId: target.arn,
        reason: `was encrypted with ${previous.arn}, but the request requires encryption with alias/target`
      }
    ]
  });
});
