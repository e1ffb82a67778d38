/** The texts of the workflow's inputs, their defaults, and the errors found in them. */

import { formatList } from '../encryption/format.ts';

/**
 * The inputs of action.yml and their defaults; empty without one. An input from an unset variable is empty, which means the
 * same as left out.
 */
export const INPUT_DEFAULTS = {
  'stream-kind': '',
  'stream-name': '',
  'stream-tags': '',
  'if-no-streams-found': 'error',
  mode: 'encrypt',
  'key-type': '',
  'key-id': '',
  'from-key-id': '',
  'approved-key-ids': '',
  'max-changes': '',
  wait: 'true',
  'timeout-seconds': '600',
  'settle-seconds': '5',
  'verify-records': 'false',
  region: '',
  'report-path': '',
  'github-token': '',
  'report-issue': 'false'
};

export type InputName = keyof typeof INPUT_DEFAULTS;

/** What is wrong with an input: one remedy, and all values of a list that it applies to. */
interface InputError {
  readonly name: InputName;
  readonly remedy: string;
  readonly values: Set<string>;
}

export class InputReader {
  readonly #input: (name: string) => string;
  readonly #errors: InputError[] = [];

  /** `input` returns an input's text, trimmed; empty if it was left out. */
  constructor(input: (name: string) => string) {
    this.#input = input;
  }

  /** The input's text, or its default; empty if it has neither. */
  text(name: InputName): string {
    return this.#input(name) || INPUT_DEFAULTS[name];
  }

  /** The input's value from a fixed set, which may be written in any case; null, with an error, if it is another one. */
  choice<Value extends string>(name: InputName, values: readonly Value[]): Value | null {
    const text = this.text(name);
    return values.find((value) => value === text.toLowerCase()) ?? this.error(name, text, mustBe(values));
  }

  /** The input's lines, without empty ones. */
  lines(name: InputName): readonly string[] {
    return trimmed(this.text(name).split('\n'));
  }

  /**
   * The entries of a list, separated by line breaks or commas. `,,` (from unset variables) is one invalid entry, so that it
   * is not mistaken for an omitted input.
   */
  entries(name: InputName): readonly string[] {
    const entries = trimmed(this.text(name).split(/[\n,]/));
    return entries.length === 0 ? this.lines(name) : entries;
  }

  /** Records an error, and returns null in place of the value. An empty value is reported as missing. */
  error(name: InputName, value: string, why: string): null {
    const remedy = /^[\s,]+$/.test(value) ? `${why} (an unset variable leaves only the comma)` : why;
    const known = this.#errors.find((error) => error.name === name && error.remedy === remedy);
    if (known) known.values.add(value);
    else this.#errors.push({ name, remedy, values: new Set([value]) });
    return null;
  }

  /** A line per error, with the input, its value or the first values of a list, and the remedy. */
  get errors(): readonly string[] {
    return this.#errors.map(({ name, remedy, values }) => {
      if (values.has('')) return `Input ${name} is missing: ${remedy}`;
      return `Input ${name} is ${formatList([...values].map((value) => `"${value}"`))}: ${remedy}`;
    });
  }
}

/** `must be a, b or c`: the remedy for an input with a fixed set of values. */
export function mustBe(values: readonly string[]): string {
  return `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function trimmed(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
