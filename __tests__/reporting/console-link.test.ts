import { describe, expect, test } from '@jest/globals';
import { consoleUrl } from '../../src/reporting/console-link.ts';

describe('the link to the console', () => {
  const HOST = 'https://eu-west-1.console';
  const KINESIS_PAGE = 'kinesis/home?region=eu-west-1#/streams/details/s/monitoring';
  const FIREHOSE_PAGE = 'firehose/home?region=eu-west-1#/details/s/monitoring';
  test.each([
    ['kinesis', 'aws', `${HOST}.aws.amazon.com/${KINESIS_PAGE}`],
    ['firehose', 'aws', `${HOST}.aws.amazon.com/${FIREHOSE_PAGE}`],
    ['kinesis', 'aws-cn', `${HOST}.amazonaws.cn/${KINESIS_PAGE}`],
    ['firehose', 'aws-us-gov', `${HOST}.amazonaws-us-gov.com/${FIREHOSE_PAGE}`]
  ] as const)('%s in the partition %s', (kind, partition, url) => {
    const arn = `arn:${partition}:${kind}:eu-west-1:111122223333:stream/s`;
    expect(consoleUrl({ kind, name: 's', arn, region: 'eu-west-1' })).toBe(url);
  });

  test.each([
    ['eu-west-1', null, '.console.aws.amazon.com/'],
    ['us-gov-west-1', null, '.console.amazonaws-us-gov.com/'],
    ['us-gov-west-1', 'arn:aws:kinesis:us-gov-west-1:111122223333:stream/s', '.console.amazonaws-us-gov.com/']
  ])('the region %s decides if the ARN is %s', (region, arn, host) => {
    expect(consoleUrl({ kind: 'kinesis', name: 's', arn, region })).toContain(`https://${region}${host}kinesis/`);
  });

  test.each([
    ['aws-eusc', 'eusc-de-east-1'],
    ['aws-iso', 'us-iso-east-1']
  ])('there is none in the partition %s, whose console is not known', (partition, region) => {
    for (const arn of [null, `arn:${partition}:kinesis:${region}:111122223333:stream/s`]) {
      expect(consoleUrl({ kind: 'kinesis', name: 's', arn, region })).toBeNull();
    }
  });

  test('a lone surrogate in a name is encoded as a replacement character', () => {
    const stream = { kind: 'kinesis', name: 'half\ud800/', arn: null, region: 'eu-west-1' } as const;
    expect(consoleUrl(stream)).toContain('/details/half%EF%BF%BD%2F/monitoring');
  });
});
