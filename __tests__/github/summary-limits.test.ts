import { describe, expect, test } from '@jest/globals';
import { renderSummary } from '../../src/github/summary.ts';
import { element, listItems, parseHtml, textOf, visibleText } from '../end-to-end/html.ts';
import { many, result } from '../support/results.ts';
import { ENDED, ENV, rowsOf, summaryWith, toTell } from './summaries.ts';

const MIB = 1_048_576;

/** That GitHub would take it, and reads it as one block of HTML. */
function expectTakable(summary: string): void {
  expect(Buffer.byteLength(summary)).toBeLessThan(MIB);
  expect(summary).toMatch(/^<h3>.*<\/p>$/s);
  for (const line of summary.split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
}

describe('the size of the job summary', () => {
  test.each([1, 11, 1_000])('%i streams are all told', (count) => {
    const summary = summaryWith(many(count));
    expectTakable(summary);
    expect(rowsOf(summary)).toHaveLength(count);
    expect(summary).not.toContain('For want of room');
  });

  test('of 10,000 the worst stay, with why, and the rest is counted by outcome', () => {
    const outcomes = ['compliant', 'unchanged', 'rekeyed', 'failed', 'not-applicable'] as const;
    const results = many(10_000, (place) => ({
      outcome: outcomes[place % 5] ?? 'failed',
      message: `why ${place}`,
      warnings: [`warning ${place}`]
    }));
    const beganMs = performance.now();
    const summary = summaryWith(results);
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    expectTakable(summary);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(995_000);

    const rows = rowsOf(summary);
    const failed = rows.filter(([outcome]) => outcome === '❌ failed').length;
    const whys = rows.filter((row) => row.length === 1).map(([text]) => text);
    expect(whys.slice(0, failed)).toEqual(Array.from({ length: failed }, (_, place) => `why ${place * 5 + 3}`));
    const told = rows.length - whys.length;
    expect(failed).toBeGreaterThan(1_000);
    expect(textOf(element('p', ...parseHtml(summary).filter((one) => textOf(one).startsWith('For want'))))).toBe(
      `For want of room ${10_000 - told} of 10000 streams are left out here: ` +
        `${[`${2_000 - failed} failed`]
          .filter(() => failed < 2_000)
          .concat([`${2_000 - (told - failed)} not-applicable`, '2000 rekeyed', '2000 unchanged', '2000 compliant'])
          .join(', ')}. ` +
        'Give report-path to have all in a file.'
    );
  });

  test.each([10_000, 60_000, 500_000])(
    'takes the %i bytes that it is given but for less than a row, and no more',
    (most) => {
      const summary = renderSummary(toTell(many(2_000, { outcome: 'failed' })), ENV, most);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(most);
      expect(Buffer.byteLength(summary)).toBeGreaterThan(most - 500);
    }
  );

  test('the rest is in the report where one was written', () => {
    const summary = summaryWith(many(10_000), { reportPath: 'out/<b>.json' });
    expect(visibleText(summary)).toMatch(/\d+ rekeyed\. All are in out\/<b>\.json\./);
  });

  const texts = {
    'what HTML writes at six times its length': `/"`.repeat(5_000),
    'names between quotes': `/'`.repeat(5_000),
    'characters of three bytes': '鍵/'.repeat(5_000),
    'characters of four bytes': '😀'.repeat(5_000),
    short: 'x'
  };
  test.each(Object.entries(texts))('holds with hostile texts everywhere: %s', (_name, text) => {
    const key = { type: null, id: text };
    const env = Object.fromEntries(Object.keys(ENV).map((name) => [name, text]));
    for (const count of [0, 1, 2, 300]) {
      const results = many(count, (place) => ({
        name: text,
        outcome: place % 2 === 0 ? 'failed' : 'rekeyed',
        message: text,
        arn: text,
        key,
        target: { type: null, id: `${place}${text}` },
        previousKey: { type: null, id: `${text.slice(0, 3_000)}${place}` },
        warnings: [text, `${place}${text}`]
      }));
      const rows = toTell(results).rows.map((row) => ({ ...row, consoleUrl: text }));
      const errors = Array.from({ length: 1_000 }, () => text);
      expectTakable(renderSummary(toTell([], { request: text, rows, errors, reportPath: text }), env));
    }
  });

  test('holds with more errors, remarks and old keys than there is room for, and says how many more there are', () => {
    const results = many(10_000, (place) => ({
      previousKey: { type: 'customer-managed', id: `arn:aws:kms:us-east-1:111122223333:key/old-${place}` },
      warnings: [`warning ${place}`]
    }));
    const errors = Array.from({ length: 10_000 }, (_, place) => `fault ${place}`);
    const summary = summaryWith(results, { errors });
    expectTakable(summary);
    expect(rowsOf(summary).length).toBeGreaterThan(1_000);
    const mores = listItems(summary).filter((text) => text.startsWith('…'));
    expect(mores).toHaveLength(3);
    for (const more of mores) expect(more).toMatch(/^… and \d+ more, which the log tells\.$/);
    const told = listItems(summary).filter((text) => text.startsWith('fault')).length;
    expect(mores[0]).toBe(`… and ${10_000 - told} more, which the log tells.`);
  });
});

test.each([
  [1, 4],
  [2, 14]
])('nothing from outside makes markup, a mention or a line of Markdown, of %i streams', (count, quotes) => {
  const hostile = '"><img src=x onerror=alert(1)>\n\n# @team `x` </code><script>';
  const key = { type: null, id: hostile };
  const bad = result({ name: hostile, outcome: 'failed', message: hostile, key, warnings: [hostile] });
  const row = { result: bad, endedAt: ENDED, consoleUrl: `https://example.org/${hostile}` };
  const rows = Array.from({ length: count }, () => row);
  const env = { ...ENV, GITHUB_WORKFLOW: hostile, GITHUB_EVENT_NAME: hostile, GITHUB_REPOSITORY: hostile };
  const summary = renderSummary(toTell([], { request: hostile, rows, errors: [hostile], reportPath: hostile }), env);
  expect(summary).not.toMatch(/<img|<script|<\/code><s/);
  expect(summary).not.toMatch(/\n\s*\n/);
  for (const [, attribute] of summary.matchAll(/href="([^"]*)"/g)) expect(attribute).not.toMatch(/[<>']/);
  expect(summary.match(/"/g)?.length).toBe(quotes);
});
