import { expect, test } from '@jest/globals';
import {
  arnScope,
  isMeantAsStreamArn,
  isSameResource,
  parseStreamArn,
  withRegionPartition
} from '../../src/encryption/arn.ts';
import { ACCOUNT, STREAM_ARN } from '../support/account.ts';

const KINESIS = STREAM_ARN.kinesis;
const FIREHOSE = `arn:aws-us-gov:firehose:us-gov-west-1:${ACCOUNT}:deliverystream/clicks`;
const LONGEST = 'x'.repeat(64);

test.each([
  [KINESIS.replace('orders', LONGEST.repeat(2)), 'kinesis', LONGEST.repeat(2), 'eu-central-1'],
  [FIREHOSE.replace('clicks', LONGEST), 'firehose', LONGEST, 'us-gov-west-1']
])('%s is the ARN of a %s stream', (arn, kind, name, region) => {
  expect(parseStreamArn(arn)).toEqual({ stream: { kind, name, arn }, region });
});

test.each([
  ['a consumer', `${KINESIS}/consumer/reader:1700000000`],
  ['the resource type of Firehose', KINESIS.replace(':stream/', ':deliverystream/')],
  ['another service', KINESIS.replace('kinesis', 'sqs')],
  ['an invalid account id', KINESIS.replace(ACCOUNT, '1111')],
  ['an invalid region', KINESIS.replace('eu-central-1', 'EU')],
  ['a name that is too long for Kinesis', KINESIS.replace('orders', `${LONGEST.repeat(2)}x`)],
  ['a name that is too long for Firehose', FIREHOSE.replace('clicks', `${LONGEST}x`)],
  ['a space in the name', KINESIS.replace('orders', 'my orders')],
  ['text after the name', `${KINESIS}\n`],
  ['text before the ARN', ` ${KINESIS}`],
  ['an unknown partition', KINESIS.replace('arn:aws:', 'arn:gcp:')]
])('an ARN with %s is not the ARN of a stream', (_, arn) => {
  expect(parseStreamArn(arn)).toBeNull();
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
])('an ARN is in the partition %s if its region is %s, even if it begins with arn:aws:', (partition, region) => {
  const arn = `arn:${partition}:kinesis:${region}:${ACCOUNT}:stream/orders`;
  for (const reported of [arn, arn.replace(`:${partition}:`, ':aws:')]) {
    expect(withRegionPartition(reported)).toBe(arn);
    expect(arnScope(reported)).toEqual({ partition, region, accountId: ACCOUNT });
  }
});

test('an ARN of a region whose partition is not known stays as it is, and so does any other text', () => {
  const arn = `arn:aws-moon:kinesis:moon-base-1:${ACCOUNT}:stream/orders`;
  expect(withRegionPartition(arn)).toBe(arn);
  expect(withRegionPartition('alias/app')).toBe('alias/app');
  expect(arnScope('arn')).toEqual({ partition: '', region: '', accountId: '' });
});

test('two ARNs name the same resource if only their partitions differ', () => {
  expect(isSameResource(FIREHOSE, FIREHOSE.replace('arn:aws-us-gov:', 'arn:aws:'))).toBe(true);
  expect(isSameResource(FIREHOSE, FIREHOSE.replace('us-gov-west-1', 'us-gov-east-1'))).toBe(false);
  expect(isSameResource(FIREHOSE, '')).toBe(false);
});

test.each([
  ['one of another partition and in capitals', FIREHOSE.toUpperCase().replace('ARN:', 'arn:'), true],
  ['one with an invalid name and account', 'arn:aws:kinesis:eu-central-1:1:stream/my orders', true],
  ['one of a consumer', `${KINESIS}/consumer/reader:1700000000`, false],
  ['one of another service', KINESIS.replace('kinesis', 'sqs'), false],
  ['text before it', ` ${KINESIS}`, false]
])('a text is meant as the ARN of a stream or not: %s', (_, arn, isMeant) => {
  expect(isMeantAsStreamArn(arn)).toBe(isMeant);
});
