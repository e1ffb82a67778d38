import type { Observation, StreamRef, TargetKey } from '../../src/encryption/model.ts';
import { type DescribeOptions, type ErrorKind, ServiceError, type StreamService } from '../../src/encryption/ports.ts';
import { active, enabled, enabling, updating } from './observations.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a call meets on its way: it returns where the call gets through. */
export type Step = (signal: AbortSignal) => void | Promise<void>;

/** What becomes of a start: whatever it does to the stream, and how it answers. */
export type OnStart = (stream: SimulatedStream, key: TargetKey, signal: AbortSignal) => void | Promise<void>;

/** When the first look after a start comes. */
export const FIRST_LOOK_MS = 100;

/** For how long a change is under way that outlasts every run. */
export const NEVER_ENDS = 1e7;

/** A service with one stream, in memory, that goes by the virtual clock and notes each call. */
export class SimulatedStream implements StreamService {
  readonly minPollIntervalMs: number = FIRST_LOOK_MS;
  /** When the stream was looked at. */
  readonly looksMs: number[] = [];
  /** The time in which each poll said that its answer would still be of use; null for other descriptions. */
  readonly pollsWithinMs: (number | null)[] = [];
  readonly starts: { readonly atMs: number; readonly key: TargetKey }[] = [];
  /** What a start waits for before it is sent: its turn, credentials. */
  onSendDelay: Step | null = null;
  readonly recordsMs: number[] = [];
  /** Whether the n-th record, from 1, is said to be encrypted. */
  onRecord: (nth: number, signal: AbortSignal) => boolean | Promise<boolean> = () => true;

  readonly #clock: VirtualClock;
  readonly #shown: { readonly fromMs: number; readonly look: Observation }[] = [];
  readonly #lookSteps: Step[] = [];
  readonly #onStarts: OnStart[] = [];

  constructor(clock: VirtualClock, look: Observation) {
    this.#clock = clock;
    this.show(look);
  }

  /** Shows a state from now on, or from then on. */
  show(look: Observation, inMs = 0): void {
    this.#shown.push({ fromMs: this.#clock.now() + inMs, look });
  }

  /** What the next looks meet, one each, before any gets through. */
  nextLooks(...steps: Step[]): void {
    this.#lookSteps.push(...steps);
  }

  /** What becomes of the next starts. Any further start takes a second, and puts its key in force. */
  nextStarts(...onStarts: OnStart[]): void {
    this.#onStarts.push(...onStarts);
  }

  get current(): Observation {
    const now = this.#clock.now();
    const [latest] = this.#shown
      .filter(({ fromMs }) => fromMs <= now)
      .reverse()
      .sort((a, b) => b.fromMs - a.fromMs);
    if (latest === undefined) throw new Error('The stream shows nothing yet');
    return latest.look;
  }

  async describe(
    _stream: StreamRef,
    signal: AbortSignal,
    { onReady, pollWithinMs }: DescribeOptions = {}
  ): Promise<Observation> {
    signal.throwIfAborted();
    onReady?.();
    this.pollsWithinMs.push(pollWithinMs ?? null);
    this.looksMs.push(this.#clock.now());
    await this.#lookSteps.shift()?.(signal);
    return this.current;
  }

  async startEncryption(_stream: StreamRef, target: TargetKey, signal: AbortSignal, onSend: () => void): Promise<void> {
    signal.throwIfAborted();
    await this.onSendDelay?.(signal);
    onSend();
    this.starts.push({ atMs: this.#clock.now(), key: target });
    const onStart = this.#onStarts.shift() ?? takes(1_000);
    await onStart(this, target, signal);
  }

  async putRecord(_stream: StreamRef, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    this.recordsMs.push(this.#clock.now());
    return this.onRecord(this.recordsMs.length, signal);
  }
}

/** The change is taken: after `staleMs`, in which the answers still show the state of before, it is under way for `ms`. */
export function takes(ms: number, { staleMs = 0 } = {}): OnStart {
  return (stream, key) => {
    stream.show(underWay(stream), staleMs);
    stream.show(inForce(stream, key), staleMs + ms);
  };
}

/** The change is taken, and after `ms` the stream shows this. */
export function endsAs(ms: number, look: Observation, { staleMs = 0 } = {}): OnStart {
  return (stream) => {
    stream.show(underWay(stream), staleMs);
    stream.show(look, staleMs + ms);
  };
}

/** The change is over before anyone could see it under way. */
export function shows(look: Observation, inMs = 0): OnStart {
  return (stream) => stream.show(look, inMs);
}

/** The change is accepted, and then nothing is ever seen of it. */
export const ignored: OnStart = () => {
  // Nothing is shown of it.
};

/** Whatever becomes of the change, its answer is lost. */
export function answerLost(then: OnStart): OnStart {
  return async (stream, key, signal) => {
    await then(stream, key, signal);
    throw new ServiceError('unanswered', 'no answer came');
  };
}

/** The call is refused. */
export function refuses(errorKind: ErrorKind, message: string = errorKind): () => never {
  return () => {
    throw new ServiceError(errorKind, message);
  };
}

/** So many calls in a row that fare alike. */
export function times<Fate extends Step | OnStart>(count: number, fate: Fate): Fate[] {
  return Array.from({ length: count }, () => fate);
}

/** The call waits for an answer that never comes, until it is told to give up. */
export function hangs(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

function underWay({ current }: SimulatedStream): Observation {
  return isKinesis(current) ? updating(current.key?.id ?? null) : enabling();
}

function inForce({ current }: SimulatedStream, key: TargetKey): Observation {
  return isKinesis(current) ? active(key.id) : enabled(key.id);
}

function isKinesis({ arn }: Observation): boolean {
  return arn.includes(':kinesis:');
}
