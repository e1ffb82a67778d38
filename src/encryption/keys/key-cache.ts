/** A cache of kms:DescribeKey: each key is looked up once in a run. */

import { type KeyService, ServiceError } from '../ports.ts';
import { SharedCalls } from '../shared-calls.ts';
import type { Lookup } from './resolved-key.ts';

export class KeyCache {
  readonly #keys: KeyService;
  readonly #lookups = new SharedCalls<Lookup>();

  constructor(keys: KeyService) {
    this.#keys = keys;
  }

  /**
   * Looks up a key. `missing` and `denied` are answers. Rejects with any other
   * `ServiceError`, or with the signal's reason.
   */
  lookUp(id: string, signal: AbortSignal): Promise<Lookup> {
    return this.#lookups.answer(id, signal, (shared) => this.#describe(id, shared));
  }

  /** The ARNs of the keys that were found so far, by the identifiers that they were looked up by. */
  arns(): ReadonlyMap<string, string> {
    const found = [...this.#lookups.answers].flatMap(([id, lookup]) =>
      lookup.answer === 'found' ? [[id, lookup.key.arn] as const] : []
    );
    return new Map(found);
  }

  async #describe(id: string, signal: AbortSignal): Promise<Lookup> {
    try {
      const lookup: Lookup = { answer: 'found', key: await this.#keys.describe(id, signal) };
      this.#lookups.keep(lookup.key.arn, lookup);
      return lookup;
    } catch (error) {
      if (error instanceof ServiceError && (error.errorKind === 'missing' || error.errorKind === 'denied')) {
        return { answer: error.errorKind, why: error.message, withoutAdvice: error.withoutAdvice };
      }
      throw error;
    }
  }
}
