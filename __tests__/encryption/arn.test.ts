import { expect, test } from '@jest/globals';
import { parseStreamArn } from '../../src/encryption/arn.ts';

const KINESIS = 'arn:aws:kinesis:eu-central-1:111122223333:stream/orders';
const FIREHOSE = 'arn:aws-us-gov:firehose:us-gov-west-1:111122223333:deliverystream/clicks';

test.each([
  [KINESIS, 'kinesis', 'orders', 'eu-central-1'],
  [FIREHOSE, 'firehose', 'clicks', 'us-gov-west-1']
])('%s is of a %s stream', (arn, kind, name, region) => {
  expect(parseStreamArn(arn)).toEqual({ stream: { kind, name, arn }, region });
});

test.each([
  ['a consumer', `${KINESIS}/consumer/reader:1700000000`],
  ['a path of the other service', KINESIS.replace(':stream/', ':deliverystream/')],
  ['a path of the other service', FIREHOSE.replace(':deliverystream/', ':stream/')],
  ['another service', 'arn:aws:sqs:eu-central-1:111122223333:orders'],
  ['an account that is none', KINESIS.replace('111122223333', '1111')],
  ['a region that is none', KINESIS.replace('eu-central-1', 'EU')],
  ['no name', KINESIS.replace('orders', '')],
  ['a name too long for its service', FIREHOSE.replace('clicks', 'x'.repeat(65))],
  ['a name with a blank', KINESIS.replace('orders', 'my orders')],
  ['something behind the name', `${KINESIS}\n`],
  ['something before the ARN', ` ${KINESIS}`],
  ['a partition that is none', KINESIS.replace('arn:aws:', 'arn:gcp:')]
])('an ARN with %s is of no stream', (_what, arn) => {
  expect(parseStreamArn(arn)).toBeNull();
});

test('a data stream has a longer name than a delivery stream may have', () => {
  expect(parseStreamArn(KINESIS.replace('orders', 'x'.repeat(128)))?.stream.name).toHaveLength(128);
  expect(parseStreamArn(FIREHOSE.replace('clicks', 'x'.repeat(64)))?.stream.name).toHaveLength(64);
});
