import { describe, expect, test } from '@jest/globals';
import { readServeOptions } from '../../local-aws/serve-options.ts';

describe('the options of npm run local-aws', () => {
  test('default to an empty account in us-east-1', () => {
    expect(readServeOptions([])).toEqual({
      help: false,
      port: null,
      region: 'us-east-1',
      changeMs: 500,
      keys: [],
      kinesis: [],
      firehose: []
    });
  });

  test('give keys with their state', () => {
    const args = [
      '--key',
      'alias/old',
      '--key',
      'alias/lost,state=pending-deletion',
      '--key',
      'alias/off,state=disabled'
    ];
    expect(readServeOptions(args).keys).toEqual([
      { alias: 'alias/old', state: 'Enabled' },
      { alias: 'alias/lost', state: 'PendingDeletion' },
      { alias: 'alias/off', state: 'Disabled' }
    ]);
  });

  test('give streams of both kinds with key, tags and source', () => {
    const kinesis = ['--kinesis', 'orders,key=alias/app,tag:env=prod,tag:team=a=b', '--kinesis', 'carts,key=aws-owned'];
    const firehose = ['--firehose', 'archive,source=kinesis:orders,tag:env=prod', '--firehose', 'topics,source=msk'];
    const options = readServeOptions([
      '--key',
      'alias/app',
      ...kinesis,
      ...firehose,
      '--firehose',
      'clicks,key=alias/app'
    ]);
    expect(options.kinesis).toEqual([
      { name: 'orders', key: 'alias/app', tags: { env: 'prod', team: 'a=b' } },
      { name: 'carts', key: 'aws-owned', tags: {} }
    ]);
    expect(options.firehose).toEqual([
      { name: 'archive', key: null, tags: { env: 'prod' }, source: { type: 'kinesis', name: 'orders' } },
      { name: 'topics', key: null, tags: {}, source: { type: 'msk' } },
      { name: 'clicks', key: 'alias/app', tags: {}, source: null }
    ]);
  });

  test('give port, region and the duration of a change', () => {
    const args = ['--port', '0', '--region', 'us-gov-west-1', '--change-ms', 'Infinity', '--help'];
    expect(readServeOptions(args)).toMatchObject({
      help: true,
      port: 0,
      region: 'us-gov-west-1',
      changeMs: Number.POSITIVE_INFINITY
    });
  });

  test.each([
    ['--stream orders', "Unknown option '--stream'"],
    ['--port 70000', '--port 70000: must be a whole number from 0 to 65535'],
    ['--change-ms soon', '--change-ms soon: must be a whole number'],
    ['--region here', '--region here: must be the code of a region'],
    ['--key old', '--key old: must be an alias such as alias/old'],
    ['--key alias/aws/kinesis', 'but not alias/aws/…'],
    ['--key alias/old,state=lost', 'the state lost must be one of enabled, disabled, pending-deletion, pending-import'],
    ['--key alias/old,tag:a=b', "'tag:a=b' must be state=VALUE"],
    ['--key alias/old --key alias/old', '--key alias/old is given twice'],
    ['--kinesis orders --kinesis orders', '--kinesis orders is given twice'],
    ['--kinesis orders,key=alias/old', 'orders: there is no key alias/old. Create it with --key alias/old'],
    ['--kinesis orders,source=msk', "'source=msk' must be key=VALUE or tag:NAME=VALUE"],
    ['--kinesis orders,tag:=x', "'tag:=x' must be"],
    ['--kinesis orders,key=', "'key=' must be"],
    ['--kinesis orders,tag:a=1,tag:a=2', 'tag:a is given twice'],
    ['--kinesis a/b', "'a/b' must be a name of letters"],
    [`--firehose ${'x'.repeat(65)}`, 'at most 64 characters'],
    ['--firehose clicks,source=sqs', 'the source sqs must be kinesis:NAME, msk or database'],
    ['--firehose clicks,source=kinesis:orders', 'there is no data stream orders. Create it with --kinesis orders'],
    ['--firehose clicks,source=msk,key=aws-owned', 'a delivery stream with a source has no encryption of its own']
  ])('reject %s', (args, message) => {
    expect(() => readServeOptions(args.split(' '))).toThrow(message);
  });
});
