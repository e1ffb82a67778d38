/** Answers that are about another account, too large, or refused: what the step makes of them. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, LIST, run, runOn } from './step.ts';

const OTHER_ACCOUNT = '444455556666';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const MIB = 2 ** 20;

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe.each(KINDS)('the bundle, for %s', (kind) => {
  const resource = { kinesis: 'stream', firehose: 'deliverystream' }[kind];

  test('does not change a stream that has only the name of the tagged one, in another account', async () => {
    createStream(aws, kind);
    const tagged = `arn:aws:${kind}:us-east-1:${OTHER_ACCOUNT}:${resource}/orders`;
    aws.faults.add({
      on: 'GetResources',
      times: ALWAYS,
      falsify: () => ({ ResourceTagMappingList: [{ ResourceARN: tagged }], PaginationToken: '' })
    });
    const { outputs } = await run(aws, { 'stream-kind': kind, 'stream-tags': 'env=prod', 'key-type': 'any' });
    // Kinesis is asked for the ARN, which does not exist here. Firehose is asked for the name.
    const outcome = { kinesis: 'not-applicable', firehose: 'failed' }[kind];
    expect(outputs).toMatchObject({ outcome, changed: 'false', encrypted: 'unknown' });
    expect(outputs.results).toContain(OTHER_ACCOUNT);
    expect(aws.writes()).toEqual([]);
  });

  test('finds a stream on a page of 200,000 names', async () => {
    createStream(aws, kind);
    const names = Array.from({ length: 200_000 }, (_, index) => `clicks-${index}`);
    const [list, hasMore] = {
      kinesis: ['StreamNames', 'HasMoreStreams'],
      firehose: ['DeliveryStreamNames', 'HasMoreDeliveryStreams']
    }[kind];
    aws.faults.add({ on: LIST[kind], falsify: () => ({ [`${list}`]: [...names, 'orders'], [`${hasMore}`]: false }) });
    const { outputs } = await runOn(aws, kind, { 'stream-name': 'orders*', 'key-type': 'any' });
    expect(outputs).toMatchObject({ outcome: 'enabled', counts: '{"total":1,"enabled":1}' });
  });

  test('takes no answer larger than 32 MiB', async () => {
    createStream(aws, kind);
    const message = 'the answer is larger than 32 MiB';
    aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, status: 200, body: ' '.repeat(33 * MIB) });
    // The step would retry until its timeout.
    const more = { cancelWhen: message, env: { AWS_MAX_ATTEMPTS: '1' } };
    const { outputs, exitCode } = await runOn(aws, kind, {}, more);
    expect(outputs).toMatchObject({ outcome: 'cancelled', changed: 'false', encrypted: 'unknown' });
    expect(outputs.results).toContain(message);
    expect(exitCode).toBe(1);
  });
});

test('a key id is not completed with the account of a stream in another account if kms:DescribeKey is denied', async () => {
  await using other = await startLocalAws({ accountId: OTHER_ACCOUNT });
  const { arn } = other.kinesis.create({ name: 'orders' });
  other.faults.add({
    on: 'DescribeKey',
    times: ALWAYS,
    error: { code: 'AccessDeniedException', message: 'User is not authorized to perform: kms:DescribeKey', status: 400 }
  });
  const { outputs } = await run(other, { 'stream-name': arn, 'key-id': KEY_ID });
  expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false' });
  expect(outputs.results).toContain('kms:DescribeKey');
  expect(other.writes()).toEqual([]);
});
