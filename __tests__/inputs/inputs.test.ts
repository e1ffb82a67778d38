import { describe, expect, jest, test } from '@jest/globals';
import { readInputs } from '../../src/inputs/inputs.ts';
import { REGION } from '../support/account.ts';
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
} from '../support/inputs.ts';

test('the defaults stand for what is left out, or arrives empty from an unset variable', async () => {
  expect(await read(LEAST)).toEqual({
    region: REGION,
    selection: {
      kinds: ['kinesis'],
      selectors: [{ by: 'name', stream: { kind: 'kinesis', name: 'orders', arn: null } }],
      tags: []
    },
    mode: 'encrypt',
    criteria: { which: 'any' },
    from: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false
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
    expect(await faultOf({ mode })).toBe(`Input mode is "${mode}": must be encrypt, plan or check`);
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
    expect(await faultOf({ wait: text })).toBe(`Input wait is "${text}": must be true or false`);
    expect(await faultOf({ 'verify-records': text })).toContain(`verify-records is "${text}": must be true or false`);
  });

  test('verify-records cannot be combined with wait: false', async () => {
    expect(await faultOf({ 'verify-records': 'true', wait: 'false' })).toContain('cannot be combined with wait: false');
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
      /settle-seconds is .*is part of timeout-seconds \([\d.]+\) and must be less/
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
    expect(faults).toEqual(['Input report-issue is "yes": must be true or false']);
  });

  test('is known of inputs that are bad, too', async () => {
    const given: Inputs = { 'report-issue': 'true', 'github-token': 'ghs_1', 'report-path': 'report.json' };
    const read = readInputs({ input: (name) => given[name] ?? '', env: {}, profileRegion: NO_PROFILE });
    await expect(read).rejects.toMatchObject({ reporting: { issueToken: 'ghs_1', path: 'report.json' } });
  });
});
