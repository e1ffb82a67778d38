/** What action.yml says of the action, as far as somebody who starts it must know. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface ActionFile {
  /** Each input's default by the input's name; empty where it has none. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Such as `node24`. */
  readonly using: string;
  /** The path of the bundle. */
  readonly main: string;
}

/** Reads the repository's action.yml. */
export function readActionFile(): ActionFile {
  const file = members(parse(readFileSync(pathOf('action.yml'), 'utf8')));
  const runs = members(file.runs);
  const inputs = Object.entries(members(file.inputs));
  return {
    defaults: Object.fromEntries(inputs.map(([name, input]) => [name, text(members(input).default ?? '')])),
    using: text(runs.using),
    main: pathOf(text(runs.main))
  };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('action.yml: a mapping is missing');
  return { ...value };
}

/** Unquoted, `true` is no text for YAML; the runner would still hand it on as one, but only strings are sure to stay as written. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`action.yml: ${JSON.stringify(value)} should be a quoted string`);
  return value;
}
