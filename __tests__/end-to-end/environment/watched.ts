/** Steps with credentials that must not be told, whatever surrounds them, and the files that their environment names. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { LocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { CREDENTIALS, type Kind, runOn } from '../step.ts';

export const TOKEN = 'FwoGZXIvYXdzEXAMPLEtoken//////////wEaDBexampleexample';
export const PASSWORD = 'pr0xy-passw0rd';
/** Nothing of these may be in the log, the outputs or the summary. */
const SECRETS = [
  ...Object.values(CREDENTIALS),
  TOKEN,
  PASSWORD,
  'AWS4-HMAC-SHA256',
  'Signature=',
  'Authorization=',
  'Authorization:'
];

/** Runs the bundle with a session token and step debug logging, and sees to it that no credential is told. */
export async function runWatched(
  aws: LocalAws,
  kind: Kind,
  inputs: Step['inputs'],
  env: Step['env'],
  more: Omit<Step, 'inputs' | 'env'> = {}
): Promise<StepResult> {
  const result = await runOn(aws, kind, inputs, { debug: true, env: { AWS_SESSION_TOKEN: TOKEN, ...env }, ...more });
  for (const text of [result.stdout, result.stderr, result.summary, ...Object.values(result.outputs)]) {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }
  return result;
}

/** The log of requests, as step debug logging shows it. */
export function debugged({ stdout }: StepResult): string[] {
  return stdout.split('\n').filter((line) => line.startsWith('::debug::'));
}

/** Files that an environment names, in a folder of their own. */
export class Files implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'stream-encryption-surroundings-'));

  /** Writes one, and answers its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
