/** Reads from action.yml what is needed to start the action. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface ActionFile {
  /** The default of each input, by input name; empty if it has none. */
  readonly defaults: Readonly<Record<string, string>>;
  /** For example `node24`. */
  readonly using: string;
  /** The absolute path of the bundle's entry file. */
  readonly main: string;
}

/** Reads the action.yml of this repository. */
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
  if (typeof value !== 'object' || value === null) throw new Error('action.yml: expected a mapping');
  return { ...value };
}

/** Rejects unquoted values such as `true`: YAML converts them, so the runner may pass them on in another form. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`action.yml: ${JSON.stringify(value)} must be a quoted string`);
  return value;
}
