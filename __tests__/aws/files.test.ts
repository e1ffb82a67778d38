/** The files of AWS. For named pipes as each file of a step, see campaign/blocked-files.test.ts. */

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { secretsInFiles } from '../../src/aws/credential-files.ts';
import { assertRegularFiles, namedPipes, readCaBundle, readSdkFiles } from '../../src/aws/files.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

// Windows has no named pipes in folders.
const testPipes = process.platform === 'win32' ? test.skip : test;

const LIMIT_BYTES = 10 * 1024 ** 2;

let home: string;
let clock: VirtualClock;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stream-encryption-files-'));
  clock = new VirtualClock();
});
afterEach(() => rmSync(home, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function namedPipe(name = 'pipe'): string {
  const pipe = join(home, name);
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

function tools(env: Record<string, string> = {}) {
  return { env: { HOME: home, ...env }, clock, cancelled: new AbortController().signal };
}

describe('AWS_CA_BUNDLE', () => {
  test('is optional, and is read with any label of a certificate', async () => {
    expect(await readCaBundle(tools({ AWS_CA_BUNDLE: '' }))).toBeUndefined();
    for (const label of ['CERTIFICATE', 'TRUSTED CERTIFICATE', 'X509 CERTIFICATE']) {
      const text = `# The authority\n-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;
      expect(await readCaBundle(tools({ AWS_CA_BUNDLE: write('bundle', text) }))).toBe(text);
    }
  });

  test('must contain a certificate', async () => {
    const AWS_CA_BUNDLE = write('bundle', '-----BEGIN PRIVATE KEY-----');
    await expect(readCaBundle(tools({ AWS_CA_BUNDLE }))).rejects.toThrow(
      `AWS_CA_BUNDLE is ${AWS_CA_BUNDLE}, which contains no certificate: give the path of a file in PEM format`
    );
  });

  test('must not be larger than 10 MiB, nor missing', async () => {
    const AWS_CA_BUNDLE = write('bundle', '-----BEGIN CERTIFICATE-----\n'.padEnd(LIMIT_BYTES));
    expect(await readCaBundle(tools({ AWS_CA_BUNDLE }))).toHaveLength(LIMIT_BYTES);
    appendFileSync(AWS_CA_BUNDLE, 'x');
    await expect(readCaBundle(tools({ AWS_CA_BUNDLE }))).rejects.toThrow('which is larger than 10 MiB: give a file of');
    await expect(readCaBundle(tools({ AWS_CA_BUNDLE: '/no/such/file.pem' }))).rejects.toThrow(
      /^AWS_CA_BUNDLE is \/no\/such\/file\.pem, which cannot be read: .*ENOENT.* Give the path of a file in PEM format$/
    );
  });
});

test('files that do not answer are given up after ten seconds, or when the run is cancelled', async () => {
  const never = new Promise<never>(() => undefined);
  expect(await readSdkFiles(Promise.resolve('eu-west-1'), tools())).toBe('eu-west-1');
  const cancelled = new Cancelled();
  const reading = readSdkFiles(never, { ...tools(), cancelled: AbortSignal.abort(cancelled) });
  await expect(reading).rejects.toBe(cancelled);
  expect(clock.now()).toBe(0);
  await expect(clock.finish(readSdkFiles(never, tools()))).rejects.toThrow(
    'The AWS configuration could not be read within 10 s: give a regular file, on a disk that answers'
  );
  expect(clock.now()).toBe(10_000);
});

describe('the files that the SDK or Node reads at once', () => {
  const check = (env: Record<string, string>) => assertRegularFiles(tools(env));

  test('can be the null device, but not larger than 10 MiB', async () => {
    await check({ AWS_CONFIG_FILE: devNull });
    const AWS_CONFIG_FILE = write('large', '#'.repeat(LIMIT_BYTES));
    await check({ AWS_CONFIG_FILE });
    appendFileSync(AWS_CONFIG_FILE, '#');
    const message = `AWS_CONFIG_FILE is ${AWS_CONFIG_FILE}, which is larger than 10 MiB: give a smaller file`;
    await expect(check({ AWS_CONFIG_FILE })).rejects.toThrow(message);
  });

  testPipes.each([
    'AWS_CONFIG_FILE',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    'NODE_EXTRA_CA_CERTS',
    'AWS_WEB_IDENTITY_TOKEN_FILE'
  ])('must not be a device without an end: %s', async (variable) => {
    const message = `${variable} is /dev/zero, a device: give a regular file`;
    await expect(check({ [variable]: '/dev/zero' })).rejects.toThrow(message);
  });

  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  testPipes('are checked only where the SDK needs a token', async () => {
    const pipe = namedPipe();
    const AWS_WEB_IDENTITY_TOKEN_FILE = pipe;
    for (const env of [{}, { AWS_ACCESS_KEY_ID: 'AKIA' }, { ...KEYS, AWS_PROFILE: 'x' }]) {
      const message = `AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`;
      await expect(check({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE })).rejects.toThrow(message);
    }
    const AWS_CONFIG_FILE = write(
      'config',
      `[default]\r\n[profile ci]\r\n  web_identity_token_file=${pipe} # token\r\n`
    );
    const message = `web_identity_token_file in ${AWS_CONFIG_FILE} is ${pipe}, a named pipe: give a regular file`;
    await expect(check({ AWS_CONFIG_FILE })).rejects.toThrow(message);

    await check({ ...KEYS, AWS_WEB_IDENTITY_TOKEN_FILE });
    await check({ AWS_WEB_IDENTITY_TOKEN_FILE: write('token', 'token'), AWS_CONFIG_FILE: pipe });
  });
});

testPipes('the named pipes among the files of profiles are named', () => {
  const pipe = namedPipe();
  const env = { AWS_CONFIG_FILE: pipe, AWS_SHARED_CREDENTIALS_FILE: write('file', '') };
  expect(namedPipes(env)).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
  expect(namedPipes({ HOME: home, AWS_CONFIG_FILE: '~/pipe' })).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
  mkdirSync(join(home, '.aws'));
  const inHome = namedPipe('.aws/credentials');
  expect(namedPipes({ HOME: home })).toBe(`~/.aws/credentials is ${inHome}, a named pipe`);
});

describe('the secrets in the files of credentials', () => {
  async function secrets(env: Record<string, string>): Promise<string[]> {
    return (await secretsInFiles(tools(env))).filter((secret) => secret !== '');
  }

  test('are the keys and tokens of all profiles, without comments', async () => {
    const credentials =
      '[a]\r\naws_access_key_id = id\r\naws_secret_access_key = key/a=1 # old\r\n[b]\n  AWS_SECRET_ACCESS_KEY=key-b\naws_session_token =token-b\n# aws_session_token = none\nregion = eu-central-1\n';
    const AWS_SHARED_CREDENTIALS_FILE = write('credentials', credentials);
    expect(await secrets({ AWS_SHARED_CREDENTIALS_FILE })).toEqual(['key/a=1', 'key-b', 'token-b']);
  });

  test('are looked up in the home directory, too, with the tokens of aws sso login and aws login', async () => {
    write('.aws/credentials', 'aws_secret_access_key = one');
    write('.aws/config', 'aws_session_token = two');
    write('.aws/sso/cache/1.json', '{"startUrl": "https://a", "accessToken": "sso-one", "clientSecret":"sso-two"}');
    write('.aws/sso/cache/2.json', 'not JSON');
    expect(await secrets({})).toEqual(['two', 'one', 'sso-one', 'sso-two']);
    const login = { accessToken: { accessKeyId: 'AKIA', secretAccessKey: 'key', sessionToken: 'token' } };
    write('login/3.json', JSON.stringify(login));
    const AWS_LOGIN_CACHE_DIRECTORY = join(home, 'login');
    expect((await secrets({ AWS_LOGIN_CACHE_DIRECTORY })).slice(-2)).toEqual(['key', 'token']);
  });

  test('are the tokens in files that a variable or a profile names', async () => {
    const env = {
      AWS_CONFIG_FILE: write('config', `[a]\nweb_identity_token_file = ${write('one', 'jwt-one')}\n`),
      AWS_WEB_IDENTITY_TOKEN_FILE: write('two', 'jwt-two'),
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: write('three', 'token-three')
    };
    expect(await secrets(env)).toEqual(['jwt-one', 'jwt-two', 'token-three']);
  });

  test('are given up after a second in a file that does not answer, and when the run is cancelled', async () => {
    const given = tools({ AWS_CONFIG_FILE: write('slow', ''), AWS_SHARED_CREDENTIALS_FILE: write('fast', '') });
    const read = (path: string) =>
      path.endsWith('slow') ? new Promise<never>(() => {}) : Promise.resolve('aws_session_token = token');
    expect(await clock.finish(secretsInFiles(given, read))).toContain('token');
    expect(clock.now()).toBe(1_000);
    await clock.finish(secretsInFiles({ ...given, cancelled: AbortSignal.abort(new Cancelled()) }, read));
    expect(clock.now()).toBe(1_000);
  });

  testPipes('are not looked for where there is no regular file, or one that is too large', async () => {
    symlinkSync(join(home, 'loop'), join(home, 'loop'));
    const large = write('large', `aws_session_token = token\n${'#'.repeat(2 ** 20)}`);
    for (const path of [namedPipe(), home, '/nowhere/token', join(home, 'loop'), large]) {
      expect(await secrets({ AWS_CONFIG_FILE: path, AWS_WEB_IDENTITY_TOKEN_FILE: path })).toEqual([]);
    }
  });
});
