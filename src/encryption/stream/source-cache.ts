/** A cache of source data streams: each is described once in a run, however many delivery streams read from it. */

import type { Observation, StreamRef } from '../model.ts';
import { type Clock, ServiceError, type StreamService } from '../ports.ts';
import { SharedCalls } from '../shared-calls.ts';
import { pollInterval } from './poll-interval.ts';

/** The answer about a source. A source that is `found` has no change in flight. */
export type SourceLookup =
  | {
      readonly answer: 'found';
      readonly observation: Observation;
      /** When the answer came. */
      readonly observedMs: number;
      /** A change was in flight, and its end was waited for. */
      readonly waitedForChange: boolean;
    }
  /** `why` of a source that is missing has no advice, because nobody gave its name. */
  | { readonly answer: 'missing' | 'denied'; readonly why: string };

/** A delivery stream that waits for the answer about its source. */
export interface SourceWaiter {
  readonly signal: AbortSignal;
  /** The time left until its deadline, in milliseconds. */
  leftMs(): number;
  /** Receives each observation of a source that has a change in flight. */
  onChanging(observation: Observation): void;
}

export interface SourceCacheTools {
  readonly dataStreams: () => Promise<StreamService>;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export class SourceCache {
  readonly #tools: SourceCacheTools;
  readonly #lookups = new SharedCalls<SourceLookup>();
  /** By the source's ARN. */
  readonly #waiters = new Map<string, Set<SourceWaiter>>();

  constructor(tools: SourceCacheTools) {
    this.#tools = tools;
  }

  /**
   * Looks up a source, and waits until no change is in flight on it. `missing` and `denied` are answers. Rejects with any
   * other `ServiceError`, or with the reason of the waiter's signal.
   */
  async lookUp(source: StreamRef, waiter: SourceWaiter): Promise<SourceLookup> {
    const id = source.arn ?? source.name;
    const waiters = this.#waiters.get(id) ?? new Set();
    this.#waiters.set(id, waiters.add(waiter));
    try {
      return await this.#lookups.answer(id, waiter.signal, (shared) => this.#lookUp(source, waiters, shared));
    } finally {
      waiters.delete(waiter);
    }
  }

  async #lookUp(source: StreamRef, waiters: ReadonlySet<SourceWaiter>, signal: AbortSignal): Promise<SourceLookup> {
    try {
      return await this.#pollUntilAtRest(source, waiters, signal);
    } catch (error) {
      if (error instanceof ServiceError && (error.errorKind === 'missing' || error.errorKind === 'denied')) {
        return { answer: error.errorKind, why: error.errorKind === 'missing' ? error.withoutAdvice : error.message };
      }
      throw error;
    }
  }

  async #pollUntilAtRest(
    source: StreamRef,
    waiters: ReadonlySet<SourceWaiter>,
    signal: AbortSignal
  ): Promise<SourceLookup> {
    const { clock, random } = this.#tools;
    const service = await this.#tools.dataStreams();
    const leftMs = () => Math.max(...Array.from(waiters, (waiter) => waiter.leftMs()));
    const sinceMs = clock.now();
    let observation = await service.describe(source, signal);
    const waitedForChange = observation.phase === 'changing';
    while (observation.phase === 'changing') {
      for (const waiter of waiters) waiter.onChanging(observation);
      const intervalMs = pollInterval(clock.now() - sinceMs, leftMs(), service.minPollIntervalMs, random());
      await clock.sleep(intervalMs, signal);
      observation = await service.describe(source, signal, { pollTimeLeftMs: leftMs() });
    }
    return { answer: 'found', observation, observedMs: clock.now(), waitedForChange };
  }
}
