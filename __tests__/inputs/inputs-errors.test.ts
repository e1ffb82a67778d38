import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, aliasArn, keyArn, NEW, NEW_ID, STREAM_ARN } from '../support/account.ts';
import { faultOf, faultsOf, IN_REGION, type Inputs, LEAST, read } from '../support/inputs.ts';

describe('all faults are named at once', () => {
  /** The inputs that faults are about, in their order. */
  async function named(inputs: Inputs, env: Inputs = IN_REGION): Promise<string[]> {
    const faults = await faultsOf(inputs, env);
    return faults.map((fault) => /^Input (\S+) is/.exec(fault)?.[1] ?? fault);
  }

  test('one of each input', async () => {
    const inputs = {
      region: 'here',
      'stream-kind': 'kafka',
      'stream-name': 'my orders',
      'stream-tags': 'team',
      mode: 'dry-run',
      'key-type': 'kms',
      'key-id': 'my-key',
      'approved-key-ids': 'my-key',
      'from-key-id': 'my-key',
      wait: 'yes',
      'timeout-seconds': '0',
      'settle-seconds': '61',
      'verify-records': 'no',
      'report-path': 'reports/'
    };
    expect([...new Set(await named(inputs))]).toEqual(Object.keys(inputs));
  });

  test.each([
    ['a missing kind, and a name that no kind has', { 'stream-name': 'my orders' }, ['stream-kind', 'stream-name']],
    [
      'tags and a name that are none',
      { ...LEAST, 'stream-name': 'my orders', 'stream-tags': 'team' },
      ['stream-name', 'stream-tags']
    ],
    [
      'keys of both lists, in a mode that takes neither without a key',
      { ...LEAST, 'approved-key-ids': 'alias/a', 'from-key-id': 'alias/b' },
      ['approved-key-ids', 'from-key-id']
    ],
    ['an unknown kind, and no name', { 'stream-kind': 'kafka' }, ['stream-kind', 'stream-name']],
    [
      'an unknown kind, and an ARN of another region',
      { 'stream-kind': 'kafka', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-kind', 'stream-name']
    ],
    [
      'an ARN of the other kind and of another region',
      { 'stream-kind': 'firehose', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-name', 'stream-name']
    ],
    ['an unknown key-type, and no key', { ...LEAST, 'key-type': 'kms', 'key-id': 'my-key' }, ['key-type', 'key-id']],
    [
      'an unknown key-type, and a key of another region',
      { ...LEAST, 'key-type': 'kms', 'key-id': keyArn(NEW_ID, { region: 'us-east-1' }) },
      ['key-type', 'key-id']
    ],
    [
      'what an unknown kind, mode and key-type may allow is no fault too',
      { 'stream-kind': 'kafka', mode: 'x', 'key-type': 'kms', 'approved-key-ids': 'alias/a' },
      ['stream-kind', 'stream-name', 'mode', 'key-type']
    ],
    [
      "an unknown kind, and Kinesis' own alias",
      { ...LEAST, 'stream-kind': 'kafka', 'key-id': AWS_ALIAS },
      ['stream-kind']
    ],
    [
      'no region, and the ARNs of a stream and a key',
      { 'stream-name': STREAM_ARN.kinesis, 'key-id': NEW, region: 'x' },
      ['region']
    ],
    ['no region, and an ARN', { 'stream-name': 'arn:aws:kinesis', region: 'x' }, ['region', 'stream-name']]
  ])('%s', async (_, inputs: Inputs, names) => {
    expect(await named(inputs)).toEqual(names);
  });

  test('aws-owned with what is no key is told to take none, so that another form is not tried', async () => {
    expect(await faultOf({ 'key-type': 'aws-owned', 'key-id': 'my-key' })).toContain('allows no key-id');
  });

  test('Firehose with an AWS alias of another region is told to take none, so that another region is not tried', async () => {
    const id = aliasArn(AWS_ALIAS, { region: 'us-east-1' });
    expect(await faultOf({ 'stream-kind': 'firehose', 'key-id': id })).toContain('Firehose accepts no AWS managed key');
  });

  test('as one message with a line each', async () => {
    await expect(read({ mode: 'x', ...LEAST, wait: 'y' })).rejects.toThrow(/^Input mode .*\nInput wait .*$/);
  });
});
