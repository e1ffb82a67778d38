/** What the workflow gave: the texts of its inputs, and the faults found in them. */

import { formatList } from '../encryption/format.ts';

/** The defaults of action.yml. An input from an unset variable arrives empty, which is to mean the same as left out. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  mode: 'encrypt',
  'key-type': 'any',
  wait: 'true',
  'timeout-seconds': '600',
  'settle-seconds': '5',
  'verify-records': 'false',
  'report-issue': 'false'
};

/** One thing to mend in an input; all the values of a list that it is true of. */
interface Fault {
  readonly name: string;
  readonly wayOut: string;
  readonly values: Set<string>;
}

export class InputReader {
  readonly #input: (name: string) => string;
  readonly #faults: Fault[] = [];

  /** `input` gives an input's text, trimmed; empty where it was left out. */
  constructor(input: (name: string) => string) {
    this.#input = input;
  }

  /** The input's text, or its default; empty where it has neither. */
  text(name: string): string {
    return this.#input(name) || (DEFAULTS[name] ?? '');
  }

  /** The lines of the input that hold something. */
  lines(name: string): readonly string[] {
    return filled(this.text(name).split('\n'));
  }

  /**
   * The entries of a list, one a line or between commas. Commas alone are an entry, and no good one: of a list whose
   * variables are all unset, nobody should take the default for the answer.
   */
  entries(name: string): readonly string[] {
    const entries = filled(this.text(name).split(/[\n,]/));
    return entries.length === 0 ? this.lines(name) : entries;
  }

  /** Notes a fault; null stands for the value that could not be read. An empty value is a missing one. */
  fault(name: string, value: string, wayOut: string): null {
    const known = this.#faults.find((fault) => fault.name === name && fault.wayOut === wayOut);
    if (known) known.values.add(value);
    else this.#faults.push({ name, wayOut, values: new Set([value]) });
    return null;
  }

  /** A line for each fault, naming the input, its value or the first few of a list, and the way out. */
  get faults(): readonly string[] {
    return this.#faults.map(({ name, wayOut, values }) => {
      if (values.has('')) return `Input ${name} is missing: ${wayOut}`;
      return `Input ${name} is ${formatList([...values].map((value) => `"${value}"`))}: ${wayOut}`;
    });
  }
}

function filled(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}
