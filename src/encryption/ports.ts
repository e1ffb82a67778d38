/** What the domain asks of the world outside: the services, time, and how they refuse. */

import type { KeyDescription, Observation, StreamKind, StreamRef, Tag, TargetKey } from './model.ts';

/**
 * What an error of a service means for the caller:
 * - `throttled`: refused for its rate, nothing took effect;
 * - `unanswered`: no usable answer came, so a write may or may not have taken effect;
 * - `limited`: refused for a rate or for a daily limit, the words do not tell which;
 * - `busy`: another change is in flight;
 * - `missing`: what was asked for does not exist;
 * - `denied`: the caller lacks a permission;
 * - `refused`: any other final refusal.
 */
export type ErrorKind = 'throttled' | 'limited' | 'unanswered' | 'busy' | 'missing' | 'denied' | 'refused';

/** An error that a service answered, or the lack of an answer. Its message says what happened, why, and what to do. */
export class ServiceError extends Error {
  readonly errorKind: ErrorKind;

  constructor(trouble: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServiceError';
    this.errorKind = trouble;
  }
}

/** What a glance is for. */
export interface Glance {
  /** What was so before that is of no use. */
  readonly sinceMs: number;
  /** How many streams of this kind wait for a change to end. */
  readonly waiting: number;
  /** How long the answer may take, in milliseconds. */
  readonly withinMs: number;
}

/** One service's streams. Every method rejects with a `ServiceError`, or with the signal's reason as soon as it aborts. */
export interface StreamService {
  /** The shortest pause between two looks at one stream that keeps within the account's rate, in milliseconds. */
  readonly minPollIntervalMs: number;
  /** The time that the account's rates take for one change of many, in milliseconds. */
  readonly msAChange: number;
  /** Resolves when the account's rates have room for the first request of one more stream. */
  ready(signal: AbortSignal): Promise<void>;
  /** Looks at the stream. Where requests queue for the account's rate, it lets others go first, for up to `yieldMs`. */
  describe(stream: StreamRef, signal: AbortSignal, yieldMs?: number): Promise<Observation>;
  /**
   * The service's word for a stream that was in flight at some time since then, where that can be told with fewer requests
   * than by looks; null where only a look can tell. Rejects with the signal's reason alone.
   */
  glance(stream: StreamRef, glance: Glance, signal: AbortSignal): Promise<string | null>;
  /** Resolves when the account's rates have room for a start, which is to follow at once. */
  readyToStart(signal: AbortSignal): Promise<void>;
  /** Sends the change once: a call whose answer got lost is not repeated. */
  startEncryption(stream: StreamRef, key: TargetKey, signal: AbortSignal): Promise<void>;
  /** Puts one small record; tells whether the service says that it was encrypted. */
  putRecord(stream: StreamRef, signal: AbortSignal): Promise<boolean>;
}

/** The keys of KMS. Rejects as `StreamService` does. */
export interface KeyService {
  describe(id: string, signal: AbortSignal): Promise<KeyDescription>;
}

/** A page of a list. `next` is what the next page is asked for with; null: this is the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The streams that there are. Rejects as `StreamService` does. */
export interface Directory {
  /** The names of the streams of a kind, in the order of the names. */
  names(kind: StreamKind, next: string | null, signal: AbortSignal): Promise<Page<string>>;
  /** The streams of these kinds that have all these tags, with their ARNs. */
  tagged(
    kinds: readonly StreamKind[],
    tags: readonly Tag[],
    next: string | null,
    signal: AbortSignal
  ): Promise<Page<StreamRef>>;
}

/** Time, passed in so that a wait of ten minutes is tested in milliseconds. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`; rejects as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The reason of a signal that aborts because the stream's time is over. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** The reason of a signal that aborts because the run was cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
