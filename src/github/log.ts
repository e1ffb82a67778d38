/** The step's log and annotations. Text from outside cannot create a workflow command or a terminal control sequence. */

import * as core from '@actions/core';
import { hideSecrets } from './secrets.ts';

/** GitHub truncates an annotation at 4096 characters. */
const MAX_CHARACTERS = 4_000;

/** The text, truncated if it is longer than an annotation can be. */
export function truncate(text: string): string {
  return (text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text).toWellFormed();
}

/** The text as one line of limited length, without secrets, control characters, invisible characters and workflow commands. */
export function sanitize(text: string): string {
  return truncate(hideSecrets(text))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ');
}

/** Writes a line to the log. */
export function info(line: string): void {
  core.info(sanitize(line));
}

/** Writes a line that appears only if step debug logging is on. */
export function debug(line: string): void {
  core.debug(sanitize(line));
}

/** Writes a warning annotation with a line for each of `lines`. */
export function warning(title: string, ...lines: readonly string[]): void {
  core.warning(lines.map(sanitize).join('\n'), { title: sanitize(title) });
}

/** Writes an error annotation with a line for each of `lines`. */
export function error(title: string, ...lines: readonly string[]): void {
  core.error(lines.map(sanitize).join('\n'), { title: sanitize(title) });
}

/** Writes lines to the log as a collapsed group. */
export function group(title: string, lines: readonly string[]): void {
  core.startGroup(sanitize(title));
  for (const line of lines) info(line);
  core.endGroup();
}
