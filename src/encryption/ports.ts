/** What the domain needs from outside: the stream services, KMS, the lists of streams, and a clock. */

import type { KeyDescription, Observation, StreamKind, StreamRef, Tag, TargetKey } from './model.ts';

/**
 * What an error means to the domain:
 * - `throttled`: refused because of a call rate; nothing took effect;
 * - `limited`: refused because of a call rate or a daily limit, the message does not say which;
 * - `unanswered`: no usable answer came, so a write may or may not have taken effect;
 * - `busy`: another change is in flight;
 * - `missing`: the resource does not exist;
 * - `denied`: the caller lacks a permission;
 * - `refused`: any other final refusal.
 */
export type ErrorKind = 'throttled' | 'limited' | 'unanswered' | 'busy' | 'missing' | 'denied' | 'refused';

/** An error of a service, or a missing answer. The message says what happened, why, and what to do. */
export class ServiceError extends Error {
  readonly errorKind: ErrorKind;
  /** The message without what to do, for where that is something else. */
  readonly withoutAdvice: string;

  constructor(errorKind: ErrorKind, message: string, options: ErrorOptions & { withoutAdvice?: string } = {}) {
    super(message, options);
    this.name = 'ServiceError';
    this.errorKind = errorKind;
    this.withoutAdvice = options.withoutAdvice ?? message;
  }
}

/**
 * An answer that is not whole: a field is missing, has the wrong type, or contradicts the request. Nothing it says is
 * believed, so the call counts as unanswered.
 */
export class MalformedAnswer extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super('unanswered', message, options);
  }
}

/** How a stream is described. */
export interface DescribeOptions {
  /** Called once the request no longer waits behind other requests of the run; credentials may still be resolved. */
  readonly onReady?: () => void;
  /**
   * For a poll, while the stream waits for a change to end: the time left until its deadline, in milliseconds. Requests that
   * other streams depend on may go first for a part of it.
   */
  readonly pollTimeLeftMs?: number;
}

/** The streams of one service. Every method rejects with a `ServiceError`, or with the signal's reason once it aborts. */
export interface StreamService {
  /** The shortest interval in milliseconds at which one stream may be polled. */
  readonly minPollIntervalMs: number;
  describe(stream: StreamRef, signal: AbortSignal, options?: DescribeOptions): Promise<Observation>;
  /**
   * Sends the change. A lost answer is not followed by a second request; a refusal because of the clock is, once, unless
   * `mayRepeat` says no. Calls `onSend` each time a request leaves.
   */
  startEncryption(
    stream: StreamRef,
    target: TargetKey,
    signal: AbortSignal,
    onSend: () => void,
    mayRepeat?: () => boolean
  ): Promise<void>;
  /** Puts one small record; resolves with whether the service confirms that it was encrypted. */
  putRecord(stream: StreamRef, signal: AbortSignal): Promise<boolean>;
}

/** KMS. Rejects as `StreamService` does. */
export interface KeyService {
  describe(id: string, signal: AbortSignal): Promise<KeyDescription>;
}

/** A page of a list. `next` requests the next page; null on the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The lists of streams. Rejects as `StreamService` does. */
export interface Directory {
  /** The names of all streams of a kind, in the order of the names. */
  names(kind: StreamKind, next: string | null, signal: AbortSignal): Promise<Page<string>>;
  /** The streams of these kinds that have all these tags, with their ARNs. */
  tagged(
    kinds: readonly StreamKind[],
    tags: readonly Tag[],
    next: string | null,
    signal: AbortSignal
  ): Promise<Page<StreamRef>>;
}

/** Time, passed in so that tests simulate ten minutes within milliseconds. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`; rejects as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The reason of a signal that aborts because the stream's deadline has passed. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** The reason of a signal that aborts because the run was cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
