import { untilAborted } from '../deadline.ts';
import { type KeyService, ServiceError } from '../ports.ts';
import type { Lookup } from './keys.ts';

/** A request that is under way, for all that wait for its answer: it ends when the last of them has gone. */
interface PendingLookup {
  readonly lookup: Promise<Lookup>;
  readonly end: AbortController;
  waiting: number;
}

/** What KMS said of each key so far: a key is asked for once in a run, under whichever of its names. */
export class KeyCache {
  readonly #keys: KeyService;
  readonly #known = new Map<string, Lookup>();
  readonly #asked = new Map<string, PendingLookup>();

  constructor(keys: KeyService) {
    this.#keys = keys;
  }

  /**
   * Looks a key up. A key that does not exist or may not be looked up is an answer; other troubles are thrown, as is the
   * signal's reason.
   */
  async lookUp(id: string, signal: AbortSignal): Promise<Lookup> {
    const known = this.#known.get(id);
    if (known) return known;
    const asked = this.#asked.get(id) ?? this.#ask(id);
    asked.waiting += 1;
    try {
      return await untilAborted(asked.lookup, signal);
    } finally {
      asked.waiting -= 1;
      if (asked.waiting === 0) {
        this.#asked.delete(id);
        asked.end.abort();
      }
    }
  }

  #ask(id: string): PendingLookup {
    const end = new AbortController();
    const asked = { lookup: this.#describe(id, end.signal), end, waiting: 0 };
    this.#asked.set(id, asked);
    return asked;
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
