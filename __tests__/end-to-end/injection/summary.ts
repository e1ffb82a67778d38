/** What the job summary must be to a browser, and to GitHub's Markdown: exactly what is meant. */

import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { endedWell } from '../../../src/encryption/model.ts';
import { plain } from '../../../src/github/log.ts';
import type { StreamReport } from '../../../src/reporting/report.ts';
import { formatCounts, worstFirst } from '../../../src/reporting/tally.ts';
import type { StepResult } from '../../../testing/runner.ts';
import { linesOf } from '../commands.ts';
import { contentOf, element, type Shape, shapesOf, textOf } from '../html.ts';
import type { Surroundings, Told } from './channel.ts';

type Part = Shape | string;

/** The summary is one block of HTML, in which each text stands where it is meant to, and makes no link and no mention. */
export function expectSummary({ summary, stdout, outputs }: StepResult, told: Told, around: Surroundings): void {
  expect(summary).toMatch(/^<h3>.*<\/p>\n$/s);
  for (const line of summary.trimEnd().split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
  expect(summary).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(summary.length).toBeLessThan(500_000);

  const [heading = '', ...shapes] = shapesOf(summary);
  expect(heading).toEqual(element('h3', textOf(heading)));
  expect(textOf(heading)).toMatch(new RegExp(`^\\S+ Stream encryption: ${verdictOf(told, outputs.counts ?? '')}$`));
  expect(shapes.pop()).toEqual(origin(around));
  const [request = ''] = linesOf(stdout);
  if (told.request !== null) expect(request).toBe(plain(told.request));
  if (told.request !== null || told.streams.length > 0) expectProse(shapes.shift(), 'p', request);
  if (told.faults.length > 0) expectList(shapes.shift(), told.faults.map(plain));
  if (told.streams.length > 0) expectTable(shapes.shift(), told.streams);
  const notes = notesOn(told, stdout);
  if (notes.length > 0) expectList(shapes.shift(), notes);
  expect(shapes).toEqual([]);
}

function verdictOf({ outcome, streams }: Told, counts: string): string {
  return streams.length > 1 ? formatCounts(JSON.parse(counts)) : (streams[0]?.outcome ?? outcome);
}

function origin({ repository, workflow, event }: Surroundings): Shape {
  const link = plain(`https://github.com/${repository}/actions/runs/1658821493`);
  return element('p', element('sub', 'Run ', anchor(link, code(`${workflow} #7`)), ', started by ', code(event)));
}

function anchor(href: string, ...content: Part[]): Shape {
  return { name: 'a', attributes: { href }, content };
}

function code(text: string): Shape {
  return element('code', ...[plain(text)].filter((inner) => inner !== ''));
}

/** What GitHub makes a link, a mention or a picture of outside code. */
const LINKED = /@\w|#\d|(?<![\w-])[a-z]+-\d|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,40}\b/i;

/** That this is an element with just this text, in which some words are code, among them all that GitHub would link. */
function expectProse(part: Part | undefined, name: string, text: string): void {
  const content = contentOf(part).map((inner) => (typeof inner === 'string' ? inner : element('code', textOf(inner))));
  expect(part).toEqual(element(name, ...content));
  expect(textOf(part ?? '')).toBe(text);
  for (const inner of content) if (typeof inner === 'string') expect(inner).not.toMatch(LINKED);
}

function expectList(list: Part | undefined, texts: readonly string[]): void {
  expect(list).toEqual(element('ul', ...contentOf(list)));
  expect(contentOf(list)).toHaveLength(texts.length);
  for (const [index, text] of texts.entries()) expectProse(contentOf(list)[index], 'li', text);
}

const TITLES = ['Outcome', 'Stream', 'Key before → key now', 'Time'];

/** A row a stream, the worst first; of several streams, a row below each that did not end well tells why. */
function expectTable(table: Part | undefined, streams: readonly StreamReport[]): void {
  const [head, ...rows] = contentOf(contentOf(table)[0]);
  expect(table).toEqual(element('table', element('tbody', ...contentOf(contentOf(table)[0]))));
  expect(head).toEqual(element('tr', ...TITLES.map((title) => element('th', title))));
  for (const stream of worstFirst(streams, ({ outcome }) => outcome)) {
    expectRow(rows.shift(), stream);
    if (streams.length > 1 && !endedWell(stream)) expectReason(rows.shift(), plain(stream.message));
  }
  expect(rows).toEqual([]);
}

function expectRow(row: Part | undefined, stream: StreamReport): void {
  const [outcome = '', name = '', , time = ''] = contentOf(row);
  const [link = ''] = contentOf(name);
  const href = typeof link === 'string' ? '' : (link.attributes.href ?? '');
  expect(href).toMatch(/^https:\/\/us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)\/[!-~]+…?$/);
  expect(textOf(outcome)).toMatch(new RegExp(`^\\S+ ${stream.outcome}$`));
  expect(textOf(time)).toMatch(/^\d+\.\d\d\u00a0s$/);
  const cells = [
    element('td', textOf(outcome)),
    element('td', anchor(href, code(stream.name)), ' ', element('sub', stream.kind)),
    element('td', ...keysOf(stream)),
    element('td', textOf(time))
  ];
  expect(row).toEqual(element('tr', ...cells));
}

function expectReason(row: Part | undefined, text: string): void {
  const [cell] = contentOf(row);
  const attributes = { colspan: '4', width: '640' };
  expect(row).toEqual(element('tr', { name: 'td', attributes, content: contentOf(cell) }));
  expectProse(element('td', ...contentOf(cell)), 'td', text);
}

function keysOf({ outcome, changed, encrypted, ...told }: StreamReport): Part[] {
  const key = (type: string | null, id: string | null) => {
    if (id !== null) return code(id.replace(/^arn:aws:kms:us-east-1:111122223333:key\//, ''));
    return type === null ? null : type === 'aws-owned' ? 'the AWS owned key' : 'a customer managed key';
  };
  const now = encrypted === 'false' ? 'not encrypted' : (key(told.keyType, told.keyId) ?? 'unknown');
  // The only changes that fail here ask for the AWS owned key.
  if (changed && outcome === 'failed') return [now, element('br'), '→ the AWS owned key, not proved'];
  const before = outcome === 'enabled' ? 'not encrypted' : key(told.previousKeyType, told.previousKeyId);
  if (before === null || isDeepStrictEqual(before, now)) return [now];
  return typeof now === 'string' ? [before, element('br'), `→ ${now}`] : [before, element('br'), '→ ', now];
}

/** The notes below the table: why it did not end well or what does not apply, the warnings, and what is to be seen to. */
function notesOn({ streams }: Told, log: string): string[] {
  const remarks = streams.flatMap((stream) => {
    const why = endedWell(stream) ? stream.outcome === 'not-applicable' : streams.length === 1;
    const who = streams.length === 1 ? '' : `${plain(stream.name)}: `;
    return [...(why ? [stream.message] : []), ...stream.warnings].map((text) => who + plain(text));
  });
  const aftercare = linesOf(log).filter((line) => /^(Keep the old key|Producers need) /.test(line));
  return [...remarks, ...aftercare];
}
