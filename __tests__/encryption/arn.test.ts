import { expect, test } from '@jest/globals';
import { arnScope, isSameResource, parseStreamArn, withRegionPartition } from '../../src/encryption/arn.ts';
import { ACCOUNT, REGION, STREAM_ARN } from '../support/account.ts';

const KINESIS = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
const FIREHOSE = 'arn:aws-us-gov:firehose:us-gov-west-1:111122223333:deliverystream/clicks';

test.each([
  [KINESIS, 'kinesis', 'orders', 'eu-central-1'],
  [FIREHOSE, 'firehose', 'clicks', 'us-gov-west-1']
])('parses %s as the ARN of a %s stream', (arn, kind, name, region) => {
  expect(parseStreamArn(arn)).toEqual({ stream: { kind, name, arn }, region });
});

test.each([
  ['a consumer', `${KINESIS}/consumer/reader:1700000000`],
  ['the resource type of the other service', KINESIS.replace(':stream/', ':deliverystream/')],
  ['the resource type of the other service', FIREHOSE.replace(':deliverystream/', ':stream/')],
  ['another service', 'arn:aws:sqs:eu-central-1:111122223333:orders'],
  ['an invalid account id', KINESIS.replace('111122223333', '1111')],
  ['an invalid region', KINESIS.replace('eu-central-1', 'EU')],
  ['no name', KINESIS.replace('orders', '')],
  ['a name that is too long for its service', FIREHOSE.replace('clicks', 'x'.repeat(65))],
  ['a space in the name', KINESIS.replace('orders', 'my orders')],
  ['text after the name', `${KINESIS}\n`],
  ['text before the ARN', ` ${KINESIS}`],
  ['an unknown partition', KINESIS.replace('arn:aws:', 'arn:gcp:')]
])('rejects an ARN with %s', (_, arn) => {
  expect(parseStreamArn(arn)).toBeNull();
});

test('accepts names of up to 128 characters for data streams and 64 for delivery streams', () => {
  expect(parseStreamArn(KINESIS.replace('orders', 'x'.repeat(128)))?.stream.name).toHaveLength(128);
  expect(parseStreamArn(FIREHOSE.replace('clicks', 'x'.repeat(64)))?.stream.name).toHaveLength(64);
});

test('arnScope returns the partition, region and account of an ARN', () => {
  expect(arnScope(STREAM_ARN.kinesis)).toEqual({ partition: 'aws', region: REGION, accountId: ACCOUNT });
  expect(arnScope('arn:aws-cn:firehose:cn-north-1:111122223333:deliverystream/orders')).toEqual({
    partition: 'aws-cn',
    region: 'cn-north-1',
    accountId: '111122223333'
  });
});

test.each([
  ['aws', 'eu-central-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'],
  ['aws-iso-f', 'us-isof-south-1']
])('withRegionPartition puts an ARN into the partition %s if its region is %s', (partition, region) => {
  const arn = `arn:${partition}:kinesis:${region}:111122223333:stream/orders`;
  expect(withRegionPartition(arn)).toBe(arn);
  expect(withRegionPartition(arn.replace(`:${partition}:`, ':aws:'))).toBe(arn);
  expect(arnScope(arn.replace(`:${partition}:`, ':aws:'))).toEqual({ partition, region, accountId: ACCOUNT });
});

test('an ARN of a region whose partition is not known stays as it is, and so does any other text', () => {
  const arn = 'arn:aws-moon:kinesis:moon-base-1:111122223333:stream/orders';
  expect(withRegionPartition(arn)).toBe(arn);
  expect(arnScope(arn).partition).toBe('aws-moon');
  expect(withRegionPartition('alias/app')).toBe('alias/app');
});

test('two ARNs name the same resource if only their partitions differ', () => {
  expect(isSameResource(FIREHOSE, FIREHOSE.replace('arn:aws-us-gov:', 'arn:aws:'))).toBe(true);
  expect(isSameResource(FIREHOSE, FIREHOSE.replace('us-gov-west-1', 'us-gov-east-1'))).toBe(false);
  expect(isSameResource(FIREHOSE, '')).toBe(false);
});

test('the parts that an ARN lacks are empty', () => {
  expect(arnScope('arn')).toEqual({ partition: '', region: '', accountId: '' });
});
