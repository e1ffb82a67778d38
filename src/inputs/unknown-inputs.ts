/** Inputs that do not exist, which the runner passes to the step nevertheless, after a warning. */

import { INPUT_DEFAULTS } from './input-reader.ts';

const NAMES = Object.keys(INPUT_DEFAULTS);

/** How the runner passes an input: the name in upper case, with `_` for blanks. */
const VARIABLE = /^INPUT_(.+)$/s;

/** A name with more wrong letters is another name. */
const MAX_EDITS = 3;
/** Shorter texts begin or end too many names. */
const MIN_PART_LENGTH = 3;

/**
 * An error for each input in the environment that does not exist, with the names it may have been meant for. The value is
 * never quoted: it may be a secret that was given to the wrong name.
 */
export function unknownInputs(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env).flatMap((variable) => {
    const name = VARIABLE.exec(variable)?.[1]?.toLowerCase();
    return name === undefined || NAMES.includes(name) ? [] : [formatUnknown(name, variable)];
  });
}

function formatUnknown(name: string, variable: string): string {
  const similar = similarNames(name);
  const remedy =
    similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : `remove it, or use ${NAMES.join(', ')}.`;
  return `Input ${name} does not exist: ${remedy} An environment variable ${variable} of the job counts as an input, too`;
}

/** The inputs with the fewest wrong letters; otherwise those whose name begins or ends with this one, or the other way round. */
function similarNames(name: string): readonly string[] {
  const maxEdits = Math.min(MAX_EDITS, Math.floor(name.length / 2));
  for (let edits = 1; edits <= maxEdits; edits += 1) {
    const close = NAMES.filter((known) => isWithinEdits(name, known, edits));
    if (close.length > 0) return close;
  }
  return NAMES.filter((known) => isPart(known, name) || isPart(name, known));
}

function isPart(part: string, text: string): boolean {
  return part.length >= MIN_PART_LENGTH && (text.startsWith(part) || text.endsWith(part));
}

/** Whether one text becomes the other by inserting, deleting or replacing at most so many letters (Levenshtein). */
function isWithinEdits(one: string, other: string, edits: number): boolean {
  if (one === '' || other === '') return one.length + other.length <= edits;
  const [restOfOne, restOfOther] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return isWithinEdits(restOfOne, restOfOther, edits);
  if (edits === 0) return false;
  return (
    isWithinEdits(restOfOne, restOfOther, edits - 1) ||
    isWithinEdits(restOfOne, other, edits - 1) ||
    isWithinEdits(one, restOfOther, edits - 1)
  );
}
