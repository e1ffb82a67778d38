/** Runs a process, captures its output and duration, and sends it signals. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** When to send a signal: when a line of stdout or stderr contains this, or when a promise resolves. */
export type Trigger = string | Promise<unknown>;

/** A signal to send to the process, unless it has ended by then. */
export interface ScheduledSignal {
  readonly signal: NodeJS.Signals;
  readonly when: Trigger;
  /** Delay after the trigger; none if omitted. */
  readonly afterMs?: number;
}

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly signals?: readonly ScheduledSignal[];
  /** Kills the process after this time; 0: never. */
  readonly limitMs: number;
  /** Called for each line of stdout and stderr as it appears. */
  readonly onLine?: (line: string) => void;
}

export interface ProcessResult {
  /** null if a signal killed it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From just before its start until it has exited and its output is read. */
  readonly durationMs: number;
  /** The signals sent, and when after the start. */
  readonly sentSignals: readonly { readonly signal: NodeJS.Signals; readonly atMs: number }[];
}

/** Runs a process and waits until it has exited. It inherits no environment variables. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { env, cwd, signals = [], limitMs, onLine }: ProcessOptions
): Promise<ProcessResult> {
  const startMs = performance.now();
  const child = spawn(command, args, {
    env: { ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL'
  });
  const sentSignals: { readonly signal: NodeJS.Signals; readonly atMs: number }[] = [];
  const schedule = ({ signal, afterMs = 0 }: ScheduledSignal) => {
    const send = () => {
      if (child.kill(signal)) sentSignals.push({ signal, atMs: performance.now() - startMs });
    };
    if (afterMs === 0) send();
    else setTimeout(send, afterMs).unref();
  };
  const awaited = new Set(signals);
  for (const one of signals) if (typeof one.when !== 'string') one.when.then(() => schedule(one));
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      for (const one of awaited) {
        if (typeof one.when === 'string' && line.includes(one.when) && awaited.delete(one)) schedule(one);
      }
      onLine?.(line);
    });
  }
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const durationMs = performance.now() - startMs;
  const { exitCode, signalCode: signal } = child;
  return { exitCode, signal, stdout, stderr, durationMs, sentSignals };
}
