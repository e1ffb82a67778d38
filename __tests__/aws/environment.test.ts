import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
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
function namesInSdk(): Set<string> {
  const names = new Set<string>();
  for (const scope of ['node_modules/@aws-sdk', 'node_modules/@smithy']) {
    for (const file of readdirSync(scope, { recursive: true, encoding: 'utf8' })) {
      if (!/dist-cjs\/.*\.js$/.test(file)) continue;
      const code = readFileSync(join(scope, file), 'utf8');
      for (const [, name = ''] of code.matchAll(/(?:["'`]|env\??\.)(AWS_[A-Z0-9_]+)/g)) names.add(name);
    }
  }
  return names;
}

/** Values of the services' enums, and the prefix of variables of other services. */
const NO_VARIABLES = ['AWS_KMS', 'AWS_CLOUDHSM', 'AWS_OWNED_CMK', 'AWS_BEARER_TOKEN_'];

test('the tests know every variable that the SDK reads', () => {
  const known = new Set([...SDK_VARIABLES.map(({ name }) => name), ...NO_VARIABLES]);
  expect([...namesInSdk()].filter((name) => !known.has(name))).toEqual([]);
});

describe('a variable of the SDK', () => {
  test.each(SDK_VARIABLES)('$name counts as unset if it is empty or blank', ({ name }) => {
    for (const value of ['', ' ', '\n', ' \r\n\t']) expect(clean({ [name]: value })).toEqual({});
  });

  test.each(SDK_VARIABLES)('$name may be one of $right, with blanks and line breaks around it', ({ name, right }) => {
    for (const value of right) {
      const env = clean({ [name]: ` ${value}\r\n` });
      expect(env).toEqual({ [name]: value });
      expect(() => assertEnvironment(env)).not.toThrow();
    }
  });

  test.each(SDK_VARIABLES.filter(({ wrong }) => wrong.length > 0))(
    '$name must not be one of $wrong',
    ({ name, wrong }) => {
      for (const value of wrong) {
        expect(() => assertEnvironment(clean({ [name]: value }))).toThrow(`${name} is ${value}: it must b`);
      }
    }
  );
});

describe('the values of a fixed set', () => {
  test('may be written in any case, and get the spelling that the SDK understands', () => {
    expect(
      clean({
        AWS_USE_FIPS_ENDPOINT: 'TRUE',
        AWS_RETRY_MODE: 'Adaptive',
        AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'ipv6'
      })
    ).toEqual({
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_RETRY_MODE: 'adaptive',
      AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6'
    });
  });

  test('are named in the error', () => {
    expect(() => assertEnvironment({ AWS_USE_FIPS_ENDPOINT: 'yes', AWS_RETRY_MODE: 'often' })).toThrow(
      'AWS_RETRY_MODE is often: it must be standard, adaptive or legacy; AWS_USE_FIPS_ENDPOINT is yes: it must be true or false'
    );
  });
});

test('an endpoint with a password is not printed', () => {
  expect(() => assertEnvironment({ AWS_ENDPOINT_URL: 'ftp://robot:hidden@aws.example' })).toThrow(
    /^AWS_ENDPOINT_URL: it must be a URL that begins with http:\/\/ or https:\/\/$/
  );
});

describe('the keys in the environment', () => {
  const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

  test.each(KEYS)('%s: a line break inside it is an error that names the variable and not the value', (name) => {
    expect(() => assertEnvironment({ [name]: 'first\nsecond' })).toThrow(
      new RegExp(`^${name} contains a blank, a line break or another character that no credential contains`)
    );
    expect(() => assertEnvironment({ [name]: 'first\nsecond' })).not.toThrow(/first|second/);
  });

  test.each(KEYS)('%s: a byte order mark before it is removed', (name) => {
    expect(clean({ [name]: '\uFEFFAKIA/+=\r\n' })).toEqual({ [name]: 'AKIA/+=' });
  });

  test('are not checked with AWS_PROFILE, because the SDK does not use them', () => {
    expect(() => assertEnvironment({ AWS_PROFILE: 'ci', AWS_SESSION_TOKEN: 'first\nsecond' })).not.toThrow();
  });
});

describe('the home directory', () => {
  test('is left as it is', () => {
    expect(clean({ HOME: '/home/runner', OTHER: '' })).toEqual({ HOME: '/home/runner', OTHER: '' });
  });

  test('is / if the user has none', () => {
    const env = {};
    cleanEnvironment(env, () => {
      throw new Error('uv_os_homedir returned ENOENT');
    });
    expect(env).toEqual({ HOME: '/' });
  });

  test('is that of the user if HOME is empty', () => {
    expect(clean({ HOME: ' ' })).toEqual({});
  });
});

describe('the endpoint variables of a host', () => {
  const env = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ENDPOINT_URL_KMS: 'https://KMS.example:443/path',
    AWS_ENDPOINT_URL_KINESIS: 'http://127.0.0.1:4566/',
    AWS_ENDPOINT_URL_STS: 'no URL',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566'
  };
  test.each([
    ['127.0.0.1:4566', ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_KINESIS']],
    ['kms.example', ['AWS_ENDPOINT_URL_KMS']],
    ['kinesis.us-east-1.amazonaws.com', []]
  ])('%s: %j', (host, variables) => {
    expect(endpointVariables(env, host)).toEqual(variables);
  });
});

describe('the sources of the credentials', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'hidden' };
  test.each([
    ['keys', KEYS, ''],
    ['keys and a file that the SDK does not read', { ...KEYS, AWS_CONFIG_FILE: '/config' }, ''],
    ['nothing', {}, ''],
    [
      'an endpoint with a token',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/creds?token=hidden' },
      'AWS_CONTAINER_CREDENTIALS_FULL_URI is http://127.0.0.1/creds?…: the credentials come from there'
    ],
    ['a key id alone', { AWS_ACCESS_KEY_ID: 'AKIA' }, 'AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not'],
    [
      'a secret key alone',
      { AWS_SECRET_ACCESS_KEY: 'hidden' },
      'AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not'
    ],
    [
      'a profile beside keys',
      { ...KEYS, AWS_PROFILE: 'ci' },
      'AWS_PROFILE is ci: the credentials come from there, not from AWS_ACCESS_KEY_ID'
    ],
    [
      'a role',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci' },
      'AWS_WEB_IDENTITY_TOKEN_FILE is /token, AWS_ROLE_ARN is arn:aws:iam::111122223333:role/ci: the credentials come from there'
    ]
  ])('%s', (_, env, expected) => {
    expect(credentialSources(env)).toBe(expected);
  });
});
