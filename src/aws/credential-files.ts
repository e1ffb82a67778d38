/** The secrets in the files that the SDK reads credentials from. A service may quote any of them, not only those of a signature. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type FileTools, homeFolder, profileFiles, readText, statOf, withinLimit } from './files.ts';

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
export async function secretsInFiles(tools: FileTools, read = readText): Promise<string[]> {
  const { env } = tools;
  const readFile: Read = async (path, maxBytes) => {
    const file = statOf(path);
    if (!file?.isFile() || file.size > maxBytes) return '';
    return withinLimit(read(path), path, tools, LIMIT_MS).catch(() => '');
  };
  const tokens = [env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ?? ''];
  const secrets = await Promise.all([
    ...profileFiles(env).map(({ path }) => secretsInProfiles(path, readFile)),
    ...tokens.map(async (path) => [await readFile(path, MAX_TOKEN_BYTES)]),
    ...tokenFolders(env).map((folder) => secretsInTokens(folder, readFile))
  ]);
  return secrets.flat();
}

/** Reads a file that is regular and not larger; otherwise resolves with an empty text. */
type Read = (path: string, maxBytes: number) => Promise<string>;

/** Where the AWS CLI keeps the tokens of `aws sso login` and `aws login`, which the SDK reads. */
function tokenFolders(env: FileTools['env']): string[] {
  const folder = join(homeFolder(env), '.aws');
  return [join(folder, 'sso', 'cache'), env.AWS_LOGIN_CACHE_DIRECTORY || join(folder, 'login', 'cache')];
}

async function secretsInTokens(folder: string, readFile: Read): Promise<string[]> {
  const texts = await Promise.all(namesIn(folder).map((name) => readFile(join(folder, name), MAX_PROFILES_BYTES)));
  return texts.flatMap((text) => Array.from(text.matchAll(TOKEN_FIELD), ([, token = '']) => token));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function secretsInProfiles(path: string, readFile: Read): Promise<string[]> {
  const text = await readFile(path, MAX_PROFILES_BYTES);
  const settings = [...text.matchAll(SECRET_SETTING)].map(([, name = '', setting = '']) => {
    // The SDK ignores a comment after a blank.
    const value = setting.replace(/\s[;#].*$/, '').trim();
    return name.toLowerCase() === 'web_identity_token_file' ? readFile(value, MAX_TOKEN_BYTES) : value;
  });
  return Promise.all(settings);
}
