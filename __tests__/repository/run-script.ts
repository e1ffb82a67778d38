import { spawnSync } from 'node:child_process';
import type { Step } from '../support/workflows.ts';

/** Runs the script of a step with bash, as a Linux runner does. It inherits no variables but PATH. */
export function runScript({ run = '', shell }: Step, cwd: string, env: Readonly<Record<string, string>> = {}) {
  const options = shell === 'bash' ? ['-eo', 'pipefail'] : ['-e'];
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', ...options, '-c', run], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8'
  });
  return { status, stdout, stderr };
}
