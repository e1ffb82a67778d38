/** Checks the job summary as a browser and GitHub's Markdown renderer read it: the intended elements and no other. */

import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import { contentOf, element, type HtmlElement, type HtmlNode, parseHtml, textOf } from '../html.ts';
import type { StreamReport } from '../report-schema.ts';
import { linesOf } from '../workflow-commands.ts';
import { expectStatements, type Statement, statementsAbout } from './expected-causes.ts';
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
  if (run.request !== null || run.streams.length > 0) {
    expectProse(nodes.shift(), 'p', request);
    const place = textOf(nodes[0] ?? '');
    expect(place).toMatch(/^(Account \d{12}(, \d{12})* · r|R)egion [a-z0-9-]+$/);
    expectProse(nodes.shift(), 'p', place);
  }
  if (run.errors.length > 0) expectList(nodes.shift(), run.errors.map(oneLine));
  const statements = statementsAbout(run.streams);
  const causes = takeWhile(nodes, 'p');
  expectCauses(
    causes,
    statements.filter(({ level }) => level === 'error'),
    run.streams.length
  );
  if (run.streams.length > 0) expectTable(nodes.shift(), run.streams, / · mode check · /.test(request), causes.length);

  const warnings = statements.filter(({ level }) => level === 'warning');
  const nextSteps = linesOf(stdout).filter((line) => NEXT_STEP.test(line));
  const [list] = warnings.length + nextSteps.length > 0 ? [nodes.shift()] : [];
  const items = contentOf(list);
  if (list !== undefined) expect(list).toEqual(element('ul', ...items));
  const warningItems = items.slice(0, items.length - nextSteps.length);
  expectCauses(warningItems, warnings, run.streams.length);
  for (const [index, step] of nextSteps.entries()) expectProse(items[warningItems.length + index], 'li', step);
  if (run.streams.some(({ outcome }) => outcome === 'enabled' || outcome === 'rekeyed')) {
    expect(textOf(nodes[0] ?? '')).toMatch(/^Proof: After [a-z ,]+\.$/);
    expectProse(nodes[0], 'p', textOf(nodes.shift() ?? ''));
  }
  expect(nodes).toEqual([]);
}

const NEXT_STEP = /^(Keep the previous key|(Before the change: )?Producers need) /;

/** Removes the elements with this name from the beginning of the list. */
function takeWhile(nodes: HtmlNode[], name: string): HtmlNode[] {
  const end = nodes.findIndex((node) => typeof node === 'string' || node.name !== name);
  return nodes.splice(0, end === -1 ? nodes.length : end);
}

/** Expects elements that say all statements. The labels of the causes and the names of their streams are set apart. */
function expectCauses(nodes: readonly HtmlNode[], statements: readonly Statement[], streamCount: number): void {
  const texts = nodes.map((node, index) => {
    const [first = '', ...more] = contentOf(node);
    const isLabelled = typeof first !== 'string' && first.name === 'strong';
    if (isLabelled) expect(first).toEqual(element('strong', `Cause ${index + 1}`));
    expectInline(contentOf(node), ['strong', 'code', 'br', 'sub']);
    const text = (isLabelled ? more : [first, ...more]).map(textOf).join('');
    return isLabelled ? text.slice(': '.length) : text;
  });
  expectStatements(texts, statements, ({ stream, reason, text }) =>
    streamCount > 1 ? `${oneLine(stream.name)}: ${oneLine(reason)}` : oneLine(text)
  );
}

/** Expects only these elements, and everything that GitHub would link in `code`. */
function expectInline(nodes: readonly HtmlNode[], names: readonly string[]): void {
  for (const node of nodes) {
    if (typeof node === 'string') expect(node).not.toMatch(AUTOLINKED);
    else {
      expect(names).toContain(node.name);
      expect(node.attributes).toEqual({});
      if (node.name === 'code') expect(node).toEqual(element('code', ...[textOf(node)].filter((text) => text !== '')));
      else expectInline(node.content, names);
    }
  }
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

/** Expects a row per stream, worst outcome first. */
function expectTable(
  table: HtmlNode | undefined,
  streams: readonly StreamReport[],
  isCheck: boolean,
  causeCount: number
): void {
  const columns = ['Outcome', 'Stream', isCheck ? 'Key' : 'Key before → key now', 'Time'];
  const [head, ...rows] = contentOf(contentOf(table)[0]);
  expect(table).toEqual(element('table', element('tbody', ...contentOf(contentOf(table)[0]))));
  expect(head).toEqual(element('tr', ...columns.map((title) => element('th', title))));
  for (const stream of worstFirst(streams)) expectRow(rows.shift(), stream, isCheck, causeCount);
  expect(rows).toEqual([]);
}

function expectRow(row: HtmlNode | undefined, stream: StreamReport, isCheck: boolean, causeCount: number): void {
  const [outcome = '', name = '', keys = '', time = ''] = contentOf(row);
  const [outcomeText = '', ...label] = contentOf(outcome);
  expect(outcomeText).toMatch(new RegExp(`^\\S+ ${stream.outcome}$`));
  expect(label.map(textOf).join('')).toMatch(failsStep(stream) && causeCount > 1 ? /^cause \d+$/ : /^$/);
  const [first = ''] = contentOf(name);
  const href = typeof first === 'string' ? undefined : first.attributes.href;
  // The console of a made-up partition is not known.
  if (href === undefined) expect(stream.arn).not.toMatch(/^(arn:aws(-cn)?:.*)?$/);
  else expect(href).toMatch(/^https:\/\/us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)\/[!-~]+…?$/);
  expect(textOf(time)).toMatch(/^\d+\.\d\d\u00a0s$/);
  const shownName = href === undefined ? code(stream.name) : link(href, code(stream.name));
  const cells = [
    element('td', outcomeText, ...(label.length === 0 ? [] : [element('br'), element('sub', textOf(label[1] ?? ''))])),
    element('td', shownName, ' ', element('sub', stream.kind)),
    element('td', ...expectedKeys(stream, isCheck), ...expectedReason(stream, contentOf(keys).slice(-2))),
    element('td', textOf(time))
  ];
  expect(row).toEqual(element('tr', ...cells));
}

/** The row of a stream that was left alone says why, briefly. Here these are the streams that are not applicable. */
function expectedReason({ outcome }: StreamReport, [lineBreak, reason]: readonly HtmlNode[]): HtmlNode[] {
  if (outcome !== 'not-applicable' || lineBreak === undefined || reason === undefined) return [];
  // Breaking up commands adds a few characters.
  expect(textOf(reason).length).toBeLessThan(350);
  expectInline([reason], ['sub', 'code']);
  return [element('br'), reason];
}

function expectedKeys({ outcome, changed, encrypted, ...keys }: StreamReport, isCheck: boolean): HtmlNode[] {
  const now = encrypted === 'false' ? 'not encrypted' : (expectedKey(keys.keyType, keys.keyId) ?? 'unknown');
  if (isCheck) return [now];
  // In these tests, only changes to the AWS owned key fail.
  if (changed && outcome === 'failed') return [now, element('br'), '→ the AWS owned key, not proved'];
  const previous = expectedKey(keys.previousKeyType, keys.previousKeyId);
  const before = outcome === 'enabled' ? 'not encrypted' : outcome === 'rekeyed' ? (previous ?? 'unknown') : previous;
  if (before === null || isDeepStrictEqual(before, now)) return [now];
  return typeof now === 'string' ? [before, element('br'), `→ ${now}`] : [before, element('br'), '→ ', now];
}

function expectedKey(type: string | null, id: string | null): HtmlNode | null {
  if (id !== null) return code(id.replace(/^arn:aws:kms:us-east-1:111122223333:key\//, ''));
  if (type === null) return null;
  return type === 'aws-owned' ? 'the AWS owned key' : 'a customer managed key';
}
