/** The secrets in the files that the SDK reads credentials from. A service may quote any of them, not only those of a signature. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FileTools, homeFolder, profileFiles } from './files.ts';

/** Far more than a file with the profiles of a machine. */
const MAX_PROFILES_BYTES = 2 ** 20;
/** STS accepts tokens of at most 20,000 characters. Source: STS API, AssumeRoleWithWebIdentity. */
const MAX_TOKEN_BYTES = 20_000;

const TOKEN_FIELD = /"(?:accessToken|refreshToken|clientSecret|secretAccessKey|sessionToken|idToken)"\s*:\s*"([^"]+)"/g;

const SECRET_SETTING = /^\s*(aws_secret_access_key|aws_session_token|web_identity_token_file)\s*=(.*)$/gim;

/** The secret keys, session tokens and tokens in these files. Ignores what is not a regular file, is too large or cannot be read. */
export function secretsInFiles(env: FileTools['env']): string[] {
  const tokens = [env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ?? ''];
  return [
    ...profileFiles(env).flatMap(({ path }) => secretsInProfiles(readRegularFile(path, MAX_PROFILES_BYTES))),
    ...tokens.map(readToken),
    ...tokenFolders(env).flatMap(secretsInTokens)
  ];
}

/** Where the AWS CLI keeps the tokens of `aws sso login` and `aws login`, which the SDK reads. */
function tokenFolders(env: FileTools['env']): string[] {
  const folder = join(homeFolder(env), '.aws');
  return [join(folder, 'sso', 'cache'), env.AWS_LOGIN_CACHE_DIRECTORY || join(folder, 'login', 'cache')];
}

function secretsInTokens(folder: string): string[] {
  const texts = namesIn(folder).map((name) => readRegularFile(join(folder, name), MAX_PROFILES_BYTES));
  return texts.flatMap((text) => Array.from(text.matchAll(TOKEN_FIELD), ([, token = '']) => token));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function secretsInProfiles(text: string): string[] {
  return [...text.matchAll(SECRET_SETTING)].map(([, name = '', setting = '']) => {
    // The SDK ignores a comment after a blank.
    const value = setting.replace(/\s[;#].*$/, '').trim();
    return name.toLowerCase() === 'web_identity_token_file' ? readToken(value) : value;
  });
}

function readToken(path: string): string {
  return readRegularFile(path, MAX_TOKEN_BYTES);
}

/** Reading a named pipe could wait for ever. */
function readRegularFile(path: string, maxBytes: number): string {
  try {
    const file = statSync(path);
    return file.isFile() && file.size <= maxBytes ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
