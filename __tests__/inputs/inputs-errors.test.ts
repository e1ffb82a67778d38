import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, aliasArn, keyArn, NEW, NEW_ID, STREAM_ARN } from '../support/account.ts';
import { IN_REGION, type Inputs, inputError, inputErrors, MINIMAL_INPUTS, read } from '../support/inputs.ts';

describe('all errors are reported at once', () => {
  /** The names of the invalid inputs, in the order of the errors. */
  async function invalidInputs(inputs: Inputs, env: Inputs = IN_REGION): Promise<string[]> {
    const errors = await inputErrors(inputs, env);
    return errors.map((error) => /^Input (\S+) is/.exec(error)?.[1] ?? error);
  }

  test('one for each input', async () => {
    const inputs = {
      region: 'simulation',
      'stream-kind': 'kafka',
      'stream-name': 'my orders',
      'stream-tags': 'team',
      'if-no-streams-found': 'pass',
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
    expect([...new Set(await invalidInputs(inputs))]).toEqual(Object.keys(inputs));
  });

  test.each([
    [
      'a missing kind and a name that is invalid for both kinds',
      { 'stream-name': 'my orders' },
      ['stream-kind', 'stream-name']
    ],
    [
      'an invalid name and an invalid tag',
      { ...MINIMAL_INPUTS, 'stream-name': 'my orders', 'stream-tags': 'team' },
      ['stream-name', 'stream-tags']
    ],
    [
      'approved keys in mode encrypt, and keys to move off without a target',
      { ...MINIMAL_INPUTS, 'approved-key-ids': 'alias/a', 'from-key-id': 'alias/b' },
      ['approved-key-ids', 'from-key-id']
    ],
    [
      'an unknown mode and a customer key that is not given',
      { ...MINIMAL_INPUTS, mode: 'x', 'key-type': 'customer-managed' },
      ['mode']
    ],
    [
      'approved keys with an unknown key-type',
      { ...MINIMAL_INPUTS, mode: 'check', 'key-type': 'kms', 'approved-key-ids': 'alias/a' },
      ['key-type', 'approved-key-ids']
    ],
    ['no key and no name', { 'stream-kind': 'kinesis', 'key-id': '' }, ['stream-name', 'key-type']],
    ['an unknown kind and no name', { 'stream-kind': 'kafka' }, ['stream-kind', 'stream-name']],
    [
      'an unknown kind and an ARN of another region',
      { 'stream-kind': 'kafka', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-kind', 'stream-name']
    ],
    [
      'an ARN of the other kind and of another region',
      { 'stream-kind': 'firehose', 'stream-name': STREAM_ARN.kinesis, region: 'us-east-1' },
      ['stream-name', 'stream-name']
    ],
    [
      'an unknown key-type and an invalid key',
      { ...MINIMAL_INPUTS, 'key-type': 'kms', 'key-id': 'my-key' },
      ['key-type', 'key-id']
    ],
    [
      'an unknown key-type and a key of another region',
      { ...MINIMAL_INPUTS, 'key-type': 'kms', 'key-id': keyArn(NEW_ID, { region: 'us-east-1' }) },
      ['key-type', 'key-id']
    ],
    [
      'no further errors that depend on an invalid kind, mode or key-type',
      { 'stream-kind': 'kafka', mode: 'x', 'key-type': 'kms', 'from-key-id': 'alias/a' },
      ['stream-kind', 'stream-name', 'mode', 'key-type']
    ],
    [
      'an unknown kind and the AWS alias for Kinesis',
      { ...MINIMAL_INPUTS, 'stream-kind': 'kafka', 'key-id': AWS_ALIAS },
      ['stream-kind']
    ],
    [
      'an invalid region, with the ARNs of a stream and a key',
      { 'stream-name': STREAM_ARN.kinesis, 'key-id': NEW, region: 'x' },
      ['region']
    ],
    [
      'an invalid region and an invalid ARN',
      { 'stream-name': 'arn:aws:kinesis', region: 'x' },
      ['region', 'stream-name']
    ]
  ])('%s', async (_, inputs: Inputs, names) => {
    expect(await invalidInputs(inputs)).toEqual(names);
  });

  test('reports for an invalid key-id that key-type aws-owned allows none', async () => {
    expect(await inputError({ 'key-type': 'aws-owned', 'key-id': 'my-key' })).toContain('allows no key-id');
  });

  test('reports for an AWS alias of another region that Firehose accepts none', async () => {
    const id = aliasArn(AWS_ALIAS, { region: 'us-east-1' });
    expect(await inputError({ 'stream-kind': 'firehose', 'key-id': id })).toContain(
      'Firehose accepts no AWS managed key'
    );
  });

  test('as one message with one line per error', async () => {
    await expect(read({ mode: 'x', ...MINIMAL_INPUTS, wait: 'y' })).rejects.toThrow(/^Input mode .*\nInput wait .*$/);
  });
});
