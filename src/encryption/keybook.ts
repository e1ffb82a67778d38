import type { Lookup } from './keys.ts';
import { type KeyService, ServiceError } from './model.ts';

/** What KMS said of each key so far: a key is asked for once in a run, under whichever of its names. */
export class KeyBook {
  readonly #keys: KeyService;
  readonly #known = new Map<string, Lookup>();

  constructor(keys: KeyService) {
    this.#keys = keys;
  }

  /** Looks a key up. A key that does not exist or may not be looked up is an answer; other troubles are thrown. */
  async lookUp(id: string, signal: AbortSignal): Promise<Lookup> {
    const known = this.#known.get(id);
    if (known) return known;
    const lookup = await this.#ask(id, signal);
    this.#known.set(id, lookup);
    if (lookup.answer === 'found') this.#known.set(lookup.key.arn, lookup);
    return lookup;
  }

  async #ask(id: string, signal: AbortSignal): Promise<Lookup> {
    try {
      return { answer: 'found', key: await this.#keys.describe(id, signal) };
    } catch (error) {
      if (error instanceof ServiceError && (error.trouble === 'missing' || error.trouble === 'denied')) {
        return { answer: error.trouble, why: error.message };
      }
      throw error;
    }
  }
}
