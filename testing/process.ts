/** Runs a process, captures its output and duration, and sends it signals. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** When to send a signal: when a line of stdout or stderr contains or matches this, or when a promise resolves. */
export type Trigger = string | RegExp | Promise<unknown>;

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
  const scheduler = new SignalScheduler(signals, (signal) => child.kill(signal), startMs);
  forwardLines(child, (line) => {
    scheduler.onLine(line);
    onLine?.(line);
  });
  try {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const durationMs = performance.now() - startMs;
    const { exitCode, signalCode: signal } = child;
    return { exitCode, signal, stdout, stderr, durationMs, sentSignals: scheduler.sent };
  } finally {
    scheduler.stop();
  }
}

/** Sends each signal once, when its trigger occurs. */
class SignalScheduler {
  readonly sent: { readonly signal: NodeJS.Signals; readonly atMs: number }[] = [];
  readonly #send: (signal: NodeJS.Signals) => boolean;
  readonly #startMs: number;
  readonly #timers: NodeJS.Timeout[] = [];
  #pending: readonly ScheduledSignal[];
  #stopped = false;

  constructor(signals: readonly ScheduledSignal[], send: (signal: NodeJS.Signals) => boolean, startMs: number) {
    this.#send = send;
    this.#startMs = startMs;
    this.#pending = signals;
    for (const one of signals) {
      if (typeof one.when !== 'string' && 'then' in one.when) one.when.then(() => this.#schedule(one));
    }
  }

  onLine(line: string): void {
    const due = this.#pending.filter(({ when }) =>
      typeof when === 'string' ? line.includes(when) : 'test' in when && when.test(line)
    );
    this.#pending = this.#pending.filter((one) => !due.includes(one));
    for (const one of due) this.#schedule(one);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule({ signal, afterMs = 0 }: ScheduledSignal): void {
    const send = () => {
      if (!this.#stopped && this.#send(signal)) this.sent.push({ signal, atMs: performance.now() - this.#startMs });
    };
    if (afterMs === 0) send();
    else if (!this.#stopped) this.#timers.push(setTimeout(send, afterMs));
  }
}

function forwardLines(child: ChildProcessByStdio<null, Readable, Readable>, onLine: (line: string) => void): void {
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
}
