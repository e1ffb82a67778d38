import { describe, expect, jest, test } from '@jest/globals';
import { readInputs } from '../src/inputs.ts';
import { AWS_ALIAS, aliasArn, keyArn, NEW, NEW_ID, REGION, STREAM_ARN } from './support/account.ts';
import {
  faultOf,
  faultsOf,
  IN_REGION,
  type Inputs,
  LEAST,
  NO_PROFILE,
  read,
  readWith,
  reportingOf
} from './support/inputs.ts';

describe('the defaults', () => {
  const request = {
    region: REGION,
    selection: {
      kinds: ['kinesis'],
      choices: [{ by: 'name', stream: { kind: 'kinesis', name: 'orders', arn: null } }],
      tags: []
    },
    mode: 'encrypt',
    asked: { which: 'any' },
    from: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false
  };

  test('stand for what is left out, or arrives empty from an unset variable', async () => {
    expect(await read(LEAST)).toEqual(request);
  });

  test('of action.yml make the same request', async () => {
    const defaults = {
      mode: 'encrypt',
      'key-type': 'any',
      wait: 'true',
      'timeout-seconds': '600',
      'settle-seconds': '5',
      'verify-records': 'false'
    };
    expect(await readWith(defaults)).toEqual(request);
  });
});

describe('region', () => {
  test.each([
    ['the input', { region: 'us-east-1' }, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-2'],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
    ["the profile's", {}, {}, 'eu-west-1']
  ])('is %s, in this order', async (_, inputs, env, region) => {
    const request = await read({ ...LEAST, ...inputs }, env, () => Promise.resolve('eu-west-1'));
    expect(request.region).toBe(region);
  });

  test('of the profile is asked for only where nothing else tells it', async () => {
    const profileRegion = jest.fn(NO_PROFILE);
    await read(LEAST, IN_REGION, profileRegion);
    expect(profileRegion).not.toHaveBeenCalled();
  });

  test('that nothing tells is a fault that names the ways out', async () => {
    expect(await faultsOf(LEAST, {})).toEqual([expect.stringMatching(/^Input region is missing: .*AWS_REGION/)]);
  });

  test.each(['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'ap-southeast-7', 'eusc-de-east-1'])(
    '%s is one',
    async (region) => {
      expect((await readWith({ region })).region).toBe(region);
    }
  );

  test.each(['Frankfurt', 'eu-central', 'eu-central-1.example.com', 'eu-central-1/', 'EU-CENTRAL-1', 'a b'])(
    '"%s" is none',
    async (region) => {
      expect(await faultOf({ region })).toContain(`Input region is "${region}"`);
    }
  );
});

describe('mode', () => {
  test.each(['encrypt', 'plan', 'check'])('%s is one', async (mode) => {
    expect((await readWith({ mode })).mode).toBe(mode);
  });

  test.each(['dry-run', 'Encrypt', 'encrypt,check'])('"%s" is a fault that names what is allowed', async (mode) => {
    expect(await faultOf({ mode })).toBe(`Input mode is "${mode}": allowed are encrypt, plan, check`);
  });
});

describe('wait and verify-records', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['True', true],
    ['false', false],
    ['False', false]
  ])('"%s" is %s', async (text, value) => {
    expect((await readWith({ wait: text })).wait).toBe(value);
    expect((await readWith({ 'verify-records': text })).verifyRecords).toBe(value);
  });

  test.each(['yes', '1', 'truefalse'])('"%s" is a fault', async (text) => {
    expect(await faultOf({ wait: text })).toBe(`Input wait is "${text}": allowed are true, false`);
    expect(await faultOf({ 'verify-records': text })).toContain(`verify-records is "${text}": allowed are true, false`);
  });

  test('verify-records cannot go with wait: false', async () => {
    expect(await faultOf({ 'verify-records': 'true', wait: 'false' })).toContain('cannot go with wait: false');
  });
});

describe('timeout-seconds and settle-seconds', () => {
  test.each([
    ['1', '0', { timeoutMs: 1_000, settleMs: 0 }],
    ['86400', '60', { timeoutMs: 86_400_000, settleMs: 60_000 }],
    ['1.5', '0.25', { timeoutMs: 1_500, settleMs: 250 }],
    ['0090', '05', { timeoutMs: 90_000, settleMs: 5_000 }]
  ])('%s and %s', async (timeout, settle, request) => {
    expect(await readWith({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatchObject(request);
  });

  test.each(['0', '0.9', '86401', '-5', '1e3', '0x10', '10s', '1,5', '5 0', 'Infinity', 'NaN', '.'])(
    'timeout-seconds "%s" is a fault that names the range',
    async (text) => {
      expect(await faultOf({ 'timeout-seconds': text })).toMatch(/timeout-seconds is .* from 1 to 86400$/);
    }
  );

  test.each(['60.1', '-1', '5s', 'five'])('settle-seconds "%s" is a fault that names the range', async (text) => {
    expect(await faultOf({ 'settle-seconds': text })).toMatch(/settle-seconds is .* from 0 to 60$/);
  });

  test.each([
    ['10', '10'],
    ['10', '10.5'],
    ['5', '']
  ])('a timeout of "%s" leaves no time to settle for "%s"', async (timeout, settle) => {
    expect(await faultOf({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatch(
      /settle-seconds is .*inside timeout-seconds \([\d.]+\) and must be less/
    );
  });

  test('settling may take nearly the whole timeout', async () => {
    expect(await readWith({ 'timeout-seconds': '5.1' })).toMatchObject({ timeoutMs: 5_100, settleMs: 5_000 });
  });
});

describe('report-path', () => {
  test('is nowhere where it is left out', async () => {
    expect((await reportingOf({})).path).toBeNull();
  });

  test.each(['report.json', 'reports/streams.json', '/tmp/report'])('%s', async (path) => {
    expect((await reportingOf({ 'report-path': path })).path).toBe(path);
  });

  test.each(['reports/', '/'])('"%s" is a folder: a fault', async (path) => {
    expect(await faultOf({ 'report-path': path })).toBe(
      `Input report-path is "${path}": this is a folder: give the path of a file in it`
    );
  });
});

describe('report-issue', () => {
  test('is off where it is left out, also with a token', async () => {
    expect((await reportingOf({ 'github-token': 'ghs_1' })).issueToken).toBeNull();
  });

  test('takes the token', async () => {
    expect((await reportingOf({ 'report-issue': 'true', 'github-token': 'ghs_1' })).issueToken).toBe('ghs_1');
  });

  test('without a token is a fault, and with another fault the token does not show', async () => {
    expect(await faultOf({ 'report-issue': 'true' })).toBe(
      'Input github-token is missing: report-issue needs it: give github.token'
    );
    const faults = await faultsOf({ ...LEAST, 'report-issue': 'yes', 'github-token': 'ghs_1' });
    expect(faults).toEqual(['Input report-issue is "yes": allowed are true, false']);
  });

  test('is known of inputs that are bad, too', async () => {
    const given: Inputs = { 'report-issue': 'true', 'github-token': 'ghs_1', 'report-path': 'report.json' };
    const read = readInputs({ input: (name) => given[name] ?? '', env: {}, profileRegion: NO_PROFILE });
    await expect(read).rejects.toMatchObject({ reporting: { issueToken: 'ghs_1', path: 'report.json' } });
  });
});

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
    expect(await faultOf({ 'key-type': 'aws-owned', 'key-id': 'my-key' })).toContain('takes no key-id');
  });

  test('Firehose with an AWS alias of another region is told to take none, so that another region is not tried', async () => {
    const id = aliasArn(AWS_ALIAS, { region: 'us-east-1' });
    expect(await faultOf({ 'stream-kind': 'firehose', 'key-id': id })).toContain('Firehose takes no AWS managed key');
  });

  test('as one message with a line each', async () => {
    await expect(read({ mode: 'x', ...LEAST, wait: 'y' })).rejects.toThrow(/^Input mode .*\nInput wait .*$/);
  });
});
