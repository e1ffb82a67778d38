import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { LocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { CREDENTIALS, type Kind, runOn } from '../step.ts';

export const TOKEN = 'FwoGZXIvYXdzEXAMPLEtoken//////////wEaDBexampleexample';
export const PASSWORD = 'pr0xy-passw0rd';
/** Strings that must appear neither in the log nor in the outputs nor in the summary. */
const SECRETS = [
  ...[...Object.values(CREDENTIALS), TOKEN, PASSWORD],
  ...['AWS4-HMAC-SHA256', 'Signature=', 'Authorization=', 'Authorization:']
];

/** Runs the bundle with a session token and step debug logging. Expects that it prints no secret. */
export async function runWithSecrets(
  aws: LocalAws,
  kind: Kind,
  inputs: Step['inputs'],
  env: Step['env']
): Promise<StepResult> {
  const result = await runOn(aws, kind, inputs, { debug: true, env: { AWS_SESSION_TOKEN: TOKEN, ...env } });
  for (const text of [result.stdout, result.stderr, result.summary, ...Object.values(result.outputs)]) {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  }
  return result;
}

/** A temporary folder for configuration files. */
export class TempFiles implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'stream-encryption-environment-'));

  /** Writes a file and returns its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
