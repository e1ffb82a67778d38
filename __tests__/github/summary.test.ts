import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { type Summary, summaryOf } from '../../src/github/summary.ts';
import { element, type Shape, shapesOf, shown, textOf } from '../dist/summary.ts';
import { result } from './results.ts';

const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo-org/streams',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW: 'Nightly rotation',
  GITHUB_EVENT_NAME: 'schedule'
};

const FOREIGN_KEY = 'arn:aws:kms:us-east-1:999988887777:key/k';

const ENDED = new Date('2026-03-01T22:30:00Z');

function report(results: readonly Result[], otherwise: Partial<Summary> = {}): Summary {
  const consoleUrl = 'https://console.example/?a=1&b=2';
  const rows = results.map((one) => ({ result: one, endedAt: ENDED, consoleUrl }));
  return { request: 'us-east-1 · mode encrypt', rows, runEnded: null, faults: [], reportPath: null, ...otherwise };
}

describe('the job summary', () => {
  test('tells verdict, request, key before and after, time, aftercare, and the run', () => {
    expect(summaryOf(report([result()]), ENV)).toBe(
      [
        '<h3>🔑 Stream encryption: rekeyed</h3>',
        '<p>us-east-1 · mode encrypt</p>',
        '<table>',
        '<tr><th>Outcome</th><th>Stream</th><th>Key before → key now</th><th>Time</th></tr>',
        '<tr><td>🔑 rekeyed</td>' +
          '<td><a href="https://console.example/?a=1&amp;b=2"><code>orders</code></a> <sub>kinesis</sub></td>' +
          '<td><code>old</code><br>→ <code>new</code></td>' +
          '<td>1.23&nbsp;s</td></tr>',
        '</table>',
        '<ul>',
        '<li>Keep the old key <code>arn:aws:kms:us-east-1:111122223333:key/old</code> enabled until 2026-03-02 <code>22:30</code> UTC at least: the retention period of 24 h, for which records stay encrypted with it.</li>',
        '<li>Producers need <code>kms:GenerateDataKey</code> on <code>arn:aws:kms:us-east-1:111122223333:key/new</code> for a data stream; consumers need <code>kms:Decrypt</code>.</li>',
        '</ul>',
        '<p><sub>Run <a href="https://github.com/octo-org/streams/actions/runs/42"><code>Nightly rotation #7</code></a>, started by <code>schedule</code></sub></p>'
      ].join('\n')
    );
  });

  test.each(OUTCOMES)('has an icon for %s', (outcome) => {
    expect(summaryOf(report([result({ outcome })]), ENV)).toMatch(new RegExp(`<td>\\S+ ${outcome}</td>`));
  });

  test.each([
    ['enabled', { outcome: 'enabled', previousKey: null }, 'not encrypted<br>→ <code>'],
    [
      'still not encrypted',
      { outcome: 'failed', encrypted: 'false', key: null, previousKey: null, changedTo: null },
      '<td>not encrypted</td>'
    ],
    [
      'nobody can tell',
      { outcome: 'failed', encrypted: 'unknown', key: null, previousKey: null, changedTo: null },
      '<td>unknown</td>'
    ],
    ['the same key', { outcome: 'unchanged', previousKey: result().key, changedTo: null }, '<td><code>new</code></td>'],
    [
      'the key of another account, whole',
      { outcome: 'unchanged', previousKey: null, changedTo: null, key: { type: null, id: FOREIGN_KEY } },
      `<td><code>${FOREIGN_KEY}</code></td>`
    ],
    [
      'the AWS owned key, which has no id',
      { previousKey: { type: 'aws-owned', id: '' } },
      '<td>the AWS owned key<br>→ <code>new</code></td>'
    ],
    [
      'a change that is not proved',
      { outcome: 'timed-out', encrypted: 'false', key: null, previousKey: null },
      '<td>not encrypted<br>→ <code>new</code>, not proved</td>'
    ]
  ] as const)('tells the keys: %s', (_name, otherwise, cell) => {
    expect(summaryOf(report([result(otherwise)]), ENV)).toContain(cell);
  });

  test('tells the message of what did not end well and of what is planned, and every warning', () => {
    expect(summaryOf(report([result({ outcome: 'failed', message: 'boom' })]), ENV)).toContain('<li>boom</li>');
    expect(summaryOf(report([result({ outcome: 'planned', message: 'would' })]), ENV)).toContain('<li>would</li>');
    expect(summaryOf(report([result({ message: 'fine', warnings: ['hm'] })]), ENV)).toContain('<li>hm</li>');
    expect(summaryOf(report([result({ message: 'fine' })]), ENV)).not.toContain('fine');
  });

  test.each([
    ['The stream is gone.', 'The stream is gone.'],
    ['Grant kms:CreateGrant, then run again.', 'Grant <code>kms:CreateGrant</code>, then run again.'],
    ['failed (ENABLING_FAILED: no).', 'failed (<code>ENABLING_FAILED</code>: no).'],
    [
      'ask @team, see #1 and https://x.example/a?b.',
      'ask <code>@team</code>, see <code>#1</code> and <code>https://x.example/a?b</code>.'
    ],
    [
      'see GH-1, or OPS-7 at www.x.example',
      'see <code>GH-1</code>, or <code>OPS-7</code> at <code>www.x.example</code>'
    ],
    ['at sha=ffac537', 'at <code>sha=ffac537</code>'],
    ['at ffac537e6cbbf934b08745a378932722df287a53', 'at <code>ffac537e6cbbf934b08745a378932722df287a53</code>'],
    ['key 1234abcd-12ab-34cd-56ef-1234567890ab is', 'key <code>1234abcd-12ab-34cd-56ef-1234567890ab</code> is']
  ])('sets names as code, and what GitHub would link: %s', (message, item) => {
    expect(summaryOf(report([result({ outcome: 'failed', message })]), ENV)).toContain(`<li>${item}</li>`);
  });

  test('tells what is wrong with the inputs where there is no request', () => {
    const faults = ['Input mode is "x"'];
    const summary = summaryOf(report([], { request: null, faults }), {});
    expect(summary).toContain('<h3>❌ Stream encryption: failed</h3>');
    expect(summary).toContain('<li>Input mode is &quot;x&quot;</li>');
    expect(summary).toContain('Run <code>workflow #?</code>, started by <code>hand</code>');
  });
});

/** The rows of the table below its head, each as the texts of its cells. */
function rowsOf(html: string): string[][] {
  const table = shapesOf(html).find((shape) => typeof shape !== 'string' && shape.name === 'table');
  return inside(inside(table)[0])
    .slice(1)
    .map((row) => inside(row).map(textOf));
}

function headOf(html: string): string[] {
  const table = shapesOf(html).find((shape) => typeof shape !== 'string' && shape.name === 'table');
  return inside(inside(inside(table)[0])[0]).map(textOf);
}

/** The items of all lists, as they show. */
function itemsOf(html: string): string[] {
  return shapesOf(html).flatMap((shape) => {
    return typeof shape !== 'string' && shape.name === 'ul' ? shape.content.map(textOf) : [];
  });
}

function inside(shape: Shape | string | undefined): readonly (Shape | string)[] {
  return shape === undefined || typeof shape === 'string' ? [] : shape.content;
}

/** So many streams, each with a name of its own. */
function many(count: number, otherwise: (place: number) => Partial<Result>): Result[] {
  return Array.from({ length: count }, (_, place) => result({ name: `stream-${place}`, ...otherwise(place) }));
}

describe('the job summary of several streams', () => {
  test('counts the outcomes, the worst first', () => {
    const results = [result(), result(), result({ outcome: 'failed' })];
    expect(summaryOf(report(results), ENV)).toContain('<h3>❌ Stream encryption: 1 failed, 2 rekeyed</h3>');
  });

  test('puts the worst on top, and leaves the others in the order of selection', () => {
    const outcomes = ['rekeyed', 'failed', 'planned', 'rekeyed', 'non-compliant', 'failed'] as const;
    const results = outcomes.map((outcome, place) => result({ outcome, name: `s${place}`, message: `m${place}` }));
    const names = rowsOf(summaryOf(report(results), ENV)).filter((row) => row.length > 1);
    expect(names.map(([, stream]) => stream)).toEqual(
      ['s1', 's5', 's4', 's2', 's0', 's3'].map((one) => `${one} kinesis`)
    );
  });

  test('tells below the row of a stream why it did not end well', () => {
    const results = [result(), result({ name: 'clicks', outcome: 'failed', message: 'grant kms:CreateGrant' })];
    const summary = summaryOf(report(results), ENV);
    const [first, second, third] = rowsOf(summary);
    expect(first?.slice(0, 2)).toEqual(['❌ failed', 'clicks kinesis']);
    expect(second).toEqual(['grant kms:CreateGrant']);
    expect(third?.slice(0, 2)).toEqual(['🔑 rekeyed', 'orders kinesis']);
    expect(summary).toContain(
      `<tr><td colspan="${headOf(summary).length}" width="640">grant <code>kms:CreateGrant</code></td></tr>`
    );
  });

  test('tells in the row until when to keep its old key, and below the table once until when that is for all', () => {
    const results = many(500, (place) => ({ oldKeyNeededHours: place === 7 ? 168 : 24 }));
    const summary = summaryOf(report([...results, result({ outcome: 'unchanged', changed: false })]), ENV);
    expect(headOf(summary)[3]).toBe('Keep oldkey until');
    const rows = rowsOf(summary);
    expect(rows).toHaveLength(501);
    expect(rows[0]?.[3]).toBe('2026-03-0222:30\u00a0UTC');
    expect(rows[7]?.[3]).toBe('2026-03-0822:30\u00a0UTC');
    expect(rows[500]?.[3]).toBe('');
    expect(itemsOf(summary)).toEqual([
      expect.stringMatching(/^Keep the old key \S+ enabled until 2026-03-08 22:30 UTC at least: 500 streams were/),
      expect.stringMatching(
        /^Producers need kms:GenerateDataKey on \S+ for a data stream; consumers need kms:Decrypt.$/
      )
    ]);
  });

  test('has no column for old keys where none is to be kept', () => {
    const summary = summaryOf(report(many(2, () => ({ outcome: 'enabled', previousKey: null }))), ENV);
    expect(headOf(summary)).toEqual(['Outcome', 'Stream', 'Key before → key now', 'Time']);
  });

  test('says once what is the same of several streams, and names the first', () => {
    const warnings = ['the key is disabled: enable it'];
    const one = { name: 'clicks', outcome: 'compliant', changed: false, warnings: ['hm'] } as const;
    const results = [...many(12, () => ({ outcome: 'unchanged', changed: false, warnings })), result(one)];
    expect(itemsOf(summaryOf(report(results), ENV))).toEqual([
      '12 streams (stream-0, stream-1, stream-2, …): the key is disabled: enable it',
      'clicks: hm'
    ]);
  });

  test('names all of two or three, and counts a stream that warns twice of the same once', () => {
    const results = many(2, () => ({ outcome: 'unchanged', changed: false, warnings: ['hm', 'hm'] }));
    expect(itemsOf(summaryOf(report(results), ENV))).toEqual(['2 streams (stream-0, stream-1): hm']);
  });

  test('tells what is planned, and why encryption does not apply to what a pattern chose', () => {
    const planned = many(3, () => ({ outcome: 'planned', changed: false, message: 'would change' }));
    const other = { name: 'feed', outcome: 'not-applicable', changed: false, message: 'its source is MSK' } as const;
    const summary = summaryOf(report([...planned, result({ ...other, named: false })]), ENV);
    expect(itemsOf(summary)).toEqual([
      'feed: its source is MSK',
      '3 streams (stream-0, stream-1, stream-2): would change'
    ]);
    expect(rowsOf(summary)).toHaveLength(4);
    expect(rowsOf(summaryOf(report([...planned, result({ ...other, named: true })]), ENV))).toHaveLength(5);
  });
});

describe('the job summary of a run that ended before its streams did', () => {
  test('says so, without and with results', () => {
    expect(summaryOf(report([], { runEnded: 'cancelled' }), ENV)).toContain('<h3>🛑 Stream encryption: cancelled</h3>');
    expect(summaryOf(report([result()], { runEnded: 'timed-out' }), ENV)).toContain(
      '<h3>⌛ Stream encryption: timed-out; 1 rekeyed</h3>'
    );
    expect(summaryOf(report([result(), result({ outcome: 'failed' })], { runEnded: 'cancelled' }), ENV)).toContain(
      '<h3>❌ Stream encryption: cancelled; 1 failed, 1 rekeyed</h3>'
    );
  });
});

const MIB = 1_048_576;

/** That GitHub would take it, and reads it as one block of HTML. */
function expectTakable(summary: string): void {
  expect(Buffer.byteLength(summary)).toBeLessThan(MIB);
  expect(summary).toMatch(/^<h3>.*<\/p>$/s);
  for (const line of summary.split('\n')) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);
}

describe('the size of the job summary', () => {
  test.each([1, 11, 1_000])('%i streams are all told', (count) => {
    const summary = summaryOf(report(many(count, () => ({}))), ENV);
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
    const summary = summaryOf(report(results), ENV);
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    expectTakable(summary);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(995_000);

    const rows = rowsOf(summary);
    const failed = rows.filter(([outcome]) => outcome === '❌ failed').length;
    const whys = rows.filter((row) => row.length === 1).map(([text]) => text);
    expect(whys.slice(0, failed)).toEqual(Array.from({ length: failed }, (_, place) => `why ${place * 5 + 3}`));
    const told = rows.length - whys.length;
    expect(failed).toBeGreaterThan(1_000);
    expect(textOf(element('p', ...shapesOf(summary).filter((one) => textOf(one).startsWith('For want'))))).toBe(
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
      const summary = summaryOf(report(many(2_000, () => ({ outcome: 'failed' }))), ENV, most);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(most);
      expect(Buffer.byteLength(summary)).toBeGreaterThan(most - 500);
    }
  );

  test('the rest is in the report where one was written', () => {
    const summary = summaryOf(
      report(
        many(10_000, () => ({})),
        { reportPath: 'out/<b>.json' }
      ),
      ENV
    );
    expect(shown(summary)).toMatch(/\d+ rekeyed\. All are in out\/<b>\.json\./);
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
        changedTo: { type: null, id: `${place}${text}` },
        previousKey: { type: null, id: `${text.slice(0, 3_000)}${place}` },
        warnings: [text, `${place}${text}`]
      }));
      const rows = report(results).rows.map((row) => ({ ...row, consoleUrl: text }));
      const faults = Array.from({ length: 1_000 }, () => text);
      expectTakable(summaryOf(report([], { request: text, rows, faults, reportPath: text }), env));
    }
  });

  test('holds with more faults, remarks and old keys than there is room for, and says how many more there are', () => {
    const results = many(10_000, (place) => ({
      previousKey: { type: 'customer-managed', id: `arn:aws:kms:us-east-1:111122223333:key/old-${place}` },
      warnings: [`warning ${place}`]
    }));
    const faults = Array.from({ length: 10_000 }, (_, place) => `fault ${place}`);
    const summary = summaryOf(report(results, { faults }), ENV);
    expectTakable(summary);
    expect(rowsOf(summary).length).toBeGreaterThan(1_000);
    const mores = itemsOf(summary).filter((text) => text.startsWith('…'));
    expect(mores).toHaveLength(3);
    for (const more of mores) expect(more).toMatch(/^… and \d+ more, which the log tells\.$/);
    const told = itemsOf(summary).filter((text) => text.startsWith('fault')).length;
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
  const summary = summaryOf(report([], { request: hostile, rows, faults: [hostile], reportPath: hostile }), env);
  expect(summary).not.toMatch(/<img|<script|<\/code><s/);
  expect(summary).not.toMatch(/\n\s*\n/);
  for (const [, attribute] of summary.matchAll(/href="([^"]*)"/g)) expect(attribute).not.toMatch(/[<>']/);
  expect(summary.match(/"/g)?.length).toBe(quotes);
});
