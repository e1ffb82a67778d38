import { describe, expect, test } from '@jest/globals';
import { listItems } from '../end-to-end/html.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { runRequest } from '../support/requests.ts';
import { manyResults } from '../support/results.ts';
import { ENV, paragraphs, renderResults, tableRows } from './rendered-summary.ts';

/** Expects a size that GitHub accepts, and a single block of HTML. */
function expectValidSummary(summary: string): void {
  expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
  expect(summary).toMatch(/^<h3>.*<\/p>$/s);
  const block = /^<\/?(h3|p|ul|li|table|tr|details)\b/;
  expect(summary.split('\n').filter((line) => !block.test(line))).toEqual([]);
}

describe('the size of the job summary', () => {
  test('of 1,000 streams with three causes: three paragraphs and all rows, in a tenth of the space', () => {
    const failed = manyResults(900, (index) => ({ outcome: 'failed', message: `Grant kms:Action${index % 3}` }));
    const summary = renderResults([...failed, ...manyResults(100)]);
    expectValidSummary(summary);
    expect(Buffer.byteLength(summary)).toBeLessThan(400_000);
    const causes = [0, 1, 2].map((nth) => {
      const names = Array.from({ length: 10 }, (_, index) => `stream-${nth + 3 * index}`).join(', ');
      return `Cause ${nth + 1}: 300 streams: failed: Grant kms:Action${nth}. Streams: ${names} and 290 more`;
    });
    expect(paragraphs(summary).filter((text) => text.startsWith('Cause'))).toEqual(causes);
    expect(summary.split('Grant')).toHaveLength(1 + 3);
    const rows = tableRows(summary);
    expect(rows).toHaveLength(1_000);
    expect(rows.filter(([outcome]) => outcome === '❌ failedcause 2')).toHaveLength(300);
    expect(summary).not.toContain('Omitted for space');
  });

  test('of 10,000 streams: the worst, and the numbers of the streams, errors, causes, warnings and next steps that do not fit', () => {
    const outcomes = ['compliant', 'unchanged', 'rekeyed', 'failed', 'not-applicable'] as const;
    const results = manyResults(10_000, (index) => ({
      outcome: outcomes[index % 5] ?? 'failed',
      message: `why ${index}`,
      previousKey: { type: 'customer-managed', id: `arn:aws:kms:us-east-1:111122223333:key/old-${index}` },
      warnings: [`warning ${index}`]
    }));
    const errors = Array.from({ length: 10_000 }, (_, index) => `error ${index}`);
    let summary = '';
    const timeMs = cpuTimeMs(() => {
      summary = renderResults(results, { errors, reportPath: 'out/<b>.json' });
    });
    expect(timeMs).toBeLessThan(5_000);
    expectValidSummary(summary);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(995_000);

    const rows = tableRows(summary);
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.filter(([outcome]) => !outcome?.startsWith('❌ failedcause '))).toEqual([]);
    const [items, texts] = [listItems(summary), paragraphs(summary)];
    const omitted = `${2_000 - rows.length} failed, 2000 not-applicable, 2000 rekeyed, 2000 unchanged, 2000 compliant`;
    expect(texts).toContain(
      `Omitted for space: ${10_000 - rows.length} of 10000 streams (${omitted}). All streams are in out/<b>.json.`
    );
    const more = (begin: string, all: readonly string[], total: number) =>
      `… and ${total - all.filter((text) => text.startsWith(begin)).length} more in the log.`;
    expect([...items, ...texts].filter((text) => text.startsWith('…'))).toEqual([
      more('error', items, 10_000),
      more('stream-', items, 10_000),
      more('Keep', items, 10_001),
      more('Cause', texts, 4_000)
    ]);
    const causes = ['Cause 1: stream-3: failed: why 3', 'Cause 2: stream-8: failed: why 8'];
    expect(texts.filter((text) => text.startsWith('Cause ')).slice(0, 2)).toEqual(causes);
  });

  test.each([10_000, 60_000, 500_000])('uses at most %i bytes, and leaves less space than a row needs', (maxBytes) => {
    const summary = renderResults(manyResults(2_000, { outcome: 'failed' }), { maxBytes });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxBytes);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(maxBytes - 500);
    expect(summary).toContain('Set <code>report-path</code> to write all streams to a file.');
  });

  test.each([
    ['characters that HTML escapes', `/"`.repeat(5_000)],
    ['names and quotes', `/'`.repeat(5_000)],
    ['characters of three bytes', '鍵/'.repeat(5_000)],
    ['characters of four bytes', '😀'.repeat(5_000)],
    ['short', 'x']
  ])('stays valid with hostile text everywhere: %s', (_name, text) => {
    const env = Object.fromEntries(Object.keys(ENV).map((name) => [name, text]));
    const request = runRequest({ region: text, stream: { kind: 'kinesis', name: text, arn: null } });
    const errors = Array.from({ length: 1_000 }, () => text);
    for (const count of [0, 1, 2, 300]) {
      const results = manyResults(count, (index) => ({
        name: text,
        outcome: index % 2 === 0 ? 'failed' : 'rekeyed',
        message: text,
        arn: text,
        key: { type: null, id: text },
        target: { type: null, id: `${index}${text}` },
        previousKey: { type: null, id: `${text.slice(0, 3_000)}${index}` },
        warnings: [text, `${index}${text}`]
      }));
      expectValidSummary(renderResults(results, { request, errors, reportPath: text, env }));
    }
  });
});

test.each([
  [1, 4],
  [2, 6]
])('text from outside adds no markup, mention or line of Markdown to the summary of %i stream(s)', (count, quotes) => {
  const hostile = '"><img src=x onerror=alert(1)>\n\n# @team `x` </code><script>';
  const key = { type: null, id: hostile };
  const failed = { name: hostile, outcome: 'failed', message: hostile, key, warnings: [hostile] } as const;
  const request = runRequest({ region: hostile, stream: { kind: 'kinesis', name: hostile, arn: null } });
  const env = { ...ENV, GITHUB_WORKFLOW: hostile, GITHUB_EVENT_NAME: hostile, GITHUB_REPOSITORY: hostile };
  const summary = renderResults(manyResults(count, failed), { request, errors: [hostile], reportPath: hostile, env });
  expect(summary).not.toMatch(/<img|<script|<\/code><s/);
  expect(summary).not.toMatch(/\n\s*\n/);
  for (const [, attribute] of summary.matchAll(/href="([^"]*)"/g)) expect(attribute).not.toMatch(/[<>']/);
  expect(summary.match(/"/g)).toHaveLength(quotes);
});
