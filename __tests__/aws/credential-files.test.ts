import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { secretsInFiles } from '../../src/aws/credential-files.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'credential-files-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

async function secrets(env: Readonly<Record<string, string>>): Promise<string[]> {
  const tools = { env: { HOME: home, ...env }, clock: new VirtualClock(), cancelled: new AbortController().signal };
  return (await secretsInFiles(tools)).filter((secret) => secret !== '');
}

describe('the secrets in the files of credentials', () => {
  test('are the keys and tokens of all profiles, without comments', async () => {
    const credentials =
      '[a]\r\naws_access_key_id = id\r\naws_secret_access_key = key/a=1 # old\r\n[b]\n  AWS_SECRET_ACCESS_KEY=key-b\naws_session_token =token-b\n# aws_session_token = none\nregion = eu-central-1\n';
    expect(await secrets({ AWS_SHARED_CREDENTIALS_FILE: write('credentials', credentials) })).toEqual([
      'key/a=1',
      'key-b',
      'token-b'
    ]);
  });

  test('are looked up in the home directory, too', async () => {
    mkdirSync(join(home, '.aws'));
    write('.aws/credentials', 'aws_secret_access_key = one');
    write('.aws/config', 'aws_session_token = two');
    write('other', 'aws_session_token = three');
    expect(await secrets({})).toEqual(['two', 'one']);
    expect(await secrets({ AWS_CONFIG_FILE: '~/other' })).toEqual(['three', 'one']);
  });

  test('are the tokens in files that a variable or a profile names', async () => {
    const env = {
      AWS_CONFIG_FILE: write('config', `[a]\nweb_identity_token_file = ${write('one', 'jwt-one')}\n`),
      AWS_WEB_IDENTITY_TOKEN_FILE: write('two', 'jwt-two'),
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: write('three', 'token-three')
    };
    expect(await secrets(env)).toEqual(['jwt-one', 'jwt-two', 'token-three']);
  });

  test('are the tokens of aws sso login and aws login', async () => {
    mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    write('.aws/sso/cache/1.json', '{"startUrl": "https://a", "accessToken": "sso-one", "clientSecret":"sso-two"}');
    write('.aws/sso/cache/2.json', 'not JSON');
    const folder = join(home, 'login');
    mkdirSync(folder);
    const login = { accessToken: { accessKeyId: 'AKIA', secretAccessKey: 'key', sessionToken: 'token' } };
    write('login/3.json', JSON.stringify(login));
    expect(await secrets({ AWS_LOGIN_CACHE_DIRECTORY: folder })).toEqual(['sso-one', 'sso-two', 'key', 'token']);
  });

  test('are given up after a second in a file that does not answer, and when the run is cancelled', async () => {
    const clock = new VirtualClock();
    const env = { HOME: home, AWS_CONFIG_FILE: write('slow', ''), AWS_SHARED_CREDENTIALS_FILE: write('fast', '') };
    const read = (path: string) =>
      path.endsWith('slow') ? new Promise<never>(() => {}) : Promise.resolve('aws_session_token = token');
    const tools = { env, clock, cancelled: new AbortController().signal };
    expect((await clock.finish(secretsInFiles(tools, read))).filter((secret) => secret !== '')).toEqual(['token']);
    expect(clock.now()).toBe(1_000);
    await clock.finish(secretsInFiles({ ...tools, cancelled: AbortSignal.abort(new Cancelled()) }, read));
    expect(clock.now()).toBe(1_000);
  });

  test('are not looked for where there is no regular file, or one that is too large', async () => {
    const pipe = join(home, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(join(home, 'loop'), join(home, 'loop'));
    const large = write('large', `aws_session_token = token\n${'#'.repeat(2 ** 20)}`);
    for (const path of [pipe, home, '/nowhere/token', join(home, 'loop'), `eyJ${'x'.repeat(5_000)}`, large]) {
      expect(await secrets({ AWS_CONFIG_FILE: path, AWS_WEB_IDENTITY_TOKEN_FILE: path })).toEqual([]);
    }
  });
});
