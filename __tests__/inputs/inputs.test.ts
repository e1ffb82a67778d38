import { describe, expect, jest, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { readInputs } from '../../src/inputs/inputs.ts';
import { REGION } from '../support/account.ts';
import {
  IN_REGION,
  type Inputs,
  inputError,
  inputErrors,
  MINIMAL_INPUTS,
  NO_PROFILE,
  read,
  readReporting,
  readWith
} from '../support/inputs.ts';

test('inputs that are empty or left out have their defaults, apart from the key', async () => {
  expect(await read(MINIMAL_INPUTS)).toEqual({
    region: REGION,
    selection: {
      kinds: ['kinesis'],
      selectors: [{ by: 'name', stream: { kind: 'kinesis', name: 'orders', arn: null } }],
      tags: []
    },
    ifNoStreamsFound: 'error',
    mode: 'encrypt',
    criteria: { which: 'any' },
    from: null,
    maxChanges: null,
    wait: true,
    timeoutMs: 600_000,
    settleMs: 5_000,
    verifyRecords: false
  });
});

describe('max-changes', () => {
  test('is a whole number of changes', async () => {
    expect(await read({ ...MINIMAL_INPUTS, 'max-changes': '10' })).toMatchObject({ maxChanges: 10 });
  });

  test.each(['0', '-1', '1.5', 'ten', '1e3'])('is not %s', async (text) => {
    await expect(read({ ...MINIMAL_INPUTS, 'max-changes': text })).rejects.toThrow(
      `Input max-changes is "${text}": must be a whole number, 1 or more`
    );
  });

  test.each(['check', 'plan'])('does not work in mode %s', async (mode) => {
    await expect(read({ ...MINIMAL_INPUTS, mode, 'max-changes': '1' })).rejects.toThrow(
      `works only in mode encrypt, but mode is ${mode}`
    );
  });
});

describe('region', () => {
  test.each([
    ['the input', { region: 'us-east-1' }, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-1'],
    ['AWS_REGION', {}, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-east-2'],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
    ['the region of the profile', {}, {}, 'eu-west-1']
  ])('is %s unless an earlier source has one', async (_, inputs, env, region) => {
    const request = await read({ ...MINIMAL_INPUTS, ...inputs }, env, () => Promise.resolve('eu-west-1'));
    expect(request.region).toBe(region);
  });

  test('of the profile is read only if there is no other source', async () => {
    const profileRegion = jest.fn(NO_PROFILE);
    await read(MINIMAL_INPUTS, IN_REGION, profileRegion);
    expect(profileRegion).not.toHaveBeenCalled();
  });

  test('of a profile that cannot be read is an error with the reason', async () => {
    const profileRegion = () => Promise.reject(new Error('the file does not answer'));
    await expect(read(MINIMAL_INPUTS, {}, profileRegion)).rejects.toThrow(
      'Input region is missing: the file does not answer; give a region such as'
    );
  });

  test('of a profile: its reading ends with the run that is cancelled', async () => {
    const cancelled = new Cancelled();
    await expect(read(MINIMAL_INPUTS, {}, () => Promise.reject(cancelled))).rejects.toBe(cancelled);
  });

  test('is a required value, and the error states how to set it', async () => {
    expect(await inputErrors(MINIMAL_INPUTS, {})).toEqual([
      expect.stringMatching(/^Input region is missing: .*AWS_REGION/)
    ]);
  });

  test.each(['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'ap-southeast-7', 'eusc-de-east-1'])(
    'accepts %s',
    async (region) => {
      expect((await readWith({ region })).region).toBe(region);
    }
  );

  test.each(['Frankfurt', 'eu-central', 'eu-central-1.example.com', 'eu-central-1/', 'EU-CENTRAL-1', 'a b'])(
    'rejects "%s"',
    async (region) => {
      expect(await inputError({ region })).toContain(`Input region is "${region}"`);
    }
  );
});

describe('mode', () => {
  test.each([
    ['encrypt', 'encrypt'],
    ['plan', 'plan'],
    ['check', 'check'],
    ['Encrypt', 'encrypt'],
    ['CHECK', 'check']
  ])('reads "%s" as %s', async (text, mode) => {
    expect((await readWith({ mode: text })).mode).toBe(mode);
  });

  test.each(['dry-run', 'encrypt,check', 'constructor'])('rejects "%s" with the allowed values', async (mode) => {
    expect(await inputError({ mode })).toBe(`Input mode is "${mode}": must be encrypt, plan or check`);
  });
});

describe('if-no-streams-found', () => {
  test.each([
    ['error', 'error'],
    ['warn', 'warn'],
    ['ignore', 'ignore'],
    ['Warn', 'warn']
  ])('reads "%s" as %s', async (text, action) => {
    expect((await readWith({ 'if-no-streams-found': text })).ifNoStreamsFound).toBe(action);
  });

  test.each(['warning', 'true'])('rejects "%s" with the allowed values', async (text) => {
    expect(await inputError({ 'if-no-streams-found': text })).toBe(
      `Input if-no-streams-found is "${text}": must be error, warn or ignore`
    );
  });
});

describe('wait and verify-records', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['True', true],
    ['false', false],
    ['False', false]
  ])('reads "%s" as %s', async (text, value) => {
    expect((await readWith({ wait: text })).wait).toBe(value);
    expect((await readWith({ 'verify-records': text })).verifyRecords).toBe(value);
  });

  test.each(['yes', '1', 'truefalse'])('rejects "%s"', async (text) => {
    expect(await inputError({ wait: text })).toBe(`Input wait is "${text}": must be true or false`);
    expect(await inputError({ 'verify-records': text })).toContain(
      `verify-records is "${text}": must be true or false`
    );
  });

  test('verify-records cannot be combined with wait: false', async () => {
    expect(await inputError({ 'verify-records': 'true', wait: 'false' })).toContain(
      'cannot be combined with wait: false'
    );
  });

  test.each(['check', 'plan'])('verify-records does not work in mode %s, which changes nothing', async (mode) => {
    expect(await inputError({ 'verify-records': 'True', mode })).toBe(
      `Input verify-records is "True": works only in mode encrypt, but mode is ${mode}: remove one of them`
    );
    expect((await readWith({ 'verify-records': 'false', mode })).verifyRecords).toBe(false);
  });

  test('verify-records has no further error if mode or wait is invalid', async () => {
    expect(await inputError({ 'verify-records': 'true', mode: 'x' })).toContain('Input mode is "x"');
    expect(await inputError({ 'verify-records': 'true', wait: 'x' })).toContain('Input wait is "x"');
  });
});

describe('timeout-seconds and settle-seconds', () => {
  test.each([
    ['1', '0', { timeoutMs: 1_000, settleMs: 0 }],
    ['86400', '60', { timeoutMs: 86_400_000, settleMs: 60_000 }],
    ['1.5', '0.25', { timeoutMs: 1_500, settleMs: 250 }],
    ['0090', '05', { timeoutMs: 90_000, settleMs: 5_000 }]
  ])('accept %s and %s', async (timeout, settle, request) => {
    expect(await readWith({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatchObject(request);
  });

  test.each(['0', '0.9', '86401', '-5', '1e3', '0x10', '10s', '1,5', '5 0', 'Infinity', 'NaN', '.'])(
    'rejects timeout-seconds "%s" with the range',
    async (text) => {
      expect(await inputError({ 'timeout-seconds': text })).toMatch(/timeout-seconds is .* from 1 to 86400$/);
    }
  );

  test.each(['60.1', '-1', '5s', 'five'])('rejects settle-seconds "%s" with the range', async (text) => {
    expect(await inputError({ 'settle-seconds': text })).toMatch(/settle-seconds is .* from 0 to 60$/);
  });

  test.each([
    ['10', '10'],
    ['10', '10.5'],
    ['5', '']
  ])('rejects timeout-seconds "%s" with settle-seconds "%s"', async (timeout, settle) => {
    expect(await inputError({ 'timeout-seconds': timeout, 'settle-seconds': settle })).toMatch(
      /settle-seconds is .*is part of timeout-seconds \([\d.]+\) and must be less/
    );
  });

  test('accepts settle-seconds just below timeout-seconds', async () => {
    expect(await readWith({ 'timeout-seconds': '5.1' })).toMatchObject({ timeoutMs: 5_100, settleMs: 5_000 });
  });
});

describe('report-path', () => {
  test('is null by default', async () => {
    expect((await readReporting({})).path).toBeNull();
  });

  test.each(['report.json', 'reports/streams.json', '/tmp/report'])('accepts %s', async (path) => {
    expect((await readReporting({ 'report-path': path })).path).toBe(path);
  });

  test.each(['reports/', '/'])('rejects the folder "%s"', async (path) => {
    expect(await inputError({ 'report-path': path })).toBe(
      `Input report-path is "${path}": this is a folder: give the path of a file in it`
    );
  });

  test.each(['~/report.json', '~\\report.json', '~'])(
    'rejects "%s", because nothing expands the tilde',
    async (path) => {
      expect(await inputError({ 'report-path': path })).toBe(
        `Input report-path is "${path}": a path is used as it is, without expanding "~": give the full path`
      );
    }
  );

  test('may begin with a tilde that no shell would expand', async () => {
    expect((await readReporting({ 'report-path': '~report.json' })).path).toBe('~report.json');
  });
});

describe('report-issue', () => {
  test('is off by default, even with a token', async () => {
    expect((await readReporting({ 'github-token': 'ghs_1' })).issueToken).toBeNull();
  });

  test('uses github-token', async () => {
    expect((await readReporting({ 'report-issue': 'true', 'github-token': 'ghs_1' })).issueToken).toBe('ghs_1');
  });

  test('requires a token, which no error message contains', async () => {
    expect(await inputError({ 'report-issue': 'true' })).toBe(
      'Input github-token is missing: report-issue needs it: give github.token'
    );
    const errors = await inputErrors({ ...MINIMAL_INPUTS, 'report-issue': 'yes', 'github-token': 'ghs_1' });
    expect(errors).toEqual(['Input report-issue is "yes": must be true or false']);
  });

  test('is read even if other inputs are invalid', async () => {
    const given: Inputs = { 'report-issue': 'true', 'github-token': 'ghs_1', 'report-path': 'report.json' };
    const read = readInputs({ input: (name) => given[name] ?? '', env: {}, profileRegion: NO_PROFILE });
    await expect(read).rejects.toMatchObject({ reporting: { issueToken: 'ghs_1', path: 'report.json' } });
  });
});
