/**
 * How the action must print a text that it did not write: on one line, without anything invisible, and never as a workflow
 * command. Nothing is imported from src/github/log.ts, so that a defect there is not expected here.
 */

/** Characters that are not drawn, that move the cursor, or that end a line. */
const INVISIBLE = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Default_Ignorable_Code_Point}]+/gu;

/** Shortens a text to 4,000 UTF-16 code units, and replaces unpaired surrogates. */
export function truncated(text: string): string {
  return text.slice(0, 4_000).toWellFormed() + (text.length > 4_000 ? '…' : '');
}

/** The text as the log, an annotation or the summary must show it. */
export function oneLine(text: string): string {
  const visible = truncated(text).replace(INVISIBLE, ' ').replaceAll('##[', '# #[');
  return visible.replace(/^(\s*):(?=:)/, '$1: ');
}

/** The text as an environment variable can hold it: without NUL, in valid UTF-8, and of limited length. */
export function asVariable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 50_000).toWellFormed();
}

/** The starts of the entries of a text that may be a list, without spaces. Where one stands, the text has arrived. */
export function startsOf(text: string): string[] {
  const starts = text.split(/[\r\n,]/).map((entry) => withoutSpaces(oneLine(entry)).slice(0, 12));
  const telling = starts.filter(({ length }) => length > 3);
  return telling.length > 0 ? telling : starts;
}

export function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}
