/** The step's log and annotations. Whatever comes from outside can make no workflow command and move no cursor. */

import * as core from '@actions/core';

/** GitHub cuts an annotation at 4096 characters; nothing that has something to say comes near. */
const LONGEST = 4_000;

/** The text, cut where it is longer than anybody would read. */
export function cut(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed();
}

/** A line as the log may show it: one line, not too long, without control or invisible characters, and no workflow command. */
export function plain(text: string): string {
  return cut(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, ' ')
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ');
}

/** Writes a line to the log. */
export function info(line: string): void {
  core.info(plain(line));
}

/** Writes a line that shows with step debug logging only. */
export function debug(line: string): void {
  core.debug(plain(line));
}

/** Makes a warning annotation; each of `lines` stands on a line of its own. */
export function warning(title: string, ...lines: readonly string[]): void {
  core.warning(lines.map(plain).join('\n'), { title: plain(title) });
}

/** Makes an error annotation; each of `lines` stands on a line of its own. */
export function error(title: string, ...lines: readonly string[]): void {
  core.error(lines.map(plain).join('\n'), { title: plain(title) });
}

/** Writes lines to the log that stay folded away under a title. */
export function group(title: string, lines: readonly string[]): void {
  core.startGroup(plain(title));
  for (const line of lines) info(line);
  core.endGroup();
}
