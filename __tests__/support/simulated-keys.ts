import type { KeyDescription } from '../../src/encryption/model.ts';
import { type ErrorKind, type KeyService, ServiceError } from '../../src/encryption/ports.ts';
import type { Step } from './simulated-stream.ts';

/** KMS in memory: the keys by every name that leads to them. Notes what was asked. */
export class SimulatedKeys implements KeyService {
  readonly described: string[] = [];
  readonly #answers = new Map<string, KeyDescription | ServiceError>();
  readonly #steps: Step[] = [];

  /** Makes a key known by its ARN, by its bare id, and by further names; an alias by its ARN, too. */
  add(key: KeyDescription, ...names: string[]): void {
    const [, home, id = ''] = /^(.*:)key\/(.*)$/.exec(key.arn) ?? [];
    const aliases = names.filter((name) => name.startsWith('alias/'));
    for (const name of [key.arn, id, ...names, ...aliases.map((alias) => `${home}${alias}`)]) {
      this.#answers.set(name, key);
    }
  }

  refuse(name: string, errorKind: ErrorKind, message: string): void {
    this.#answers.set(name, new ServiceError(errorKind, message));
  }

  /** Has every key denied, as to a role without kms:DescribeKey. */
  denyAll(): void {
    this.#answers.clear();
    this.#otherwise = (id) => new ServiceError('denied', `not allowed to kms:DescribeKey ${id}`);
  }

  /** What the next questions meet, one each, before any gets through. */
  nextDescribes(...steps: Step[]): void {
    this.#steps.push(...steps);
  }

  async describe(id: string, signal: AbortSignal): Promise<KeyDescription> {
    signal.throwIfAborted();
    this.described.push(id);
    await this.#steps.shift()?.(signal);
    const answer = this.#answers.get(id) ?? this.#otherwise(id);
    if (answer instanceof ServiceError) throw answer;
    return answer;
  }

  #otherwise = (id: string) => new ServiceError('missing', `there is no key ${id}`);
}
