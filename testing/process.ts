/** Runs a process to its end. Captures its output and duration, and sends it signals on the way. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** When to send a signal: when a line of stdout or stderr contains or matches this, or when a promise resolves. */
export type Moment = string | RegExp | Promise<unknown>;

/** A signal to send, unless the process has ended by then. */
export interface Signalling {
  readonly signal: NodeJS.Signals;
  readonly when: Moment;
  /** Delay after that moment; none if omitted. */
  readonly afterMs?: number;
}

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly signals?: readonly Signalling[];
  /** Kills the process after this time; 0: never. */
  readonly limitMs: number;
  /** Called for each line of stdout and stderr as it appears. */
  readonly onLine?: (line: string) => void;
}

/** How a process ended. */
export interface Ended {
  /** null if a signal killed it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From just before its start until it has exited and its output is read. */
  readonly durationMs: number;
  /** The signals sent, and when after the start. */
  readonly signalled: readonly { readonly signal: NodeJS.Signals; readonly atMs: number }[];
}

/** Runs a process to its end. It inherits no environment variables. */
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
  const signaller = new Signaller(signals, (signal) => child.kill(signal), beganMs);
  tellLines(child, (line) => {
    signaller.onLine(line);
    onLine?.(line);
  });
  try {
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const durationMs = performance.now() - beganMs;
    const { exitCode, signalCode: signal } = child;
    return { exitCode, signal, stdout, stderr, durationMs, signalled: signaller.sent };
  } finally {
    signaller.stop();
  }
}

/** Sends each signal once, at its moment. */
class Signaller {
  readonly sent: { readonly signal: NodeJS.Signals; readonly atMs: number }[] = [];
  readonly #send: (signal: NodeJS.Signals) => boolean;
  readonly #beganMs: number;
  readonly #timers: NodeJS.Timeout[] = [];
  #waiting: readonly Signalling[];
  #stopped = false;

  constructor(signals: readonly Signalling[], send: (signal: NodeJS.Signals) => boolean, beganMs: number) {
    this.#send = send;
    this.#beganMs = beganMs;
    this.#waiting = signals;
    for (const one of signals) {
      if (typeof one.when !== 'string' && 'then' in one.when) one.when.then(() => this.#come(one));
    }
  }

  onLine(line: string): void {
    const come = this.#waiting.filter(({ when }) =>
      typeof when === 'string' ? line.includes(when) : 'test' in when && when.test(line)
    );
    this.#waiting = this.#waiting.filter((one) => !come.includes(one));
    for (const one of come) this.#come(one);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #come({ signal, afterMs = 0 }: Signalling): void {
    const send = () => {
      if (!this.#stopped && this.#send(signal)) this.sent.push({ signal, atMs: performance.now() - this.#beganMs });
    };
    if (afterMs === 0) send();
    else if (!this.#stopped) this.#timers.push(setTimeout(send, afterMs));
  }
}

function tellLines(child: ChildProcessByStdio<null, Readable, Readable>, onLine: (line: string) => void): void {
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
}
