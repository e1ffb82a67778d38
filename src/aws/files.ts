/** The files that the environment names for AWS. Reading one has a limit: nobody may write to a named pipe. */

import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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

/** The variables of the files that the SDK reads asynchronously. */
const SDK_FILES = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] as const;

/** The certificates in AWS_CA_BUNDLE; undefined if it is not set. Rejects with an error that names the file. */
export async function readCaBundle(tools: FileTools): Promise<string | undefined> {
  const file = tools.env.AWS_CA_BUNDLE;
  if (!file) return undefined;
  const reading = readFile(file, 'utf8').catch((cause) => {
    throw new Error(`AWS_CA_BUNDLE is ${file}, which cannot be read: ${cause}`, { cause });
  });
  const bundle = await withinLimit(reading, `AWS_CA_BUNDLE is ${file}, which`, tools);
  // Node ignores a text without certificates, and the error would be that of a server that is not trusted.
  if (/^-----BEGIN ([A-Z\d]+ )?CERTIFICATE-----/m.test(bundle)) return bundle;
  throw new Error(`AWS_CA_BUNDLE is ${file}, which contains no certificate: give the path of a file in PEM format`);
}

/** Settles as the SDK's reading of its configuration does; after ten seconds it rejects with an error that names the files. */
export function readSdkFiles<T>(reading: Promise<T>, tools: FileTools): Promise<T> {
  const pipes = namedPipes(tools.env);
  return withinLimit(reading, pipes === '' ? 'The AWS configuration' : `${pipes}, which`, tools);
}

/** The SDK's files that are named pipes, as `AWS_CONFIG_FILE is /path, a named pipe`; empty if none is. */
export function namedPipes(env: FileTools['env']): string {
  const pipes = SDK_FILES.filter((variable) => isNamedPipe(env[variable]));
  return pipes.map((variable) => `${variable} is ${env[variable]}, a named pipe`).join(', and ');
}

/**
 * Throws if the SDK would read its web identity token from a named pipe. The SDK reads that file synchronously, so that
 * neither a deadline nor a signal could end the wait.
 */
export function assertTokenFile(env: FileTools['env']): void {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ACCESS_KEY_ID: accessKeyId } = env;
  if (accessKeyId || !isNamedPipe(file)) return;
  throw new Error(`AWS_WEB_IDENTITY_TOKEN_FILE is ${file}, a named pipe: give a regular file`);
}

function isNamedPipe(path: string | undefined): boolean {
  try {
    return path !== undefined && statSync(path).isFIFO();
  } catch {
    return false;
  }
}

/** Rejects after the limit with an error that begins with `subject`, or with the reason of the run's cancellation. */
async function withinLimit<T>(reading: Promise<T>, subject: string, { clock, cancelled }: FileTools): Promise<T> {
  const deadline = createDeadline(clock, LIMIT_MS, cancelled);
  deadline.start();
  try {
    return await untilAborted(reading, deadline.signal);
  } catch (cause) {
    if (!(cause instanceof TimedOut)) throw cause;
    throw new Error(`${subject} could not be read within ${LIMIT_MS / 1000} s`, { cause });
  } finally {
    deadline.stop();
  }
}
