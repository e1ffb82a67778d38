import { expect, test } from '@jest/globals';
import { consoleUrl } from '../../src/reporting/console-link.ts';

test.each([
  ['kinesis', 'eu-west-1', 'aws', 'console.aws.amazon.com'],
  ['kinesis', 'cn-north-1', 'aws-cn', 'console.amazonaws.cn'],
  // The region decides if the ARN does not name its partition.
  ['firehose', 'us-gov-west-1', 'aws', 'console.amazonaws-us-gov.com'],
  ['firehose', 'us-gov-west-1', null, 'console.amazonaws-us-gov.com'],
  // No console is known.
  ['kinesis', 'eusc-de-east-1', 'aws-eusc', null],
  ['kinesis', 'us-iso-east-1', null, null]
] as const)('the console of a %s stream in %s, with an ARN in the partition %s', (kind, region, partition, host) => {
  const arn = partition && `arn:${partition}:${kind}:${region}:111122223333:stream/s`;
  const page = kind === 'kinesis' ? '#/streams/details/s/monitoring' : '#/details/s/monitoring';
  const url = host && `https://${region}.${host}/${kind}/home?region=${region}${page}`;
  expect(consoleUrl({ kind, name: 's', arn, region })).toBe(url);
});

test('a lone surrogate in a name is a replacement character in the link to the console', () => {
  const stream = { kind: 'kinesis', name: 'half\ud800/', arn: null, region: 'eu-west-1' } as const;
  expect(consoleUrl(stream)).toContain('/details/half%EF%BF%BD%2F/monitoring');
});
