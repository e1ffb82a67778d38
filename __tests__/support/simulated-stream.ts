import type { Observation, StreamRef, TargetKey } from '../../src/encryption/model.ts';
import { type DescribeOptions, type ErrorKind, ServiceError, type StreamService } from '../../src/encryption/ports.ts';
import { active, enabled, enabling, updating } from './observations.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Runs before a call is answered. It can delay the call, reject it, or let it pass. */
export type Interceptor = (signal: AbortSignal) => void | Promise<void>;

/** The behavior of a start: how it changes the stream, and whether it is rejected. */
export type OnStart = (stream: SimulatedStream, key: TargetKey, signal: AbortSignal) => void | Promise<void>;

/** The time between a start and the first poll. */
export const FIRST_POLL_MS = 100;

/** The duration of a change that outlasts every run. */
export const NEVER_ENDS = 1e7;

/** A service with one stream in memory, on a virtual clock. Records each call. */
export class SimulatedStream implements StreamService {
  readonly minPollIntervalMs: number = FIRST_POLL_MS;
  /** When the stream was described. */
  readonly describesMs: number[] = [];
  /** `pollTimeLeftMs` of each describe call; null if it was not given. */
  readonly pollTimesLeftMs: (number | null)[] = [];
  readonly starts: { readonly atMs: number; readonly key: TargetKey }[] = [];
  /** Runs before a describe request may be sent, such as a wait for the rate limiter. */
  beforeReady: Interceptor | null = null;
  /** Runs before a start is sent, such as a wait for the rate limiter or credentials. */
  beforeSend: Interceptor | null = null;
  readonly recordsMs: number[] = [];
  /** Whether the service confirms the encryption of the n-th record, from 1. */
  onRecord: (nth: number, signal: AbortSignal) => boolean | Promise<boolean> = () => true;

  readonly #clock: VirtualClock;
  readonly #observations: { readonly fromMs: number; readonly observation: Observation }[] = [];
  readonly #describeInterceptors: Interceptor[] = [];
  readonly #onStarts: OnStart[] = [];

  constructor(clock: VirtualClock, observation: Observation) {
    this.#clock = clock;
    this.report(observation);
  }

  /** Reports this observation from now on, or after `inMs`. */
  report(observation: Observation, inMs = 0): void {
    this.#observations.push({ fromMs: this.#clock.now() + inMs, observation });
  }

  /** Waits on the clock of the stream. */
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms, signal);
  }

  /** Sets interceptors for the next describe calls, one per call. */
  onNextDescribes(...interceptors: Interceptor[]): void {
    this.#describeInterceptors.push(...interceptors);
  }

  /** Sets the behavior of the next starts. Any other start puts its key in force after a second. */
  onNextStarts(...onStarts: OnStart[]): void {
    this.#onStarts.push(...onStarts);
  }

  get current(): Observation {
    const inOrder = this.#observations.toSorted((a, b) => a.fromMs - b.fromMs);
    const latest = inOrder.findLast(({ fromMs }) => fromMs <= this.#clock.now());
    if (latest === undefined) throw new Error('The stream has no observation yet');
    return latest.observation;
  }

  async describe(
    _stream: StreamRef,
    signal: AbortSignal,
    { onReady, pollTimeLeftMs }: DescribeOptions = {}
  ): Promise<Observation> {
    signal.throwIfAborted();
    await this.beforeReady?.(signal);
    onReady?.();
    this.pollTimesLeftMs.push(pollTimeLeftMs ?? null);
    this.describesMs.push(this.#clock.now());
    await this.#describeInterceptors.shift()?.(signal);
    return this.current;
  }

  async startEncryption(_stream: StreamRef, target: TargetKey, signal: AbortSignal, onSend: () => void): Promise<void> {
    signal.throwIfAborted();
    await this.beforeSend?.(signal);
    onSend();
    this.starts.push({ atMs: this.#clock.now(), key: target });
    const onStart = this.#onStarts.shift() ?? succeedsAfter(1_000);
    await onStart(this, target, signal);
  }

  async putRecord(_stream: StreamRef, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    this.recordsMs.push(this.#clock.now());
    return this.onRecord(this.recordsMs.length, signal);
  }
}

/** The start is accepted, and the change takes `ms`. For `staleMs` the service still reports the previous state. */
export function succeedsAfter(ms: number, { staleMs = 0 } = {}): OnStart {
  return (stream, key) => {
    stream.report(inFlight(stream), staleMs);
    stream.report(isKinesis(stream) ? active(key.id) : enabled(key.id), staleMs + ms);
  };
}

/** The start is accepted, and the change ends with this observation after `ms`. */
export function endsAfter(ms: number, observation: Observation): OnStart {
  return (stream) => {
    stream.report(inFlight(stream));
    stream.report(observation, ms);
  };
}

/** The start is accepted, and the stream reports this observation immediately or after `inMs`. */
export function reports(observation: Observation, inMs = 0): OnStart {
  return (stream) => stream.report(observation, inMs);
}

/** An observation, and the time after which it is reported. */
export type Reported = readonly [inMs: number, observation: Observation];

/** The start is accepted, and the stream reports each of these observations after its time in milliseconds. */
export function reportsEach(...reported: Reported[]): OnStart {
  return (stream) => {
    for (const [inMs, observation] of reported) stream.report(observation, inMs);
  };
}

/** The start behaves like this one, but is refused. */
export function butRefused(then: OnStart, errorKind: ErrorKind): OnStart {
  return async (stream, key, signal) => {
    await then(stream, key, signal);
    failsWith(errorKind)();
  };
}

/** The start behaves like this one, `ms` later. */
export function delayed(ms: number, then: OnStart): OnStart {
  return async (stream, key, signal) => {
    await stream.sleep(ms, signal);
    await then(stream, key, signal);
  };
}

/** The start is accepted without any effect. */
export const hasNoEffect: OnStart = () => undefined;

/** The start behaves like this one, but its answer is lost. */
export function answerLost(then: OnStart): OnStart {
  return butRefused(then, 'unanswered');
}

/** The call rejects with this error. */
export function failsWith(errorKind: ErrorKind, message: string = errorKind): () => never {
  return () => {
    throw new ServiceError(errorKind, message);
  };
}

/** Repeats a behavior for several calls. */
export function repeated<Behavior extends Interceptor | OnStart>(count: number, behavior: Behavior): Behavior[] {
  return Array.from({ length: count }, () => behavior);
}

/** The call stays unanswered until its signal aborts. */
export function hangs(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

function inFlight(stream: SimulatedStream): Observation {
  return isKinesis(stream) ? updating(stream.current.key?.id ?? null) : enabling();
}

function isKinesis({ current }: SimulatedStream): boolean {
  return current.arn.includes(':kinesis:');
}
