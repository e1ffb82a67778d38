/**
 * What holds for a step that a hostile text has reached. Log and HTML are read as the runner and a browser read them: what the
 * action did not escape would become a command or an element, and would be missing in the text that people see.
 */

import { expect } from '@jest/globals';
import type { Report } from '../../../src/reporting/report.ts';
import type { StepResult } from '../../../testing/runner.ts';
import type { LocalIssue } from '../../github/local-github.ts';
import { tableRows } from '../../github/rendered-summary.ts';
import { contentOf, element, type HtmlNode, listItems, parseHtml, textOf } from '../html.ts';
import { OUTPUTS } from '../step.ts';
import { commandsOf, linesOf, type WorkflowCommand } from '../workflow-commands.ts';
import { oneLine, truncated } from './text.ts';

/** Expects outputs and report to have the same content, and no unknown output. */
export function expectOutputs({ outputs }: StepResult, { outcome, counts, streams }: Report): void {
  expect(Object.keys(outputs)).toEqual(OUTPUTS);
  expect(outputs).toMatchObject({ outcome, counts: JSON.stringify(counts) });
  const shortened = JSON.parse(JSON.stringify(streams), (_name, value) =>
    typeof value === 'string' ? truncated(value) : value
  );
  expect(shortened).toMatchObject(JSON.parse(outputs.results ?? ''));
}

const REQUEST_LOG = /^(kinesis|firehose|kms|tag) [A-Z]\w+ \d+ ms (\d{3}|no answer)( [0-9a-f-]{36})?$/;

/** Besides requests, expects groups that are closed, then at most ten annotations, errors first, no other command, and nothing invisible. */
export function expectLog({ stdout, stderr }: StepResult): void {
  const lines = linesOf(stdout + stderr);
  for (const line of lines) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
  }
  const isRequest = ({ name, message }: WorkflowCommand) => name === 'debug' && REQUEST_LOG.test(message);
  const commands = commandsOf(stdout + stderr).filter((command) => !isRequest(command));
  expect(commands.map(({ name }) => `${name} `).join('')).toMatch(
    /^(group endgroup )*(?=(\w+ ){0,10}$)(error )*(warning )*$/
  );
  for (const { name, properties, message } of commands) {
    if (name === 'group') expect(message).toMatch(/^\S+ (kinesis|firehose) .{1,60}: [a-z-]+$/);
    const isAnnotation = name === 'error' || name === 'warning';
    expect(properties).toEqual(isAnnotation ? { title: expect.any(String) } : {});
  }
}

/** Expects annotations and summary to have each text as it is: of the run, and of its stream if it is the only one. */
export function expectTexts({ stdout, summary }: StepResult, { request, errors, streams }: Report): void {
  const explained = ['failed', 'non-compliant', 'not-applicable'];
  const single = streams.length === 1 ? streams : [];
  const reasons = single.filter(({ outcome }) => explained.includes(outcome));
  const warnings = single.flatMap((stream) => stream.warnings);
  const annotated = commandsOf(stdout).flatMap(({ message }) => message.split('\n'));
  const given = [...errors, ...reasons.map(({ outcome, message }) => `${outcome}: ${message}`), ...warnings];
  expect(annotated).toEqual(expect.arrayContaining(given.map(oneLine)));

  const shown = [...parseHtml(summary).map(textOf), ...listItems(summary)];
  const expected = [...errors, ...reasons.map(({ message }) => message), ...warnings];
  if (request !== null) {
    expect(linesOf(stdout)[0]).toBe(oneLine(request));
    expected.push(request);
  }
  expect(shown).toEqual(expect.arrayContaining(expected.map(oneLine)));
  const rows = tableRows(summary).map(([, stream]) => stream);
  expect(rows.toSorted()).toEqual(streams.map(({ kind, name }) => `${oneLine(name)} ${kind}`).toSorted());
}

/** Text that GitHub turns into a link, a mention or an emoji, unless it is inside `code`. */
const AUTOLINKED = /@\w|#\d|(?<![\w-])[a-z]+-\d|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,40}\b/i;
const ALLOWED = ['h3', 'p', 'ul', 'li', 'strong', 'br', 'sub', 'table', 'tbody', 'tr', 'th', 'td', 'a'];

/** Expects one block of HTML: without Markdown, with elements of the action only, and links to the console and the run. */
export function expectHtml(html: string): void {
  expect(html).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  for (const line of html.trimEnd().split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
  for (const node of parseHtml(html)) expectHarmless(node);
}

function expectHarmless(node: HtmlNode): void {
  if (typeof node === 'string') expect(node).not.toMatch(AUTOLINKED);
  else if (node.name === 'code') expect(node).toEqual(element('code', ...contentOf(node).map(textOf)));
  else {
    expect(ALLOWED).toContain(node.name);
    const hosts = String.raw`(us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)|github\.com)`;
    const href = expect.stringMatching(new RegExp(`^https://${hosts}/[^\\p{C}]+$`, 'u'));
    expect(node.attributes).toEqual(node.name === 'a' ? { href } : {});
    for (const inner of node.content) expectHarmless(inner);
  }
}

/** Expects an issue with a plain title, two comments that the text does not end, and harmless HTML without account IDs. */
export function expectIssue({ title, body }: LocalIssue): void {
  expect(title).toMatch(/^Stream encryption fails: [^@#`<>\n\p{Cc}\p{Cf}\p{Cs}]{0,256}$/u);
  const [marker = '', runs = '', ...lines] = (body ?? '').split('\n');
  expect(marker).toMatch(/^<!-- stream-encryption tracks [^\s<>]+ [^\s<>]+ -->$/);
  expect(runs).toMatch(/^<!-- failing runs: 1, latest: 1658821493\.1, causes: [0-9a-f]{16} -->$/);
  expectHtml(lines.join('\n'));
  expect(body).not.toContain('111122223333');
}
