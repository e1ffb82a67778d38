/** Delivery streams that read from a source, and are judged by it. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { ALWAYS, resultsOf, run } from './step.ts';

const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/00000000-0000-4000-8000-000000000009-1';
const dataStream = (name: string) => `arn:aws:kinesis:us-east-1:111122223333:stream/${name}`;

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 200 });
});
afterEach(() => aws.close());

test.each([
  ['check', 'compliant', 'non-compliant', 'failed'],
  ['encrypt', 'unchanged', 'not-applicable', 'not-applicable'],
  ['plan', 'unchanged', 'not-applicable', 'not-applicable']
])(
  'mode %s: a source with the key is %s, one without is %s, one that cannot be seen is %s',
  async (mode, matches, differs, unseen) => {
    const { arn } = aws.kms.createKey();
    aws.kinesis.create({ name: 'feed', keyId: arn });
    aws.kinesis.create({ name: 'moving-feed', changing: { keyId: arn, ms: 500 } });
    aws.kinesis.create({ name: 'plain-feed' });
    aws.kinesis.create({ name: 'other-feed', keyId: 'alias/aws/kinesis' });
    aws.kinesis.create({ name: 'secret-feed', keyId: arn });
    const message = `User: ci is not authorized to perform: kinesis:DescribeStreamSummary on resource: ${dataStream('secret-feed')} because no identity-based policy allows the action`;
    const error = { code: 'AccessDeniedException', message };
    aws.faults.add({ on: 'DescribeStreamSummary', stream: 'secret-feed', times: ALWAYS, error });
    const feeds = ['feed', 'moving-feed', 'plain-feed', 'other-feed', 'secret-feed', 'no-feed'];
    for (const name of [...feeds, 'feed-2', 'feed-3']) {
      aws.firehose.create({ name, source: { dataStreamArn: dataStream(name.replace(/-\d$/, '')) } });
    }
    aws.firehose.create({ name: 'msk', source: { mskClusterArn: CLUSTER } });
    aws.firehose.create({ name: 'database', source: { databaseEndpoint: 'db.example.com' } });

    const names = [...feeds, 'feed-2', 'feed-3', 'msk', 'database'].join();
    const step = await run(aws, { 'stream-kind': 'firehose', 'stream-name': names, mode, 'key-id': arn });
    const results = resultsOf(step);
    const encrypted = { outcome: matches, encrypted: 'true', keyId: arn, status: 'DISABLED' };
    expect(results).toMatchObject({
      feed: { ...encrypted, source: dataStream('feed'), arn: aws.firehose.get('feed').arn },
      'feed-2': encrypted,
      'feed-3': encrypted,
      'moving-feed': encrypted,
      'plain-feed': {
        outcome: differs,
        encrypted: 'false',
        message: expect.stringContaining(dataStream('plain-feed'))
      },
      'other-feed': { outcome: differs, encrypted: 'true', message: expect.stringContaining(dataStream('other-feed')) },
      'secret-feed': {
        outcome: unseen,
        encrypted: 'unknown',
        keyId: null,
        message: expect.stringContaining(`Grant kinesis:DescribeStreamSummary on ${dataStream('secret-feed')}`)
      },
      'no-feed': { outcome: unseen, encrypted: 'unknown', message: expect.stringContaining(dataStream('no-feed')) },
      msk: { outcome: 'not-applicable', source: CLUSTER, message: expect.stringContaining(CLUSTER) },
      database: {
        outcome: 'not-applicable',
        encrypted: 'unknown',
        source: null,
        message: expect.stringContaining('db.example.com (DatabaseAsSource)')
      }
    });
    if (mode !== 'check') expect(results['plain-feed']?.message).toMatch(/not encrypted.* encrypt the source itself/);
    expect(step.exitCode).toBe(1);
    expect(aws.writes()).toEqual([]);
    // A source is described once, and its key is looked up once, however many delivery streams read from it.
    const looks = aws.requests.filter(
      ({ operation, input }) =>
        operation === 'DescribeStreamSummary' &&
        [input.StreamARN, input.StreamName].some((value) => value === 'feed' || value === dataStream('feed'))
    );
    expect(looks).toHaveLength(1);
    expect(aws.requests.filter(({ operation }) => operation === 'DescribeKey')).toHaveLength(1);
  }
);

test('a delivery stream that a glob selected and whose source is not encrypted is a warning', async () => {
  aws.kinesis.create({ name: 'feed' });
  aws.firehose.create({ name: 'orders', source: { dataStreamArn: dataStream('feed') } });
  const step = await run(aws, { 'stream-kind': 'firehose', 'stream-name': 'ord*' });
  expect([step.outputs.outcome, step.exitCode]).toEqual(['not-applicable', 0]);
  expect(step.stdout).toContain('::warning');
});
