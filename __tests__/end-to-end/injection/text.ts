/**
 * How the action must print a text that it did not write: on one line, without anything invisible, and never as a workflow
 * command. It is implemented independently of src/github/log.ts, so that the two do not share a defect.
 */

const MAX_LENGTH = 4_000;
/** Characters that are not drawn, that move the cursor, or that end a line. */
const INVISIBLE = /^[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Default_Ignorable_Code_Point}]$/u;

/** Shortens a text to 4,000 UTF-16 code units, and replaces unpaired surrogates. */
export function truncated(text: string): string {
  const end = text.length > MAX_LENGTH ? '…' : '';
  return (
    Array.from(text.slice(0, MAX_LENGTH), (character) => (isSurrogate(character) ? '\ufffd' : character)).join('') + end
  );
}

/** The text as the log, an annotation or the summary must show it. */
export function oneLine(text: string): string {
  const visible = spaceForInvisible(truncated(text)).split('##[').join('# #[');
  const indent = visible.length - visible.trimStart().length;
  return visible.startsWith('::', indent) ? `${visible.slice(0, indent)}: ${visible.slice(indent + 1)}` : visible;
}

/** The text as it must be shown, without spaces, so that the spaces that replace other characters do not matter. */
export function withoutSpaces(text: string): string {
  return oneLine(text.slice(0, 1_000)).replace(/\s+/g, '');
}

/** The text as an environment variable can hold it: without NUL, in valid UTF-8, and of limited length. */
export function asVariable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 50_000).toWellFormed();
}

/** The start of the text, without spaces. A message that contains it shows that the text reached the action. */
export function startOf(text: string): string {
  return withoutSpaces(asVariable(text)).slice(0, 12);
}

/** Replaces each run of invisible characters with one space. */
function spaceForInvisible(text: string): string {
  const kept: string[] = [];
  let isGap = false;
  for (const character of text) {
    const isVisible = !INVISIBLE.test(character);
    if (isVisible) kept.push(character);
    else if (!isGap) kept.push(' ');
    isGap = !isVisible;
  }
  return kept.join('');
}

function isSurrogate(character: string): boolean {
  return character.length === 1 && character >= '\ud800' && character <= '\udfff';
}
