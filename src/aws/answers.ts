/**
 * Validates the answers of AWS, once, where they enter. The SDK passes on what the JSON contains, so that a field may be
 * missing or have any type. A reader of our own, because a schema library would add more to the bundle than these lines.
 */

import { isArn, parseStreamArn } from '../encryption/arn.ts';
import type { StreamRef } from '../encryption/model.ts';
import { MalformedAnswer } from '../encryption/ports.ts';
import { type Call, formatCall } from './call.ts';

/**
 * The fields of an answer, or of a structure in it. Null and an empty text count as absent. Every method throws
 * `MalformedAnswer` if the field has another type, and those without `optional` in their name also if it is absent.
 */
export class Fields {
  readonly #call: Call;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(call: Call, fields: object) {
    this.#call = call;
    this.#fields = new Map(Object.entries(fields));
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#absent(name);
  }

  optionalText(name: string): string | null {
    return this.#optional(name, 'a text', (value) => (typeof value === 'string' ? value : null));
  }

  /** A whole number of at least `min`. */
  optionalCount(name: string, min: number): number | null {
    return this.#optional(name, `a whole number from ${min}`, (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= min ? value : null
    );
  }

  /** The SDK makes a date of every number, an invalid one if the number is out of range. */
  optionalDate(name: string): Date | null {
    return this.#optional(name, 'a valid date', (value) =>
      value instanceof Date && !Number.isNaN(value.getTime()) ? value : null
    );
  }

  flag(name: string): boolean {
    return this.optionalFlag(name) ?? this.#absent(name);
  }

  /** Emulators write 0 and 1, too. */
  optionalFlag(name: string): boolean | null {
    return this.#optional(name, 'true or false', (value) => {
      if (value === 0 || value === 1) return value === 1;
      return typeof value === 'boolean' ? value : null;
    });
  }

  structure(name: string): Fields {
    return this.optionalStructure(name) ?? this.#absent(name);
  }

  optionalStructure(name: string): Fields | null {
    return this.#optional(name, 'a structure', (value) => this.#toFields(value));
  }

  /** A list of texts, none of which is empty. */
  texts(name: string): readonly string[] {
    return this.#list(name).map((item) =>
      typeof item === 'string' && item !== '' ? item : this.#wrong(`${name} contains`, item, 'a text')
    );
  }

  structures(name: string): readonly Fields[] {
    return this.#list(name).map((item) => this.#toFields(item) ?? this.#wrong(`${name} contains`, item, 'a structure'));
  }

  /** An ARN of any resource. */
  arn(name: string): string {
    const arn = this.text(name);
    if (!isArn(arn)) throw this.malformed(`the answer's ${name} is not an ARN`);
    return arn;
  }

  /** The ARN of exactly this stream, in any partition, region and account. */
  arnOf(stream: StreamRef, name: string): string {
    const arn = this.text(name);
    const answered = parseStreamArn(arn)?.stream;
    if (answered?.kind !== stream.kind) throw this.malformed(`the answer's ${name} is not the ARN of such a stream`);
    if (answered.name !== stream.name) throw this.malformed(`the answer describes another stream, ${answered.name}`);
    return arn;
  }

  /** The error for an answer with this defect. */
  malformed(defect: string): MalformedAnswer {
    return new MalformedAnswer(`${formatCall(this.#call)}: ${defect}`);
  }

  #optional<T>(name: string, expected: string, read: (value: unknown) => T | null): T | null {
    const value = this.#fields.get(name);
    if (value === undefined || value === null || value === '') return null;
    return read(value) ?? this.#wrong(`${name} is`, value, expected);
  }

  #list(name: string): readonly unknown[] {
    return this.#optional(name, 'a list', (value) => (Array.isArray(value) ? value : null)) ?? this.#absent(name);
  }

  #toFields(value: unknown): Fields | null {
    const isStructure = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isStructure ? new Fields(this.#call, value) : null;
  }

  #absent(name: string): never {
    throw this.malformed(`the answer has no ${name}`);
  }

  #wrong(what: string, value: unknown, expected: string): never {
    throw this.malformed(`the answer's ${what} ${describe(value)}, not ${expected}`);
  }
}

/** What a value is. The value itself may be long. */
function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'out of range';
  switch (typeof value) {
    case 'object':
      return 'a structure';
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    default:
      return String(value);
  }
}
