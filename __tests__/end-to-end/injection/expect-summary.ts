/** Checks the job summary as a browser and GitHub's Markdown renderer read it: the intended elements and no other. */

import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import { contentOf, element, type HtmlElement, type HtmlNode, parseHtml, textOf } from '../html.ts';
import type { StreamReport } from '../report-schema.ts';
import { linesOf } from '../workflow-commands.ts';
import { failsStep, formatCounts, type ReportedRun, worstFirst } from './reported-run.ts';
import { oneLine } from './text.ts';
import type { Origin } from './vector.ts';

/** Expects one block of HTML in which each text is in its place and creates neither a link nor a mention. */
export function expectSummary({ summary, stdout }: StepResult, run: ReportedRun, origin: Origin): void {
  expect(summary).toMatch(/^<h3>.*<\/p>\n$/s);
  for (const line of summary.trimEnd().split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
  expect(summary).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(summary.length).toBeLessThan(500_000);

  const [heading = '', ...nodes] = parseHtml(summary);
  expect(heading).toEqual(element('h3', textOf(heading)));
  expect(textOf(heading)).toMatch(new RegExp(`^\\S+ Stream encryption: ${expectedVerdict(run)}$`));
  expect(nodes.pop()).toEqual(expectedOrigin(origin));
  const [request = ''] = linesOf(stdout);
  if (run.request !== null) expect(request).toBe(oneLine(run.request));
  if (run.request !== null || run.streams.length > 0) expectProse(nodes.shift(), 'p', request);
  if (run.faults.length > 0) expectList(nodes.shift(), run.faults.map(oneLine));
  if (run.streams.length > 0) expectTable(nodes.shift(), run.streams);
  const notes = expectedNotes(run, stdout);
  if (notes.length > 0) expectList(nodes.shift(), notes);
  expect(nodes).toEqual([]);
}

function expectedVerdict({ outcome, streams }: ReportedRun): string {
  return streams.length > 1 ? formatCounts(streams) : (streams[0]?.outcome ?? outcome);
}

function expectedOrigin({ repository, workflow, event }: Origin): HtmlElement {
  const url = oneLine(`https://github.com/${repository}/actions/runs/1658821493`);
  return element('p', element('sub', 'Run ', link(url, code(`${workflow} #7`)), ', triggered by ', code(event)));
}

function link(href: string, ...content: HtmlNode[]): HtmlElement {
  return { name: 'a', attributes: { href }, content };
}

function code(text: string): HtmlElement {
  return element('code', ...[oneLine(text)].filter((inner) => inner !== ''));
}

/** Text that GitHub turns into a link, a mention or an emoji, unless it is inside `code`. */
const AUTOLINKED = /@\w|#\d|(?<![\w-])[a-z]+-\d|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,40}\b/i;

/** Expects an element that contains only this text, with everything that GitHub would link in `code`. */
function expectProse(node: HtmlNode | undefined, name: string, text: string): void {
  const content = contentOf(node).map((inner) => (typeof inner === 'string' ? inner : element('code', textOf(inner))));
  expect(node).toEqual(element(name, ...content));
  expect(textOf(node ?? '')).toBe(text);
  for (const inner of content) if (typeof inner === 'string') expect(inner).not.toMatch(AUTOLINKED);
}

function expectList(list: HtmlNode | undefined, texts: readonly string[]): void {
  expect(list).toEqual(element('ul', ...contentOf(list)));
  expect(contentOf(list)).toHaveLength(texts.length);
  for (const [index, text] of texts.entries()) expectProse(contentOf(list)[index], 'li', text);
}

const COLUMNS = ['Outcome', 'Stream', 'Key before → key now', 'Time'];

/** Expects a row per stream, worst outcome first. With several streams, another row below each failed one has its message. */
function expectTable(table: HtmlNode | undefined, streams: readonly StreamReport[]): void {
  const [head, ...rows] = contentOf(contentOf(table)[0]);
  expect(table).toEqual(element('table', element('tbody', ...contentOf(contentOf(table)[0]))));
  expect(head).toEqual(element('tr', ...COLUMNS.map((title) => element('th', title))));
  for (const stream of worstFirst(streams)) {
    expectRow(rows.shift(), stream);
    if (streams.length > 1 && failsStep(stream)) expectMessageRow(rows.shift(), oneLine(stream.message));
  }
  expect(rows).toEqual([]);
}

function expectRow(row: HtmlNode | undefined, stream: StreamReport): void {
  const [outcome = '', name = '', , time = ''] = contentOf(row);
  const [consoleLink = ''] = contentOf(name);
  const href = typeof consoleLink === 'string' ? '' : (consoleLink.attributes.href ?? '');
  expect(href).toMatch(/^https:\/\/us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)\/[!-~]+…?$/);
  expect(textOf(outcome)).toMatch(new RegExp(`^\\S+ ${stream.outcome}$`));
  expect(textOf(time)).toMatch(/^\d+\.\d\d\u00a0s$/);
  const cells = [
    element('td', textOf(outcome)),
    element('td', link(href, code(stream.name)), ' ', element('sub', stream.kind)),
    element('td', ...expectedKeys(stream)),
    element('td', textOf(time))
  ];
  expect(row).toEqual(element('tr', ...cells));
}

function expectMessageRow(row: HtmlNode | undefined, text: string): void {
  const [cell] = contentOf(row);
  const attributes = { colspan: '4', width: '640' };
  expect(row).toEqual(element('tr', { name: 'td', attributes, content: contentOf(cell) }));
  expectProse(element('td', ...contentOf(cell)), 'td', text);
}

function expectedKeys({ outcome, changed, encrypted, ...keys }: StreamReport): HtmlNode[] {
  const now = encrypted === 'false' ? 'not encrypted' : (expectedKey(keys.keyType, keys.keyId) ?? 'unknown');
  // In these tests, only changes to the AWS owned key fail.
  if (changed && outcome === 'failed') return [now, element('br'), '→ the AWS owned key, not proved'];
  const before = outcome === 'enabled' ? 'not encrypted' : expectedKey(keys.previousKeyType, keys.previousKeyId);
  if (before === null || isDeepStrictEqual(before, now)) return [now];
  return typeof now === 'string' ? [before, element('br'), `→ ${now}`] : [before, element('br'), '→ ', now];
}

function expectedKey(type: string | null, id: string | null): HtmlNode | null {
  if (id !== null) return code(id.replace(/^arn:aws:kms:us-east-1:111122223333:key\//, ''));
  if (type === null) return null;
  return type === 'aws-owned' ? 'the AWS owned key' : 'a customer managed key';
}

/** The notes below the table: messages that the table does not contain, warnings, and what to do after a change. */
function expectedNotes({ streams }: ReportedRun, log: string): string[] {
  const remarks = streams.flatMap((stream) => {
    const hasMessage = failsStep(stream) ? streams.length === 1 : stream.outcome === 'not-applicable';
    const prefix = streams.length === 1 ? '' : `${oneLine(stream.name)}: `;
    return [...(hasMessage ? [stream.message] : []), ...stream.warnings].map((text) => prefix + oneLine(text));
  });
  const nextSteps = linesOf(log).filter((line) => /^(Keep the previous key|Producers need) /.test(line));
  return [...remarks, ...nextSteps];
}
