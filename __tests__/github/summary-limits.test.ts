import { describe, expect, test } from '@jest/globals';
import { renderSummary } from '../../src/github/summary.ts';
import { element, listItems, parseHtml, textOf, visibleText } from '../end-to-end/html.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { runRequest } from '../support/requests.ts';
import { manyResults, result } from '../support/results.ts';
import { ENV, paragraphs, renderResults, summaryContent, tableRows } from './rendered-summary.ts';

const MIB = 1_048_576;

/** Expects a size that GitHub accepts, and a single block of HTML. */
function expectValidSummary(summary: string): void {
  expect(Buffer.byteLength(summary)).toBeLessThan(MIB);
  expect(summary).toMatch(/^<h3>.*<\/p>$/s);
  for (const line of summary.split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr|details)\b/);
}

describe('the size of the job summary', () => {
  test.each([1, 11, 1_000])('shows all of %i streams', (count) => {
    const summary = renderResults(manyResults(count));
    expectValidSummary(summary);
    expect(tableRows(summary)).toHaveLength(count);
    expect(summary).not.toContain('Omitted for space');
  });

  test('of 1,000 streams with three causes, shows three paragraphs and all rows, in a tenth of the space', () => {
    const summary = renderResults(
      manyResults(1_000, (index) => (index < 900 ? { outcome: 'failed', message: `Grant kms:Action${index % 3}` } : {}))
    );
    expectValidSummary(summary);
    expect(Buffer.byteLength(summary)).toBeLessThan(400_000);
    const causes = paragraphs(summary).filter((text) => text.startsWith('Cause'));
    expect(causes).toEqual(
      [0, 1, 2].map((nth) => {
        const names = Array.from({ length: 10 }, (_, index) => `stream-${nth + 3 * index}`).join(', ');
        return `Cause ${nth + 1}: 300 streams: failed: Grant kms:Action${nth}. Streams: ${names} and 290 more`;
      })
    );
    expect(summary.split('Grant').length - 1).toBe(3);
    const rows = tableRows(summary);
    expect(rows).toHaveLength(1_000);
    expect(rows.filter(([outcome]) => outcome === '❌ failedcause 2')).toHaveLength(300);
  });

  test('of 10,000 streams, shows the worst, and counts the others by outcome', () => {
    const outcomes = ['compliant', 'unchanged', 'rekeyed', 'failed', 'not-applicable'] as const;
    const results = manyResults(10_000, (index) => ({
      outcome: outcomes[index % 5] ?? 'failed',
      message: `why ${index}`,
      warnings: [`warning ${index}`]
    }));
    let summary = '';
    expect(
      cpuTimeMs(() => {
        summary = renderResults(results);
      })
    ).toBeLessThan(5_000);
    expectValidSummary(summary);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(995_000);

    const rows = tableRows(summary);
    const failed = rows.filter(([outcome]) => outcome?.startsWith('❌ failedcause ')).length;
    const shown = rows.length;
    expect(failed).toBeGreaterThan(1_000);
    expect(
      paragraphs(summary)
        .filter((text) => text.startsWith('Cause '))
        .slice(0, 2)
    ).toEqual(['Cause 1: stream-3: failed: why 3', 'Cause 2: stream-8: failed: why 8']);
    expect(textOf(element('p', ...parseHtml(summary).filter((one) => textOf(one).startsWith('Omitted'))))).toBe(
      `Omitted for space: ${10_000 - shown} of 10000 streams (` +
        `${[`${2_000 - failed} failed`]
          .filter(() => failed < 2_000)
          .concat([`${2_000 - (shown - failed)} not-applicable`, '2000 rekeyed', '2000 unchanged', '2000 compliant'])
          .join(', ')}). ` +
        'Set report-path to write all streams to a file.'
    );
  });

  test.each([10_000, 60_000, 500_000])('uses at most %i bytes, and leaves less space than a row needs', (maxBytes) => {
    const summary = renderSummary(summaryContent(manyResults(2_000, { outcome: 'failed' })), ENV, maxBytes);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxBytes);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(maxBytes - 500);
  });

  test('refers to the report if one was written', () => {
    const summary = renderResults(manyResults(10_000), { reportPath: 'out/<b>.json' });
    expect(visibleText(summary)).toMatch(/\d+ rekeyed\)\. All streams are in out\/<b>\.json\./);
  });

  const texts = {
    'characters that HTML escapes': `/"`.repeat(5_000),
    'names and quotes': `/'`.repeat(5_000),
    'characters of three bytes': '鍵/'.repeat(5_000),
    'characters of four bytes': '😀'.repeat(5_000),
    short: 'x'
  };
  test.each(Object.entries(texts))('stays valid with hostile text everywhere: %s', (_name, text) => {
    const key = { type: null, id: text };
    const env = Object.fromEntries(Object.keys(ENV).map((name) => [name, text]));
    for (const count of [0, 1, 2, 300]) {
      const results = manyResults(count, (index) => ({
        name: text,
        outcome: index % 2 === 0 ? 'failed' : 'rekeyed',
        message: text,
        arn: text,
        key,
        target: { type: null, id: `${index}${text}` },
        previousKey: { type: null, id: `${text.slice(0, 3_000)}${index}` },
        warnings: [text, `${index}${text}`]
      }));
      const errors = Array.from({ length: 1_000 }, () => text);
      const request = runRequest({ region: text, stream: { kind: 'kinesis', name: text, arn: null } });
      expectValidSummary(renderSummary(summaryContent(results, { request, errors, reportPath: text }), env));
    }
  });

  test('counts the errors, causes, warnings and next steps that do not fit', () => {
    const results = manyResults(10_000, (index) => ({
      outcome: index % 2 === 0 ? 'failed' : 'rekeyed',
      message: `why ${index}`,
      previousKey: { type: 'customer-managed', id: `arn:aws:kms:us-east-1:111122223333:key/old-${index}` },
      warnings: [`warning ${index}`]
    }));
    const errors = Array.from({ length: 10_000 }, (_, index) => `error ${index}`);
    const summary = renderResults(results, { errors });
    expectValidSummary(summary);
    expect(tableRows(summary).length).toBeGreaterThan(1_000);
    const omissions = listItems(summary).filter((text) => text.startsWith('…'));
    expect(omissions).toHaveLength(3);
    omissions.push(...paragraphs(summary).filter((text) => text.startsWith('…')));
    expect(omissions).toHaveLength(4);
    for (const omission of omissions) expect(omission).toMatch(/^… and \d+ more in the log\.$/);
    const shown = listItems(summary).filter((text) => text.startsWith('error')).length;
    expect(omissions[0]).toBe(`… and ${10_000 - shown} more in the log.`);
  });
});

test.each([
  [1, 4],
  [2, 6]
])('text from outside adds no markup, mention or line of Markdown to the summary of %i stream(s)', (count, quotes) => {
  const hostile = '"><img src=x onerror=alert(1)>\n\n# @team `x` </code><script>';
  const key = { type: null, id: hostile };
  const failed = result({ name: hostile, outcome: 'failed', message: hostile, key, warnings: [hostile] });
  const request = runRequest({ region: hostile, stream: { kind: 'kinesis', name: hostile, arn: null } });
  const env = { ...ENV, GITHUB_WORKFLOW: hostile, GITHUB_EVENT_NAME: hostile, GITHUB_REPOSITORY: hostile };
  const results = Array.from({ length: count }, () => failed);
  const summary = renderSummary(summaryContent(results, { request, errors: [hostile], reportPath: hostile }), env);
  expect(summary).not.toMatch(/<img|<script|<\/code><s/);
  expect(summary).not.toMatch(/\n\s*\n/);
  for (const [, attribute] of summary.matchAll(/href="([^"]*)"/g)) expect(attribute).not.toMatch(/[<>']/);
  expect(summary.match(/"/g)?.length).toBe(quotes);
});
