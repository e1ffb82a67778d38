import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assertTokenFile, namedPipes, readCaBundle, readSdkFiles } from '../../src/aws/files.ts';
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

function namedPipe(): string {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
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
  });

  test('cannot hold the web identity token, unless it is not needed', () => {
    const pipe = namedPipe();
    expect(() => assertTokenFile({ AWS_WEB_IDENTITY_TOKEN_FILE: pipe })).toThrow(
      `AWS_WEB_IDENTITY_TOKEN_FILE is ${pipe}, a named pipe: give a regular file`
    );
    assertTokenFile({ AWS_WEB_IDENTITY_TOKEN_FILE: pipe, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' });
    assertTokenFile({ AWS_WEB_IDENTITY_TOKEN_FILE: fileWith('token') });
    assertTokenFile({});
  });
});
