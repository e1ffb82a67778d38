import { describe, expect, test } from '@jest/globals';
import { consoleUrl } from '../../src/reporting/console-link.ts';

describe('the link to the console', () => {
  test.each([
    [
      'kinesis',
      'aws',
      'https://eu-west-1.console.aws.amazon.com/kinesis/home?region=eu-west-1#/streams/details/s/monitoring'
    ],
    [
      'firehose',
      'aws',
      'https://eu-west-1.console.aws.amazon.com/firehose/home?region=eu-west-1#/details/s/monitoring'
    ],
    [
      'kinesis',
      'aws-cn',
      'https://eu-west-1.console.amazonaws.cn/kinesis/home?region=eu-west-1#/streams/details/s/monitoring'
    ],
    [
      'firehose',
      'aws-us-gov',
      'https://eu-west-1.console.amazonaws-us-gov.com/firehose/home?region=eu-west-1#/details/s/monitoring'
    ]
  ] as const)('%s in the partition %s', (kind, partition, url) => {
    const arn = `arn:${partition}:${kind}:eu-west-1:111122223333:stream/s`;
    expect(consoleUrl({ kind, name: 's', arn, region: 'eu-west-1' })).toBe(url);
  });

  test.each([
    ['aws-eusc', 'eusc-de-east-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-e', 'eu-isoe-west-1']
  ])('there is none where the console is not known: %s', (partition, region) => {
    const arn = `arn:${partition}:kinesis:${region}:111122223333:stream/s`;
    expect(consoleUrl({ kind: 'kinesis', name: 's', arn, region })).toBeNull();
    expect(consoleUrl({ kind: 'kinesis', name: 's', arn: null, region })).toBeNull();
  });

  test.each(['arn:aws:firehose:us-gov-west-1:111122223333:deliverystream/s', null])(
    'the region decides if the ARN does not name its partition: %s',
    (arn) => {
      expect(consoleUrl({ kind: 'firehose', name: 's', arn, region: 'us-gov-west-1' })).toMatch(
        /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/firehose\//
      );
    }
  );

  test('without an ARN the partition is aws', () => {
    const stream = { kind: 'kinesis', name: 's', arn: null, region: 'eu-west-1' } as const;
    expect(consoleUrl(stream)).toContain('eu-west-1.console.aws.amazon.com');
  });

  test('a name with a lone surrogate is encoded with a replacement character', () => {
    const stream = { kind: 'kinesis', name: 'half\ud800/', arn: null, region: 'eu-west-1' } as const;
    expect(consoleUrl(stream)).toContain('/details/half%EF%BF%BD%2F/monitoring');
  });
});
