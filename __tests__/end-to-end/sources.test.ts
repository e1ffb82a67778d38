/** Delivery streams that read from a source, and are judged by it. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import type { StepResult } from '../../testing/runner.ts';
import { ALWAYS, FOREVER, run, runOn } from './step.ts';

const FEED = 'arn:aws:kinesis:us-east-1:111122223333:stream/feed';
const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/00000000-0000-4000-8000-000000000009-1';

let aws: LocalAws;
let key: KmsKey;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
  key = aws.kms.createKey();
});
afterEach(() => aws.close());

function feed(keyId?: string): void {
  aws.kinesis.create({ name: 'feed', ...(keyId !== undefined && { keyId }) });
}

function describes(): number {
  return aws.requests.filter(({ operation }) => operation === 'DescribeStreamSummary').length;
}

function messageOf({ outputs }: StepResult): string {
  return JSON.parse(outputs.results ?? '[]')[0].message;
}

describe('a delivery stream that reads from a data stream', () => {
  beforeEach(() => {
    aws.firehose.create({ name: 'orders', source: { dataStreamArn: FEED } });
  });

  test('compliant: the data stream is encrypted with the key required', async () => {
    feed(key.arn);
    const { outputs, exitCode } = await runOn(aws, 'firehose', { mode: 'check', 'key-id': key.arn });
    expect(outputs).toMatchObject({
      outcome: 'compliant',
      encrypted: 'true',
      status: 'DISABLED',
      'key-type': 'customer-managed',
      'key-id': key.arn,
      'stream-arn': 'arn:aws:firehose:us-east-1:111122223333:deliverystream/orders'
    });
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ source: FEED, keyId: key.arn }]);
    expect(exitCode).toBe(0);
  });

  test.each([
    ['not encrypted', undefined, 'false'],
    ['on another key', 'alias/aws/kinesis', 'true']
  ])('non-compliant: the data stream is %s', async (_, keyId, encrypted) => {
    feed(keyId);
    const step = await runOn(aws, 'firehose', { mode: 'check', 'key-type': 'customer-managed' });
    expect(step.outputs).toMatchObject({ outcome: 'non-compliant', encrypted });
    expect(messageOf(step)).toContain(FEED);
    expect(step.exitCode).toBe(1);
  });

  test.each([
    ['encrypt', 'unchanged'],
    ['plan', 'unchanged']
  ])('in mode %s is %s if the data stream matches', async (mode, outcome) => {
    feed(key.arn);
    const { outputs, exitCode } = await runOn(aws, 'firehose', { mode, 'key-id': key.arn });
    expect(outputs).toMatchObject({ outcome, encrypted: 'true', changed: 'false', 'key-id': key.arn });
    expect(exitCode).toBe(0);
  });

  test.each(['encrypt', 'plan'])(
    'in mode %s is not-applicable if the data stream does not match, and nothing is written',
    async (mode) => {
      feed();
      const named = await runOn(aws, 'firehose', { mode, 'key-id': key.arn });
      expect(named.outputs).toMatchObject({ outcome: 'not-applicable', encrypted: 'false', changed: 'false' });
      expect(messageOf(named)).toMatch(new RegExp(`${FEED}.* not encrypted.* encrypt the source itself`));
      expect(named.exitCode).toBe(1);
      const byGlob = await runOn(aws, 'firehose', { mode, 'stream-name': 'ord*', 'key-id': key.arn });
      expect([byGlob.outputs.outcome, byGlob.exitCode]).toEqual(['not-applicable', 0]);
      expect(byGlob.stdout).toContain('::warning');
      expect(aws.requests.filter(({ operation }) => operation.startsWith('Start'))).toEqual([]);
    }
  );

  test.each([
    ['check', 'failed'],
    ['encrypt', 'not-applicable'],
    ['plan', 'not-applicable']
  ])('in mode %s is %s if the role may not see the data stream, and names the permission', async (mode, outcome) => {
    feed(key.arn);
    const message = `User: ci is not authorized to perform: kinesis:DescribeStreamSummary on resource: ${FEED} because no identity-based policy allows the action`;
    aws.faults.add({ on: 'DescribeStreamSummary', times: ALWAYS, error: { code: 'AccessDeniedException', message } });
    const step = await runOn(aws, 'firehose', { mode, 'key-id': key.arn });
    expect(step.outputs).toMatchObject({ outcome, encrypted: 'unknown', 'key-id': '' });
    expect(messageOf(step)).toContain(`Grant kinesis:DescribeStreamSummary on ${FEED}`);
    expect(step.exitCode).toBe(1);
  });

  test('failed: the data stream does not exist', async () => {
    const step = await runOn(aws, 'firehose', { mode: 'check', 'stream-name': 'ord*', 'key-type': 'any' });
    expect(step.outputs).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
    expect(messageOf(step)).toContain(FEED);
  });

  test('waits for a change of the data stream to end', async () => {
    aws.kinesis.create({ name: 'feed', changing: { keyId: key.arn, ms: 500 } });
    const { outputs } = await runOn(aws, 'firehose', { mode: 'check', 'key-id': key.arn });
    expect(outputs).toMatchObject({ outcome: 'compliant', encrypted: 'true' });
  });

  test('timed-out: the change of the data stream does not end', async () => {
    aws.kinesis.create({ name: 'feed', changing: { keyId: key.arn, ms: FOREVER } });
    const step = await runOn(aws, 'firehose', { mode: 'check', 'key-id': key.arn, 'timeout-seconds': '1' });
    expect(step.outputs).toMatchObject({ outcome: 'timed-out', encrypted: 'false' });
    expect(messageOf(step)).toContain(`The last status of the source ${FEED} was UPDATING`);
  });
});

test('a data stream is described once, however many delivery streams read from it', async () => {
  feed(key.arn);
  for (const name of ['a', 'b', 'c']) aws.firehose.create({ name, source: { dataStreamArn: FEED } });
  const { outputs } = await run(aws, {
    'stream-kind': 'firehose',
    'stream-name': '*',
    mode: 'check',
    'key-id': key.arn
  });
  expect(outputs.counts).toBe('{"total":3,"compliant":3}');
  expect(describes()).toBe(1);
  expect(aws.requests.filter(({ operation }) => operation === 'DescribeKey')).toHaveLength(1);
});

test('no delivery stream fails because the shared look at their data stream was throttled, reset or garbled', async () => {
  feed(key.arn);
  const onLook = { on: 'DescribeStreamSummary', times: 2 } as const;
  aws.faults.add({ ...onLook, error: { code: 'LimitExceededException', message: 'Rate exceeded for account.' } });
  aws.faults.add({ ...onLook, lost: 'before' });
  aws.faults.add({ ...onLook, body: '<html>Bad Gateway</html>', status: 502 });
  for (const name of ['a', 'b', 'c']) aws.firehose.create({ name, source: { dataStreamArn: FEED } });
  const inputs = { 'stream-kind': 'firehose', 'stream-name': '*', mode: 'check', 'key-id': key.arn };
  const { outputs } = await run(aws, inputs, { env: { AWS_MAX_ATTEMPTS: '1' } });
  expect(outputs.counts).toBe('{"total":3,"compliant":3}');
});

test.each([
  ['check', 'any', 'compliant', 'true'],
  ['encrypt', 'any', 'unchanged', 'true'],
  ['plan', 'any', 'unchanged', 'true'],
  ['check', 'aws-owned', 'not-applicable', 'unknown'],
  ['encrypt', 'aws-owned', 'not-applicable', 'unknown'],
  ['plan', 'aws-owned', 'not-applicable', 'unknown']
])(
  'in mode %s with key-type %s, a delivery stream that reads from MSK is %s',
  async (mode, keyType, outcome, encrypted) => {
    aws.firehose.create({ name: 'orders', source: { mskClusterArn: CLUSTER } });
    const step = await runOn(aws, 'firehose', { mode, 'key-type': keyType });
    expect(step.outputs).toMatchObject({ outcome, encrypted, changed: 'false' });
    expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([{ source: CLUSTER }]);
    expect(messageOf(step)).toContain(CLUSTER);
  }
);

test.each(['check', 'encrypt'])(
  'in mode %s a delivery stream that reads from a database is not-applicable, and its host is named',
  async (mode) => {
    aws.firehose.create({ name: 'orders', source: { databaseEndpoint: 'db.example.com' } });
    const step = await runOn(aws, 'firehose', { mode, 'key-type': 'any' });
    expect(step.outputs).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown' });
    expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([{ source: null }]);
    expect(messageOf(step)).toContain('db.example.com (DatabaseAsSource)');
    expect(step.exitCode).toBe(1);
  }
);
