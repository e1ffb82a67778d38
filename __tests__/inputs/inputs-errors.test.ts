import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, keyArn, NEW, NEW_ID, STREAM_ARN } from '../support/account.ts';
import { IN_REGION, type Inputs, inputErrors, MINIMAL_INPUTS, read } from '../support/inputs.ts';

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

  const { kinesis } = STREAM_ARN;
  const ELSEWHERE = { region: 'us-east-1' };
  const TYPE_KMS = { ...MINIMAL_INPUTS, 'key-type': 'kms' };
  test.each<[Inputs, readonly string[]]>([
    [{ 'stream-name': 'my orders' }, ['stream-kind', 'stream-name']],
    [{ ...MINIMAL_INPUTS, 'stream-name': 'my orders', 'stream-tags': 'team' }, ['stream-name', 'stream-tags']],
    [
      { ...MINIMAL_INPUTS, 'approved-key-ids': 'alias/a', 'from-key-id': 'alias/b' },
      ['approved-key-ids', 'from-key-id']
    ],
    [{ ...MINIMAL_INPUTS, mode: 'x', 'key-type': 'customer-managed' }, ['mode']],
    [{ ...TYPE_KMS, mode: 'check', 'approved-key-ids': 'alias/a' }, ['key-type', 'approved-key-ids']],
    [{ 'stream-kind': 'kinesis', 'key-id': '' }, ['stream-name', 'key-type']],
    [{ 'stream-kind': 'kafka' }, ['stream-kind', 'stream-name']],
    [{ 'stream-kind': 'kafka', 'stream-name': kinesis, ...ELSEWHERE }, ['stream-kind', 'stream-name']],
    [{ 'stream-kind': 'firehose', 'stream-name': kinesis, ...ELSEWHERE }, ['stream-name', 'stream-name']],
    [{ ...TYPE_KMS, 'key-id': 'my-key' }, ['key-type', 'key-id']],
    [{ ...TYPE_KMS, 'key-id': keyArn(NEW_ID, ELSEWHERE) }, ['key-type', 'key-id']],
    // No further errors that depend on an invalid kind, mode, key-type or region.
    [
      { 'stream-kind': 'kafka', mode: 'x', 'key-type': 'kms', 'from-key-id': 'alias/a' },
      ['stream-kind', 'stream-name', 'mode', 'key-type']
    ],
    [{ ...MINIMAL_INPUTS, 'stream-kind': 'kafka', 'key-id': AWS_ALIAS }, ['stream-kind']],
    [{ 'stream-kind': 'kafka', 'stream-tags': 'team=a' }, ['stream-kind']],
    [{ 'stream-tags': 'team' }, ['stream-tags']],
    [{ 'stream-name': kinesis, 'key-id': NEW, region: 'x' }, ['region']],
    [{ 'stream-name': 'arn:aws:kinesis', region: 'x' }, ['region', 'stream-name']]
  ])('%j', async (inputs, names) => {
    expect(await invalidInputs(inputs)).toEqual(names);
  });

  test('as one message with one line per error', async () => {
    await expect(read({ mode: 'x', ...MINIMAL_INPUTS, wait: 'y' })).rejects.toThrow(/^Input mode .*\nInput wait .*$/);
  });
});
