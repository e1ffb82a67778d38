import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  assertEnvironment,
  cleanEnvironment,
  credentialSources,
  endpointVariables
} from '../../src/aws/environment.ts';
import { SDK_VARIABLES } from '../support/sdk-variables.ts';

const home = () => '/home/runner';

function clean(env: Record<string, string>): Record<string, string> {
  cleanEnvironment(env, home);
  return env;
}

/** The names of variables in the code of the SDK, as `"AWS_…"` or `env.AWS_…`. */
function namesInSdk(scope: string): string[] {
  const files = readdirSync(scope, { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => /dist-cjs\/.*\.js$/.test(file));
  return scripts.flatMap((file) => {
    const names = readFileSync(join(scope, file), 'utf8').matchAll(/(?:["'`]|env\??\.)(AWS_[A-Z0-9_]+)/g);
    return Array.from(names, ([, name = '']) => name);
  });
}

test('the tests know every variable that the SDK reads', () => {
  /** Values of the services' enums, and the prefix of variables of other services. */
  const noVariables = ['AWS_KMS', 'AWS_CLOUDHSM', 'AWS_OWNED_CMK', 'AWS_BEARER_TOKEN_'];
  const known = [...SDK_VARIABLES.map(({ name }) => name), ...noVariables];
  const names = ['node_modules/@aws-sdk', 'node_modules/@smithy'].flatMap(namesInSdk);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

test.each(SDK_VARIABLES)('$name may be blank, or $right with blanks around it, but not $wrong', (variable) => {
  const { name, right, wrong } = variable;
  for (const value of ['', ' ', '\n', ' \r\n\t']) expect(clean({ [name]: value })).toEqual({});
  for (const value of right) {
    const env = clean({ [name]: ` ${value}\r\n` });
    expect(env).toEqual({ [name]: value });
    expect(() => assertEnvironment(env)).not.toThrow();
  }
  for (const value of wrong) {
    expect(() => assertEnvironment(clean({ [name]: value }))).toThrow(`${name} is ${value}: it must b`);
  }
});

test('the values of a fixed set may be written in any case, and get the spelling that the SDK understands', () => {
  const ipMode = 'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE';
  const cleaned = clean({ AWS_USE_FIPS_ENDPOINT: 'TRUE', AWS_RETRY_MODE: 'Adaptive', [ipMode]: 'ipv6' });
  expect(cleaned).toEqual({ AWS_USE_FIPS_ENDPOINT: 'true', AWS_RETRY_MODE: 'adaptive', [ipMode]: 'IPv6' });
});

test('all wrong values are named, but no password in a URL', () => {
  const values = { AWS_RETRY_MODE: 'often', AWS_MAX_ATTEMPTS: '0', AWS_ROLE_ARN: 'ci' };
  const message = [
    'AWS_RETRY_MODE is often: it must be standard, adaptive or legacy',
    'AWS_ENDPOINT_URL: it must be a URL that begins with http:// or https://',
    'AWS_MAX_ATTEMPTS is 0: it must be a whole number, 1 or more',
    'AWS_ROLE_ARN is ci: it must be the ARN of a role'
  ].join('; ');
  const env = { ...values, AWS_ENDPOINT_URL: 'ftp://robot:hidden@aws.example' };
  expect(() => assertEnvironment(env)).toThrow(new Error(message));
});

test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])('%s must be a header value', (name) => {
  expect(clean({ [name]: '\uFEFFAKIA/+=\r\n' })).toEqual({ [name]: 'AKIA/+=' });
  // The error does not contain the value.
  const message = `${name} contains a blank, a line break or another character that no credential contains: set it to exactly what AWS issued`;
  expect(() => assertEnvironment({ [name]: 'first\nsecond' })).toThrow(new Error(message));
  // With a profile, the SDK does not use the key.
  expect(() => assertEnvironment({ AWS_PROFILE: 'ci', [name]: 'first\nsecond' })).not.toThrow();
});

test('HOME is left as it is, removed if it is blank, and / if the user has none', () => {
  expect(clean({ HOME: '/home/runner', OTHER: '' })).toEqual({ HOME: '/home/runner', OTHER: '' });
  expect(clean({ HOME: ' ' })).toEqual({});
  const env = {};
  cleanEnvironment(env, () => {
    throw new Error('uv_os_homedir returned ENOENT');
  });
  expect(env).toEqual({ HOME: '/' });
});

test('the endpoint variables of a host are those with its name and port', () => {
  const env = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ENDPOINT_URL_KMS: 'https://KMS.example:443/path',
    AWS_ENDPOINT_URL_KINESIS: 'http://127.0.0.1:4566/',
    AWS_ENDPOINT_URL_STS: 'no URL',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566'
  };
  expect(endpointVariables(env, '127.0.0.1:4566')).toEqual(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_KINESIS']);
  expect(endpointVariables(env, 'kms.example')).toEqual(['AWS_ENDPOINT_URL_KMS']);
});

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'hidden' };
const FROM_THERE = 'the credentials come from there';
test.each<[Record<string, string>, string]>([
  [{ ...KEYS, AWS_CONFIG_FILE: '/config' }, ''],
  [{ ...KEYS, AWS_PROFILE: 'ci' }, `AWS_PROFILE is ci: ${FROM_THERE}, not from AWS_ACCESS_KEY_ID`],
  [{}, ''],
  [{ AWS_ACCESS_KEY_ID: 'AKIA' }, 'AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not'],
  [{ AWS_SECRET_ACCESS_KEY: 'hidden' }, 'AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not'],
  [
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/creds?token=hidden' },
    `AWS_CONTAINER_CREDENTIALS_FULL_URI is http://127.0.0.1/creds?…: ${FROM_THERE}`
  ],
  [
    { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci' },
    `AWS_WEB_IDENTITY_TOKEN_FILE is /token, AWS_ROLE_ARN is arn:aws:iam::111122223333:role/ci: ${FROM_THERE}`
  ]
])('the sources of the credentials with %j: %s', (env, expected) => {
  expect(credentialSources(env)).toBe(expected);
});
