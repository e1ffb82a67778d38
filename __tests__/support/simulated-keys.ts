import type { KeyDescription } from '../../src/encryption/model.ts';
import { type ErrorKind, type KeyService, ServiceError } from '../../src/encryption/ports.ts';
import type { Interceptor } from './simulated-stream.ts';

/** KMS in memory, with keys by their ids and aliases. Records each lookup. */
export class SimulatedKeys implements KeyService {
  readonly described: string[] = [];
  readonly #answers = new Map<string, KeyDescription | ServiceError>();
  readonly #interceptors: Interceptor[] = [];

  /** Adds a key with its ARN, its id and more names. Aliases are added with their ARNs as well. */
  add(key: KeyDescription, ...names: string[]): void {
    const [, prefix, id = ''] = /^(.*:)key\/(.*)$/.exec(key.arn) ?? [];
    const aliases = names.filter((name) => name.startsWith('alias/'));
    for (const name of [key.arn, id, ...names, ...aliases.map((alias) => `${prefix}${alias}`)]) {
      this.#answers.set(name, key);
    }
  }

  refuse(name: string, errorKind: ErrorKind, message: string): void {
    this.#answers.set(name, new ServiceError(errorKind, message));
  }

  /** Denies every lookup, as for a role without kms:DescribeKey. */
  denyAll(): void {
    this.#answers.clear();
    this.#answerToUnknown = (id) => new ServiceError('denied', `not allowed to kms:DescribeKey ${id}`);
  }

  /** Sets interceptors for the next lookups, one per lookup. */
  onNextDescribes(...interceptors: Interceptor[]): void {
    this.#interceptors.push(...interceptors);
  }

  async describe(id: string, signal: AbortSignal): Promise<KeyDescription> {
    signal.throwIfAborted();
    this.described.push(id);
    await this.#interceptors.shift()?.(signal);
    const answer = this.#answers.get(id) ?? this.#answerToUnknown(id);
    if (answer instanceof ServiceError) throw answer;
    return answer;
  }

  #answerToUnknown = (id: string) => new ServiceError('missing', `there is no key ${id}`);
}
