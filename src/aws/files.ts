/** The files of AWS. Reading one has a limit of time, because nobody may write to a named pipe, and one of size. */

import { createReadStream, readFile, type Stats, statSync } from 'node:fs';
import { devNull, homedir } from 'node:os';
import { createDeadline, untilAborted } from '../encryption/deadline.ts';
import { type Clock, TimedOut } from '../encryption/ports.ts';

/** What reading a file needs. */
export interface FileTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly cancelled: AbortSignal;
}

const LIMIT_MS = 10_000;
const LIMIT_MIB = 10;
const LIMIT_BYTES = LIMIT_MIB * 1024 ** 2;

/** A file that the SDK or Node reads. */
interface SdkFile {
  readonly path: string;
  /** As the subject of a message, such as `AWS_CONFIG_FILE is /path`. */
  readonly named: string;
}

/** The certificates in AWS_CA_BUNDLE; undefined if it is not set. Rejects with an error that names the file. */
export async function readCaBundle(tools: FileTools): Promise<string | undefined> {
  const file = tools.env.AWS_CA_BUNDLE;
  if (!file) return undefined;
  const reading = readBytes(file).catch((cause) => {
    throw new Error(`AWS_CA_BUNDLE is ${file}, which cannot be read: ${cause}. Give the path of a file in PEM format`, {
      cause
    });
  });
  const bytes = await withinLimit(reading, `AWS_CA_BUNDLE is ${file}, which`, tools);
  if (bytes.length > LIMIT_BYTES)
    throw new Error(
      `AWS_CA_BUNDLE is ${file}, which is larger than ${LIMIT_MIB} MiB: give a file of certificates only`
    );
  const bundle = bytes.toString();
  // Node ignores a text without certificates, and the error would be that of a server that is not trusted.
  if (/^-----BEGIN ([A-Z\d]+ )?CERTIFICATE-----/m.test(bundle)) return bundle;
  throw new Error(`AWS_CA_BUNDLE is ${file}, which contains no certificate: give the path of a file in PEM format`);
}

/** The bytes of the file up to one more than the limit. */
async function readBytes(path: string): Promise<Buffer> {
  return Buffer.concat(await createReadStream(path, { end: LIMIT_BYTES }).toArray());
}

/** Settles as the SDK's reading of its configuration does; after ten seconds it rejects with an error that names the files. */
export function readSdkFiles<T>(reading: Promise<T>, tools: FileTools): Promise<T> {
  const pipes = namedPipes(tools.env);
  return withinLimit(reading, pipes === '' ? 'The AWS configuration' : `${pipes}, which`, tools);
}

/** The SDK's files that are named pipes, as `AWS_CONFIG_FILE is /path, a named pipe`; empty if none is. */
export function namedPipes(env: FileTools['env']): string {
  const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const files = [...profileFiles(env), ...(token ? [sdkFile('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', token)] : [])];
  const pipes = files.filter(({ path }) => statOf(path)?.isFIFO());
  return pipes.map(({ named }) => `${named}, a named pipe`).join(', and ');
}

/**
 * Rejects if Node would read certificates, or the SDK a web identity token, from a named pipe, a device or a file that does
 * not answer within ten seconds. They read these files synchronously, so that neither a deadline nor a signal could end the
 * wait. Also rejects if one of these files, or another that the SDK reads into memory, is larger than 10 MiB, or a device, which
 * may have no end.
 */
export async function assertRegularFiles(tools: FileTools): Promise<void> {
  const { env } = tools;
  const certificates = env.NODE_EXTRA_CA_CERTS;
  const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const containerToken = token ? [sdkFile('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', token)] : [];
  for (const file of [...profileFiles(env), ...containerToken]) assertReadable(file);
  const readAtOnce = [
    ...(certificates ? [sdkFile('NODE_EXTRA_CA_CERTS', certificates)] : []),
    ...(await tokenFiles(tools))
  ];
  for (const file of readAtOnce) {
    if (statOf(file.path)?.isFIFO()) throw new Error(`${file.named}, a named pipe: give a regular file`);
    assertReadable(file);
  }
  await Promise.all(readAtOnce.map(({ path, named }) => withinLimit(readText(path), `${named}, which`, tools)));
}

/** With a pair of keys and no AWS_PROFILE, the SDK reads no token. */
async function tokenFiles(tools: FileTools): Promise<SdkFile[]> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE } = tools.env;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY && !AWS_PROFILE) return [];
  const given = token ? [sdkFile('AWS_WEB_IDENTITY_TOKEN_FILE', token)] : [];
  const inProfiles = await Promise.all(profileFiles(tools.env).map((file) => tokenFilesIn(file, tools)));
  return [...given, ...inProfiles.flat()];
}

/** The null device is an empty file. */
function assertReadable({ path, named }: SdkFile): void {
  const stats = statOf(path);
  if (stats?.isCharacterDevice() && path !== devNull) throw new Error(`${named}, a device: give a regular file`);
  if (stats && stats.size > LIMIT_BYTES)
    throw new Error(`${named}, which is larger than ${LIMIT_MIB} MiB: give a smaller file`);
}

/** The token files of all profiles in this file. A named pipe has a deadline when the SDK reads it. */
async function tokenFilesIn({ path, named }: SdkFile, tools: FileTools): Promise<SdkFile[]> {
  if (!statOf(path)?.isFile()) return [];
  const text = await withinLimit(readText(path), `${named}, which`, tools);
  return Array.from(text.matchAll(/^\s*web_identity_token_file\s*=(.*)$/gm), ([, value = '']) => {
    const file = value.replace(/\s[#;].*/, '').trim();
    return sdkFile(`web_identity_token_file in ${path}`, file);
  });
}

/** The files of the SDK's profiles: those of the variables, or else those in the home folder, found as the SDK finds them. */
export function profileFiles(env: FileTools['env']): SdkFile[] {
  const home = homeFolder(env);
  const files = [
    ['AWS_CONFIG_FILE', '~/.aws/config'],
    ['AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials']
  ] as const;
  return files.map(([variable, byDefault]) => {
    const path = (env[variable] || byDefault).replace(/^~(?=\/)/, () => home);
    return sdkFile(env[variable] ? variable : byDefault, path);
  });
}

/** The home folder, found as the SDK finds it; empty if the user has no entry in the system's list of users. */
export function homeFolder(env: FileTools['env']): string {
  const given = env.HOME || env.USERPROFILE;
  if (given) return given;
  try {
    return homedir();
  } catch {
    return '';
  }
}

/**
 * Empty if the file cannot be read: then it has nothing for the SDK either. `node:fs/promises` would load more of Node than
 * most runs need.
 */
export function readText(path: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  readFile(path, 'utf8', (error, text) => resolve(error === null ? text : ''));
  return promise;
}

function sdkFile(name: string, path: string): SdkFile {
  return { path, named: `${name} is ${path}` };
}

/** null if the path leads to nothing that can be read. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

const REGULAR_FILE = 'give a regular file, on a disk that answers';

/** Rejects after the limit with an error that begins with `subject`, or with the reason of the run's cancellation. */
export async function withinLimit<T>(
  reading: Promise<T>,
  subject: string,
  { clock, cancelled }: FileTools,
  limitMs = LIMIT_MS
): Promise<T> {
  const deadline = createDeadline(clock, limitMs, cancelled);
  deadline.start();
  try {
    return await untilAborted(reading, deadline.signal);
  } catch (cause) {
    if (!(cause instanceof TimedOut)) throw cause;
    throw new Error(`${subject} could not be read within ${limitMs / 1000} s: ${REGULAR_FILE}`, { cause });
  } finally {
    deadline.stop();
  }
}
