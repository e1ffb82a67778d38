/** The secrets in the files that the SDK reads credentials from. A service may quote any of them, not only those of a signature. */

import { readdir } from 'node:fs';
import { join } from 'node:path';
import { type FileTools, homeFolder, profileFiles, readText, statOf } from './files.ts';

/** Far more than a file with the profiles of a machine. */
const MAX_PROFILES_BYTES = 2 ** 20;
/** STS accepts tokens of at most 20,000 characters. Source: STS API, AssumeRoleWithWebIdentity. */
const MAX_TOKEN_BYTES = 20_000;

const TOKEN_FIELD = /"(?:accessToken|refreshToken|clientSecret|secretAccessKey|sessionToken|idToken)"\s*:\s*"([^"]+)"/g;

const SECRET_SETTING = /^\s*(aws_secret_access_key|aws_session_token|web_identity_token_file)\s*=(.*)$/gim;

/**
 * How long the files may take. One that takes longer is reported when the SDK reads it, and then nothing of it can have been
 * printed.
 */
const LIMIT_MS = 1_000;

/** The secret keys, session tokens and tokens in these files. Ignores what is not a regular file, is too large or cannot be read. */
export async function secretsInFiles(env: FileTools['env']): Promise<string[]> {
  const tokens = [env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ?? ''];
  const secrets = await Promise.all([
    ...profileFiles(env).map(({ path }) => secretsInProfiles(path)),
    ...tokens.map(async (path) => [await readToken(path)]),
    ...tokenFolders(env).map(secretsInTokens)
  ]);
  return secrets.flat();
}

/** Where the AWS CLI keeps the tokens of `aws sso login` and `aws login`, which the SDK reads. */
function tokenFolders(env: FileTools['env']): string[] {
  const folder = join(homeFolder(env), '.aws');
  return [join(folder, 'sso', 'cache'), env.AWS_LOGIN_CACHE_DIRECTORY || join(folder, 'login', 'cache')];
}

async function secretsInTokens(folder: string): Promise<string[]> {
  if (!statOf(folder)?.isDirectory()) return [];
  const names = await withinLimit(namesIn(folder), []);
  const texts = await Promise.all(names.map((name) => readRegularFile(join(folder, name), MAX_PROFILES_BYTES)));
  return texts.flatMap((text) => Array.from(text.matchAll(TOKEN_FIELD), ([, token = '']) => token));
}

function namesIn(folder: string): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  readdir(folder, (error, names) => resolve(error === null ? names : []));
  return promise;
}

async function secretsInProfiles(path: string): Promise<string[]> {
  const text = await readRegularFile(path, MAX_PROFILES_BYTES);
  const settings = [...text.matchAll(SECRET_SETTING)].map(([, name = '', setting = '']) => {
    // The SDK ignores a comment after a blank.
    const value = setting.replace(/\s[;#].*$/, '').trim();
    return name.toLowerCase() === 'web_identity_token_file' ? readToken(value) : value;
  });
  return Promise.all(settings);
}

function readToken(path: string): Promise<string> {
  return readRegularFile(path, MAX_TOKEN_BYTES);
}

/** Reading a named pipe could wait for ever. */
async function readRegularFile(path: string, maxBytes: number): Promise<string> {
  const file = statOf(path);
  return file?.isFile() && file.size <= maxBytes ? withinLimit(readText(path), '') : '';
}

/** Resolves as the reading does, or with a default if that takes too long. */
function withinLimit<T>(reading: Promise<T>, byDefault: T): Promise<T> {
  const limit = Promise.withResolvers<T>();
  const timer = setTimeout(() => limit.resolve(byDefault), LIMIT_MS);
  return Promise.race([reading, limit.promise]).finally(() => clearTimeout(timer));
}
