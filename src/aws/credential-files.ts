/** The secrets in the files that the SDK reads credentials from. A service may quote any of them, not only those of a signature. */

import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Far more than a file with the profiles of a machine. */
const MAX_PROFILES_BYTES = 2 ** 20;
/** STS accepts tokens of at most 20,000 characters. Source: STS API, AssumeRoleWithWebIdentity. */
const MAX_TOKEN_BYTES = 20_000;

const SECRET_SETTING = /^\s*(aws_secret_access_key|aws_session_token|web_identity_token_file)\s*=(.*)$/gim;

/** The secret keys, session tokens and tokens in these files. Ignores what is not a regular file, is too large or cannot be read. */
export function secretsInFiles(env: Env): string[] {
  const home = env.HOME || homedir();
  const profiles = [
    env.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials'),
    env.AWS_CONFIG_FILE || join(home, '.aws', 'config')
  ];
  const tokens = [env.AWS_WEB_IDENTITY_TOKEN_FILE ?? '', env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE ?? ''];
  return [
    ...profiles.flatMap((path) =>
      secretsInProfiles(readRegularFile(path.replace(/^~(?=\/)/, home), MAX_PROFILES_BYTES))
    ),
    ...tokens.map(readToken)
  ];
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
