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

let folder: string;
let clock: VirtualClock;
const NOT_CANCELLED = new AbortController().signal;
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

  test.each(['', 'certificates', '-----BEGIN PRIVATE KEY-----'])(
    'without a certificate is an error: %j',
    async (text) => {
      const file = fileWith(text);
      await expect(read({ AWS_CA_BUNDLE: file })).rejects.toThrow(
        `AWS_CA_BUNDLE is ${file}, which contains no certificate: give the path of a file in PEM format`
      );
    }
  );

  test.each([{}, { AWS_CA_BUNDLE: '' }])('is optional: %j', async (env) => {
    expect(await read(env)).toBeUndefined();
  });

  test('that is larger than 10 MiB is an error that names the file', async () => {
    const certificate = '-----BEGIN CERTIFICATE-----\n';
    const file = fileWith(certificate.padEnd(10 * 1024 ** 2));
    expect(await read({ AWS_CA_BUNDLE: file })).toHaveLength(10 * 1024 ** 2);
    appendFileSync(file, 'x');
    await expect(read({ AWS_CA_BUNDLE: file })).rejects.toThrow(
      `AWS_CA_BUNDLE is ${file}, which is larger than 10 MiB`
    );
  });

  test('that is missing is an error that names the file', async () => {
    await expect(read({ AWS_CA_BUNDLE: '/no/such/file.pem' })).rejects.toThrow(
      /^AWS_CA_BUNDLE is \/no\/such\/file\.pem, which cannot be read: .*ENOENT/
    );
  });
});

describe('files that do not answer', () => {
  const never = new Promise<never>(() => undefined);

  test('are given up after ten seconds', async () => {
    const reading = clock.finish(readSdkFiles(never, { env: {}, clock, cancelled: NOT_CANCELLED }));
    await expect(reading).rejects.toThrow('The AWS configuration could not be read within 10 s');
    expect(clock.now()).toBe(10_000);
  });

  test('are given up when the run is cancelled', async () => {
    const cancelled = new Cancelled();
    const reading = readSdkFiles(never, { env: {}, clock, cancelled: AbortSignal.abort(cancelled) });
    await expect(reading).rejects.toBe(cancelled);
  });

  test('do not delay those that do', async () => {
    const tools = { env: {}, clock, cancelled: NOT_CANCELLED };
    expect(await readSdkFiles(Promise.resolve('eu-west-1'), tools)).toBe('eu-west-1');
    expect(clock.now()).toBe(0);
  });
});

describePipes('named pipes', () => {
  test('among the files of the SDK are named', () => {
    const pipe = namedPipe();
    const env = { AWS_CONFIG_FILE: pipe, AWS_SHARED_CREDENTIALS_FILE: fileWith(''), AWS_PROFILE: pipe };
    expect(namedPipes(env)).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
    expect(namedPipes({ AWS_CONFIG_FILE: '/no/such/file' })).toBe('');
    expect(namedPipes({ HOME: folder, AWS_CONFIG_FILE: '~/pipe' })).toBe(`AWS_CONFIG_FILE is ${pipe}, a named pipe`);
  });

  test('in the home folder are named', () => {
    mkdirSync(join(folder, '.aws'));
    const pipe = namedPipe('.aws/credentials');
    expect(namedPipes({ HOME: folder })).toBe(`~/.aws/credentials is ${pipe}, a named pipe`);
    expect(namedPipes({ HOME: folder, AWS_SHARED_CREDENTIALS_FILE: fileWith('') })).toBe('');
  });
});

describe('a file of profiles', () => {
  const variables = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'];

  test.each(variables)('in %s cannot be larger than 10 MiB', async (variable) => {
    const file = fileWith('#'.repeat(10 * 1024 ** 2));
    await expect(check({ [variable]: file })).resolves.toBeUndefined();
    appendFileSync(file, '#');
    await expect(check({ [variable]: file })).rejects.toThrow(
      `${variable} is ${file}, which is larger than 10 MiB: give a smaller file`
    );
  });

  test.each(variables)('in %s can be the null device', async (variable) => {
    await expect(check({ [variable]: devNull })).resolves.toBeUndefined();
  });
});

describePipes('a device without an end', () => {
  test.each([
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'NODE_EXTRA_CA_CERTS',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'
  ])('is refused as %s', (variable) => {
    return expect(check({ [variable]: '/dev/zero' })).rejects.toThrow(
      `${variable} is /dev/zero, a device: give a regular file`
    );
  });
});

describePipes('the web identity token', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

  test.each([
    ['without keys', {}],
    ['with half a pair of keys', { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }],
    ['with AWS_PROFILE beside the keys', { ...KEYS, AWS_PROFILE: 'x' }]
  ])('cannot be in a named pipe or a device %s', async (_when, env) => {
    const pipe = namedPipe();
    const message = `AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`;
    await expect(check({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })).rejects.toThrow(message);
    await expect(check({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: '/dev/zero' })).rejects.toThrow('/dev/zero, a device');
  });

  test.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])(
    'of a profile in %s cannot either',
    async (variable) => {
      const pipe = namedPipe();
      const file = fileWith(`[default]\r\nregion = x\r\n[profile ci]\r\n  web_identity_token_file=${pipe} # token\r\n`);
      await expect(check({ [variable]: file })).rejects.toThrow(
        `web_identity_token_file in ${file} is ${pipe}, a named pipe`
      );
    }
  );

  test('can be in a regular file, and in any if the SDK does not need it', async () => {
    const pipe = namedPipe();
    await expect(check({ ...KEYS, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })).resolves.toBeUndefined();
    await expect(
      check({ AWS_WEB_IDENTITY_TOKEN_FILE: fileWith('token'), AWS_CONFIG_FILE: pipe })
    ).resolves.toBeUndefined();
    await expect(
      check({ AWS_CONFIG_FILE: fileWith('[default]\nweb_identity_token_file = /no/such/file\n') })
    ).resolves.toBeUndefined();
    await expect(check({})).resolves.toBeUndefined();
  });
});
