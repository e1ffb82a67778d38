import { describe, expect, test } from '@jest/globals';
import { Cancelled } from '../../src/encryption/ports.ts';
import { readReporting } from '../../src/inputs/inputs.ts';
import { AWS_ALIAS, NEW, REGION, STREAM_ARN } from '../support/account.ts';
import { type Inputs, inputError, inputErrors, MINIMAL_INPUTS, read, readWith } from '../support/inputs.ts';

const SET_REGION =
  'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does';

test('inputs that are empty or left out have their defaults', async () => {
  const times = { timeoutMs: 600_000, settleMs: 5_000 };
  const settings = { mode: 'encrypt', from: null, maxChanges: null, wait: true, ...times, verifyRecords: false };
  expect(await read(MINIMAL_INPUTS)).toMatchObject({ region: REGION, ifNoStreamsFound: 'error', ...settings });
});

describe('the input', () => {
  test.each<[string, readonly string[], (text: string) => object]>([
    ['mode', ['encrypt', 'plan', 'check', 'CHECK'], (text) => ({ mode: text.toLowerCase() })],
    ['if-no-streams-found', ['error', 'warn', 'ignore', 'Warn'], (text) => ({ ifNoStreamsFound: text.toLowerCase() })],
    ['wait', ['true', 'TRUE', 'false', 'False'], (text) => ({ wait: /true/i.test(text) })],
    ['verify-records', ['true', 'True', 'FALSE', 'false'], (text) => ({ verifyRecords: /true/i.test(text) })],
    ['max-changes', ['1', '10', '999999999'], (text) => ({ maxChanges: Number(text) })],
    ['timeout-seconds', ['5.1', '86400', '90.25', '0090'], (text) => ({ timeoutMs: Number(text) * 1000 })],
    ['settle-seconds', ['0', '60', '0.25', '05'], (text) => ({ settleMs: Number(text) * 1000 })],
    ['region', ['us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'eusc-de-east-1'], (region) => ({ region })]
  ])('%s can be each of %j', async (name, texts, request) => {
    for (const text of texts) expect(await readWith({ [name]: text })).toMatchObject(request(text));
  });

  const TIMEOUTS = ['0', '0.9', '86401', '-5', '1e3', '0x10', '10s', '5 0', 'NaN', '.'];
  const REGIONS = ['Frankfurt', 'eu-central', 'eu-central-1.example.com', 'EU-CENTRAL-1', 'a b'];
  const HOME = 'a path is used as it is, without expanding "~": give the full path';
  test.each([
    ['mode', ['dry-run', 'encrypt,check', 'constructor'], 'must be encrypt, plan or check'],
    ['if-no-streams-found', ['warning'], 'must be error, warn or ignore'],
    ['key-type', ['kms', 'constructor'], 'must be aws-owned, customer-managed or any'],
    ['wait', ['yes', '1', 'truefalse'], 'must be true or false'],
    ['report-issue', ['yes'], 'must be true or false'],
    ['max-changes', ['0', '-1', '1.5', 'ten', '1000000000'], 'must be a whole number, 1 or more'],
    ['timeout-seconds', TIMEOUTS, 'must be a decimal number of seconds from 1 to 86400'],
    ['settle-seconds', ['60.1', '-1', '5s', 'five'], 'must be a decimal number of seconds from 0 to 60'],
    ['region', REGIONS, SET_REGION],
    ['report-path', ['reports/', '/'], 'this is a folder: give the path of a file in it'],
    ['report-path', ['~/report.json', '~\\report.json', '~'], HOME]
  ])('%s cannot be any of %j', async (name, texts, remedy) => {
    for (const text of texts) expect(await inputError({ [name]: text })).toBe(`Input ${name} is "${text}": ${remedy}`);
  });

  const ONLY_ENCRYPT = 'works only in mode encrypt, but mode is';
  const MUST_WAIT = 'it must wait for the change to end, so it cannot be combined with wait: false';
  const LESS = 'and must be less; give a smaller value, or 0';
  const MORE = 'which is part of it: give a greater value, or settle-seconds: 0';
  const NEEDS_KEY =
    'Input key-id is missing: key-type customer-managed needs the key to encrypt with (an unset variable is empty)';
  const NO_TOKEN = 'it contains a blank or a line break, which no token does: give github.token';
  test.each<[Inputs, string]>([
    [{ 'max-changes': '1', mode: 'check' }, `Input max-changes is "1": ${ONLY_ENCRYPT} check`],
    [{ 'verify-records': 'true', wait: 'false' }, `Input verify-records is "true": ${MUST_WAIT}`],
    [{ 'verify-records': 'True', mode: 'check' }, `Input verify-records is "True": ${ONLY_ENCRYPT} check: remove`],
    [{ 'timeout-seconds': '10', 'settle-seconds': '10' }, `it is part of timeout-seconds (10) ${LESS}`],
    [{ 'timeout-seconds': '2' }, `Input timeout-seconds is "2": must be greater than settle-seconds (5), ${MORE}`],
    [{ 'key-type': 'customer-managed', mode: 'plan' }, NEEDS_KEY],
    [{ 'key-type': 'kms', 'key-id': 'alias/streams' }, 'Input key-type is "kms": must be aws-owned'],
    [{ 'report-issue': 'true' }, 'Input github-token is missing: report-issue needs it: give github.token'],
    // The token is a secret.
    [{ 'report-issue': 'true', 'github-token': 'ghs_1\nghs_2' }, `Input github-token is "***": ${NO_TOKEN}`]
  ])('cannot be combined: %j', async (inputs, message) => {
    const error = await inputError(inputs);
    expect(error).toContain(message);
    expect(error).not.toContain('ghs_1');
  });
});

describe('the region', () => {
  const BOTH = { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' };
  const noAnswer = () => Promise.reject(new Error('the file does not answer'));

  test.each([
    ['the input', { region: 'us-east-1' }, BOTH, 'us-east-1'],
    ['AWS_REGION', {}, BOTH, 'us-east-2'],
    ['AWS_DEFAULT_REGION', {}, { ...BOTH, AWS_REGION: ' ' }, 'us-west-1']
  ])('is that of %s before a later source, and then no profile is read', async (_, inputs, env, region) => {
    expect((await read({ ...MINIMAL_INPUTS, ...inputs }, env, noAnswer)).region).toBe(region);
  });

  test('is that of the profile at last, and otherwise an error that states how to set it, unless the run is cancelled', async () => {
    expect((await read(MINIMAL_INPUTS, {}, async () => 'eu-west-1')).region).toBe('eu-west-1');
    const reason = `Input region is missing: the file does not answer; ${SET_REGION}`;
    await expect(read(MINIMAL_INPUTS, {}, noAnswer)).rejects.toThrow(reason);
    expect(await inputErrors(MINIMAL_INPUTS, { AWS_DEFAULT_REGION: 'here' })).toEqual([
      'Input region is "here": this comes from AWS_DEFAULT_REGION, which must be a region such as eu-central-1'
    ]);
    const cancelled = new Cancelled();
    await expect(read(MINIMAL_INPUTS, {}, () => Promise.reject(cancelled))).rejects.toBe(cancelled);
  });
});

test('a report and a tracking issue are written only if the inputs say so', () => {
  const readFrom = (inputs: Inputs) => readReporting((name) => inputs[name] ?? '');
  expect(readFrom({ 'github-token': 'ghs_1' })).toEqual({ path: null, issueToken: null });
  // No shell would expand this path.
  const both = { 'report-path': '~report.json', 'report-issue': 'true', 'github-token': 'ghs_1' };
  expect(readFrom(both)).toEqual({ path: '~report.json', issueToken: 'ghs_1' });
});

const ARN = STREAM_ARN.kinesis;
const ELSEWHERE = { 'stream-name': ARN, region: 'us-east-1' };
const KAFKA = { 'stream-kind': 'kafka' };
const APPROVED = { 'approved-key-ids': 'alias/a' };
const FROM = { 'from-key-id': 'alias/b' };
test.each<[Inputs, readonly string[]]>([
  [{ ...MINIMAL_INPUTS, ...APPROVED, ...FROM }, ['approved-key-ids', 'from-key-id']],
  [{ ...MINIMAL_INPUTS, ...APPROVED, mode: 'check', 'key-type': 'kms' }, ['key-type', 'approved-key-ids']],
  [{ ...ELSEWHERE, 'stream-kind': 'firehose' }, ['stream-name', 'stream-name']],
  [{ 'stream-kind': 'firehose', 'stream-name': 'my orders', 'key-id': AWS_ALIAS }, ['stream-name', 'key-id']],
  // No further errors that depend on an invalid kind, mode, key, tag or region.
  [{ ...MINIMAL_INPUTS, 'key-type': 'customer-managed', ...FROM }, ['key-id']],
  [{ ...ELSEWHERE, ...KAFKA }, ['stream-kind', 'stream-name']],
  [{ ...KAFKA, ...FROM, mode: 'x', 'key-type': 'kms' }, ['stream-kind', 'stream-name', 'mode', 'key-type']],
  [{ ...MINIMAL_INPUTS, 'verify-records': 'true', mode: 'x', wait: 'x' }, ['mode', 'wait']],
  [{ ...MINIMAL_INPUTS, ...KAFKA, 'key-id': AWS_ALIAS }, ['stream-kind']],
  [{ ...KAFKA, 'stream-tags': 'team=a' }, ['stream-kind']],
  [{ ...MINIMAL_INPUTS, mode: 'x', 'key-type': 'customer-managed' }, ['mode']],
  [{ 'stream-tags': 'team' }, ['stream-tags']],
  [{ 'stream-name': ARN, 'key-id': NEW, region: 'x' }, ['region']]
])('all errors are reported at once: %j', async (inputs, names) => {
  const errors = await inputErrors(inputs);
  expect(errors.map((error) => /^Input (\S+) is/.exec(error)?.[1])).toEqual(names);
});
