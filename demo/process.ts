import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Sent if the process is still there by then. */
  readonly signals?: readonly { readonly signal: NodeJS.Signals; readonly afterMs: number }[];
  /** Kills the process after so long; 0: never. */
  readonly limitMs: number;
  /** Takes each line of stdout and stderr as it appears. */
  readonly onLine?: (line: string) => void;
}

/** How a process ended. */
export interface Ended {
  /** null where a signal killed it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From just before its start until it had gone and its output was read. */
  readonly durationMs: number;
}

/** Runs a process to its end, in no other environment than the one given. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { env, cwd, signals = [], limitMs, onLine }: ProcessOptions
): Promise<Ended> {
  const beganMs = performance.now();
  const child = spawn(command, args, {
    env: { ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL'
  });
  const timers = signals.map(({ signal, afterMs }) => setTimeout(() => child.kill(signal), afterMs));
  if (onLine !== undefined) tellLines(child, onLine);
  try {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const durationMs = performance.now() - beganMs;
    return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr, durationMs };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

function tellLines(child: ChildProcessByStdio<null, Readable, Readable>, onLine: (line: string) => void): void {
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
}
