/** A cache of kms:DescribeKey: each key is looked up once in a run. */

import { untilAborted } from '../deadline.ts';
import { type KeyService, ServiceError } from '../ports.ts';
import type { Lookup } from './resolved-key.ts';

/** A lookup in progress, shared by everyone who waits for it. It is aborted when the last of them has gone. */
interface PendingLookup {
  readonly lookup: Promise<Lookup>;
  readonly abort: AbortController;
  waiting: number;
}

export class KeyCache {
  readonly #keys: KeyService;
  readonly #known = new Map<string, Lookup>();
  readonly #pending = new Map<string, PendingLookup>();

  constructor(keys: KeyService) {
    this.#keys = keys;
  }

  /**
   * Looks up a key. `missing` and `denied` are answers. Rejects with any other
   * `ServiceError`, or with the signal's reason.
   */
  async lookUp(id: string, signal: AbortSignal): Promise<Lookup> {
    const known = this.#known.get(id);
    if (known) return known;
    const pending = this.#pending.get(id) ?? this.#start(id);
    pending.waiting += 1;
    try {
      return await untilAborted(pending.lookup, signal);
    } finally {
      pending.waiting -= 1;
      if (pending.waiting === 0) {
        this.#pending.delete(id);
        pending.abort.abort();
      }
    }
  }

  #start(id: string): PendingLookup {
    const abort = new AbortController();
    const pending = { lookup: this.#describe(id, abort.signal), abort, waiting: 0 };
    this.#pending.set(id, pending);
    return pending;
  }

  async #describe(id: string, signal: AbortSignal): Promise<Lookup> {
    const lookup = await this.#answer(id, signal);
    this.#known.set(id, lookup);
    if (lookup.answer === 'found') this.#known.set(lookup.key.arn, lookup);
    return lookup;
  }

  async #answer(id: string, signal: AbortSignal): Promise<Lookup> {
    try {
      return { answer: 'found', key: await this.#keys.describe(id, signal) };
    } catch (error) {
      if (error instanceof ServiceError && (error.errorKind === 'missing' || error.errorKind === 'denied')) {
        return { answer: error.errorKind, why: error.message };
      }
      throw error;
    }
  }
}
