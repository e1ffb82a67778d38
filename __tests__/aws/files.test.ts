import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assertRegularFiles, namedPipes, readCaBundle, readSdkFiles } from '../../src/aws/files.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

// Windows has no named pipes in folders.
const describePipes = process.platform === 'win32' ? describe.skip : describe;

const LIMIT_BYTES = 10 * 1024 ** 2;
const PROFILE_FILES = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];
const NOT_CANCELLED = new AbortController().signal;

let folder: string;
let clock: VirtualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-files-'));
  clock = new VirtualClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'file');
  writeFileSync(file, text);
  return file;
}

function namedPipe(name = 'pipe'): string {
  const pipe = join(folder, name);
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

/** Rejects if a file among these cannot be read by the SDK or Node. */
function check(env: Record<string, string>): Promise<void> {
  return assertRegularFiles({ env: { HOME: folder, ...env }, clock, cancelled: NOT_CANCELLED });
}

describe('AWS_CA_BUNDLE', () => {
  const read = (env: Record<string, string>) => readCaBundle({ env, clock, cancelled: NOT_CANCELLED });

  test.each(['CERTIFICATE', 'TRUSTED CERTIFICATE', 'X509 CERTIFICATE'])('is read: %s', async (label) => {
    const text = `# The authority\n-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;
    expect(await read({ AWS_CA_BUNDLE: fileWith(text) })).toBe(text);
  });

  test('is optional', async () => {
    expect(await read({})).toBeUndefined();
    expect(await read({ AWS_CA_BUNDLE: '' })).toBeUndefined();
  });

  test.each(['', 'certificates', '-----BEGIN PRIVATE KEY-----'])('must contain a certificate: %j', async (text) => {
    const file = fileWith(text);
    await expect(read({ AWS_CA_BUNDLE: file })).rejects.toThrow(
      `AWS_CA_BUNDLE is ${file}, which contains no certificate: give the path of a file in PEM format`
    );
  });

  test('must not be larger than 10 MiB, nor missing', async () => {
    const file = fileWith('-----BEGIN CERTIFICATE-----\n'.padEnd(LIMIT_BYTES));
    expect(await read({ AWS_CA_BUNDLE: file })).toHaveLength(LIMIT_BYTES);
    appendFileSync(file, 'x');
    const tooLarge = `AWS_CA_BUNDLE is ${file}, which is larger than 10 MiB: give a file of certificates only`;
    await expect(read({ AWS_CA_BUNDLE: file })).rejects.toThrow(tooLarge);
    await expect(read({ AWS_CA_BUNDLE: '/no/such/file.pem' })).rejects.toThrow(
      /^AWS_CA_BUNDLE is \/no\/such\/file\.pem, which cannot be read: .*ENOENT.* Give the path of a file in PEM format$/
    );
  });
});

describe('files that do not answer', () => {
  const never = new Promise<never>(() => undefined);

  test('are given up after ten seconds, or when the run is cancelled; others are not delayed', async () => {
    const tools = { env: {}, clock, cancelled: NOT_CANCELLED };
    expect(await readSdkFiles(Promise.resolve('eu-west-1'), tools)).toBe('eu-west-1');
    const cancelled = new Cancelled();
    const reading = readSdkFiles(never, { ...tools, cancelled: AbortSignal.abort(cancelled) });
    await expect(reading).rejects.toBe(cancelled);
    expect(clock.now()).toBe(0);
    await expect(clock.finish(readSdkFiles(never, tools))).rejects.toThrow(
      'The AWS configuration could not be read within 10 s: give a regular file, on a disk that answers'
    );
    expect(clock.now()).toBe(10_000);
  });
});

describe.each(PROFILE_FILES)('a file of profiles in %s', (variable) => {
  test('can be the null device, but not larger than 10 MiB', async () => {
    await expect(check({ [variable]: devNull })).resolves.toBeUndefined();
    const file = fileWith('#'.repeat(LIMIT_BYTES));
    await expect(check({ [variable]: file })).resolves.toBeUndefined();
    appendFileSync(file, '#');
    const message = `${variable} is ${file}, which is larger than 10 MiB: give a smaller file`;
    await expect(check({ [variable]: file })).rejects.toThrow(message);
  });
});

describePipes('named pipes and devices', () => {
  test('among the files of the SDK are named', () => {
    const pipe = namedPipe();
    const env = { AWS_CONFIG_FILE: pipe, AWS_SHARED_CREDENTIALS_FILE: fileWith(''), AWS_PROFILE: pipe };
    expect(namedPipes(env)).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
    expect(namedPipes({ AWS_CONFIG_FILE: '/no/such/file' })).toBe('');
    expect(namedPipes({ HOME: folder, AWS_CONFIG_FILE: '~/pipe' })).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
    mkdirSync(join(folder, '.aws'));
    const inHome = namedPipe('.aws/credentials');
    expect(namedPipes({ HOME: folder })).toBe(`~/.aws/credentials is ${inHome}, a named pipe`);
    expect(namedPipes({ HOME: folder, AWS_SHARED_CREDENTIALS_FILE: fileWith('') })).toBe('');
  });

  test.each([...PROFILE_FILES, 'NODE_EXTRA_CA_CERTS', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'])(
    'without an end are refused as %s',
    async (variable) => {
      const message = `${variable} is /dev/zero, a device: give a regular file`;
      await expect(check({ [variable]: '/dev/zero' })).rejects.toThrow(message);
    }
  );

  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  test.each([
    ['without keys', {}],
    ['with half a pair of keys', { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }],
    ['with AWS_PROFILE beside the keys', { ...KEYS, AWS_PROFILE: 'x' }]
  ])('cannot hold the web identity token %s', async (_when, env) => {
    const pipe = namedPipe();
    const message = `AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`;
    await expect(check({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })).rejects.toThrow(message);
    await expect(check({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: '/dev/zero' })).rejects.toThrow('/dev/zero, a device');
  });

  test.each(PROFILE_FILES)('cannot hold the web identity token of a profile in %s', async (variable) => {
    const pipe = namedPipe();
    const file = fileWith(`[default]\r\nregion = x\r\n[profile ci]\r\n  web_identity_token_file=${pipe} # token\r\n`);
    const message = `web_identity_token_file in ${file} is ${pipe}, a named pipe: give a regular file`;
    await expect(check({ [variable]: file })).rejects.toThrow(message);
  });

  test('are no error where the SDK needs no token', async () => {
    const pipe = namedPipe();
    await check({ ...KEYS, AWS_WEB_IDENTITY_TOKEN_FILE: pipe });
    await check({ AWS_WEB_IDENTITY_TOKEN_FILE: fileWith('token'), AWS_CONFIG_FILE: pipe });
    await check({ AWS_CONFIG_FILE: fileWith('[default]\nweb_identity_token_file = /no/such/file\n') });
    await check({});
  });
});
