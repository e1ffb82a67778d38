import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { prose } from '../../src/github/markup.ts';
import { listItems, parseHtml, textOf } from '../end-to-end/html.ts';
import { cpuTimeMs } from '../support/cpu-time.ts';
import { runRequest } from '../support/requests.ts';
import { manyResults, result } from '../support/results.ts';
import { ENV, paragraphs, renderResults, tableRows } from './rendered-summary.ts';

const { key: NEW, previousKey: OLD } = result();
const PROOF = 'After the change the service itself said, in one answer, that';
const IN_FORCE = 'is in its final state, encrypted, and with this key.';

describe('the job summary', () => {
  test('shows the verdict, the request, the keys, the time, the next steps and the run', () => {
    expect(renderResults([result()])).toBe(
      [
        '<h3>🔑 Stream encryption: rekeyed</h3>',
        '<p>us-east-1 · mode encrypt · kinesis orders · key: any key</p>',
        '<p>Account <code>111122223333</code> · region us-east-1</p>',
        '<table>',
        '<tr><th>Outcome</th><th>Stream</th><th>Key before → key now</th><th>Time</th></tr>',
        '<tr><td>🔑 rekeyed</td>' +
          '<td><a href="https://us-east-1.console.aws.amazon.com/kinesis/home?region=us-east-1#/streams/details/orders/monitoring"><code>orders</code></a> <sub>kinesis</sub></td>' +
          '<td><code>old</code><br>→ <code>new</code></td>' +
          '<td>1.23&nbsp;s</td></tr>',
        '</table>',
        '<ul>',
        '<li>Keep the previous key <code>arn:aws:kms:us-east-1:111122223333:key/old</code> enabled until at least 2026-03-02 22:30 UTC: records written before the change stay encrypted with it for the retention period of 24 h.</li>',
        '<li>Producers need <code>kms:GenerateDataKey</code> on <code>arn:aws:kms:us-east-1:111122223333:key/new</code> for a data stream; consumers need <code>kms:Decrypt</code>.</li>',
        '</ul>',
        `<p>Proof: ${PROOF} the stream ${IN_FORCE}</p>`,
        '<p><sub>Run <a href="https://github.com/octo-org/streams/actions/runs/42"><code>Nightly rotation #7</code></a>, triggered by <code>schedule</code></sub></p>'
      ].join('\n')
    );
  });

  test('shows the input errors if there is no request', () => {
    const summary = renderResults([], { request: null, errors: ['Input mode is "x"'], env: {} });
    expect(summary).toContain('<h3>❌ Stream encryption: failed</h3>');
    expect(summary).toContain('<li>Input mode is &quot;x&quot;</li>');
    expect(summary).toContain('Run <code>workflow #?</code>, triggered by <code>unknown</code>');
  });

  test('shows the message of a failed stream, every warning, and no other message', () => {
    expect(renderResults([result({ outcome: 'failed', message: 'boom' })])).toContain('<p>boom</p>');
    const summary = renderResults([result({ message: 'fine', warnings: ['hm', 'ho'] })]);
    expect(summary).toContain('<li>hm</li>\n<li>ho</li>');
    expect(summary).not.toContain('fine');
  });

  test('shows the outcome of a run that ended before its streams did', () => {
    const verdict = (...args: Parameters<typeof renderResults>) => textOf(parseHtml(renderResults(...args))[0] ?? '');
    expect(verdict([], { runOutcome: 'cancelled' })).toBe('🛑 Stream encryption: cancelled');
    expect(verdict([result()], { runOutcome: 'timed-out' })).toBe('⌛ Stream encryption: timed-out; 1 rekeyed');
    expect(verdict([result(), result({ outcome: 'failed' })], { runOutcome: 'cancelled' })).toBe(
      '❌ Stream encryption: cancelled; 1 failed, 1 rekeyed'
    );
  });

  test('names each account as far as it is known, and has no link where the console is not known', () => {
    const other = result({ arn: 'arn:aws-eusc:kinesis:eusc-de-east-1:999988887777:stream/orders' });
    const summary = renderResults([result(), other]);
    expect(paragraphs(summary)).toContain('Account 111122223333, 999988887777 · region us-east-1');
    expect(summary).toContain('<td><code>orders</code> <sub>kinesis</sub></td>');
    expect(paragraphs(renderResults([result({ arn: null })]))).toContain('Region us-east-1');
  });
});

describe('the column of the keys shows', () => {
  const FOREIGN_KEY = { type: null, id: 'arn:aws:kms:us-east-1:999988887777:key/k' };
  const AWS_OWNED = { type: 'aws-owned', id: '' } as const;
  const UNCHANGED = { outcome: 'unchanged', changed: false, previousKey: null, target: null } as const;
  const ON_OLD = { key: OLD, keyArn: null };
  const PLANNED = { ...ON_OLD, outcome: 'planned', changed: false, message: 'why' } as const;
  const LONG = { ...UNCHANGED, outcome: 'not-applicable', message: 'its source, '.repeat(30) } as const;
  const OLD_TO_NEW = '<code>old</code><br>→ <code>new</code>';
  const NEW_TO_NEW = '<code>new</code><br>→ <code>new</code>, not proved';
  const BRIEF = `<code>new</code><br><sub>${'its source, '.repeat(25)}…</sub>`;

  test.each<[string, Partial<Result>, string]>([
    ['not encrypted before and now', { ...UNCHANGED, encrypted: 'false', key: null }, 'not encrypted'],
    ['an unknown key', { ...UNCHANGED, encrypted: 'unknown', key: null }, 'unknown'],
    ['the same key once', { ...UNCHANGED, previousKey: NEW }, '<code>new</code>'],
    ['the key of another account as its ARN', { ...UNCHANGED, key: FOREIGN_KEY }, `<code>${FOREIGN_KEY.id}</code>`],
    ['the AWS owned key', { previousKey: AWS_OWNED }, 'the AWS owned key<br>→ <code>new</code>'],
    ['an unproved change', { ...ON_OLD, outcome: 'timed-out' }, `${OLD_TO_NEW}, not proved`],
    ['a change in flight to the reported key', { inFlight: true, outcome: 'failed', key: NEW }, NEW_TO_NEW],
    ['a change that is in force although a later check failed', { outcome: 'failed' }, OLD_TO_NEW],
    ['a planned change, and why', PLANNED, `${OLD_TO_NEW}, planned<br><sub>why</sub>`],
    ['a long reason briefly', LONG, BRIEF]
  ])('%s', (_name, overrides, cell) => {
    expect(renderResults([result(overrides)])).toContain(`<td>${cell}</td>`);
  });
});

test.each([
  ['failed (GRANT_FAILED: no), grant it.', 'failed (<code>GRANT_FAILED</code>: no), grant it.'],
  ['ask @team, see #1 at https://x/a?b.', 'ask <code>@team</code>, see <code>#1</code> at <code>https://x/a?b</code>.'],
  ['see GH-1, or OPS-7 at www.x.y', 'see <code>GH-1</code>, or <code>OPS-7</code> at <code>www.x.y</code>'],
  ['at sha=ffac537 until 22:30', 'at <code>sha=ffac537</code> until 22:30']
])('names, and words that GitHub would link, are in code: %s', (text, html) => {
  expect(prose(text)).toBe(html);
});

describe('the job summary of several streams', () => {
  test('counts the outcomes, and lists the worst streams first, otherwise in the order of selection', () => {
    const outcomes = ['rekeyed', 'failed', 'planned', 'rekeyed', 'non-compliant', 'failed'] as const;
    const summary = renderResults(outcomes.map((outcome, index) => result({ outcome, name: `s${index}` })));
    expect(summary).toContain('<h3>❌ Stream encryption: 2 failed, 1 non-compliant, 1 planned, 2 rekeyed</h3>');
    const streams = ['s1', 's5', 's4', 's2', 's0', 's3'].map((name) => `${name} kinesis`);
    expect(tableRows(summary).map(([, stream]) => stream)).toEqual(streams);
  });

  test('shows above the table each cause once, with the first ten streams, and refers to it in the rows', () => {
    const failed = manyResults(12, { outcome: 'failed', message: 'grant kms:CreateGrant' });
    const other = result({ name: 'clicks', outcome: 'timed-out', message: 'too slow' });
    const summary = renderResults([other, ...failed, result()]);
    const names = failed.slice(0, 10).map(({ name }) => name);
    expect(summary).toContain('<p><strong>Cause 2</strong>: <code>clicks</code>: timed-out: too slow</p>\n<table>');
    expect(paragraphs(summary)).toContain(
      `Cause 1: 12 streams: failed: grant kms:CreateGrant. Streams: ${names.join(', ')} and 2 more`
    );
    expect(tableRows(summary).map(([outcome]) => outcome)).toEqual([
      ...failed.map(() => '❌ failedcause 1'),
      '⌛ timed-outcause 2',
      '🔑 rekeyed'
    ]);
  });

  test('shows in each row until when to keep the previous key, and below the table the latest time for all streams', () => {
    const results = manyResults(2, (index) => ({ previousKeyNeededHours: index === 1 ? 168 : 24 }));
    const summary = renderResults([...results, result({ outcome: 'unchanged', changed: false })]);
    expect(summary).toContain('<th>Keep previous<br>key until</th>');
    const times = tableRows(summary).map((row) => row[3]);
    expect(times).toEqual(['2026-03-0222:30\u00a0UTC', '2026-03-0822:30\u00a0UTC', '']);
    const keep = /^Keep the previous key \S+ enabled until at least 2026-03-08 22:30 UTC: 2 streams were/;
    expect(listItems(summary)[0]).toMatch(keep);
  });

  test('folds more than 20 streams that ended well, and counts them', () => {
    const failed = manyResults(3, { outcome: 'failed', message: 'no' });
    expect(renderResults([...failed, ...manyResults(20)])).not.toContain('<details>');
    const summary = renderResults([...manyResults(15), ...failed, ...manyResults(6, { outcome: 'unchanged' })]);
    const [open = '', folded = ''] = summary.split('<details>');
    expect(folded).toMatch(/^<summary>21 streams that ended well: 15 rekeyed, 6 unchanged<\/summary>\n<table>/);
    expect([tableRows(open).length, tableRows(folded).length]).toEqual([3, 21]);
    expect(tableRows(renderResults(manyResults(21)))).toHaveLength(21);
  });
});

describe('the job summary in each mode', () => {
  test('check shows the key now', () => {
    const checked = result({ outcome: 'compliant', changed: false, target: null });
    const summary = renderResults([checked], { request: runRequest({ mode: 'check' }) });
    expect(summary).toContain('<th>Key</th>');
    expect(tableRows(summary)[0]?.[2]).toBe('new');
  });

  test('plan shows the planned key, and lists the permissions that are needed before the change', () => {
    const planned = result({ outcome: 'planned', changed: false, key: OLD, keyArn: null, message: 'why' });
    const summary = renderResults([planned], { request: runRequest({ mode: 'plan' }) });
    expect(summary).toContain('<th>Key now → planned key</th>');
    expect(tableRows(summary)[0]?.[2]).toBe('old→ new, plannedwhy');
    expect(listItems(summary)).toEqual([expect.stringContaining('Before the change: Producers need')]);
  });

  const EACH = `${PROOF} each enabled or rekeyed stream ${IN_FORCE}`;
  const RECORD = 'The service confirmed that a test record was encrypted';
  const UNCHANGED = { outcome: 'unchanged', changed: false } as const;
  test.each<[string, readonly Partial<Result>[], readonly string[]]>([
    ['a change and a record', [{ recordVerified: true }], [`${PROOF} the stream ${IN_FORCE} ${RECORD}.`]],
    ['one of two changes', [{ outcome: 'enabled' }, { outcome: 'failed' }], [EACH]],
    ['one of two records', [{ ...UNCHANGED, recordVerified: true }, UNCHANGED], [`${RECORD}: 1 of 2 streams.`]],
    ['nothing that is proved', [{ outcome: 'started' }, UNCHANGED], []]
  ])('encrypt says what was proved: %s', (_name, results, proofs) => {
    const all = paragraphs(renderResults(results.map(result)));
    expect(all.filter((text) => text.startsWith('Proof'))).toEqual(proofs.map((proof) => `Proof: ${proof}`));
  });
});

/** Expects a size that GitHub accepts, and a single block of HTML. */
function expectValidSummary(summary: string): void {
  expect(Buffer.byteLength(summary)).toBeLessThan(2 ** 20);
  expect(summary).toMatch(/^<h3>.*<\/p>$/s);
  const block = /^<\/?(h3|p|ul|li|table|tr|details)\b/;
  expect(summary.split('\n').filter((line) => !block.test(line))).toEqual([]);
}

describe('the size of the job summary', () => {
  test('of 10,000 streams: the worst, and the numbers of what does not fit', () => {
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
    const texts = [...listItems(summary), ...paragraphs(summary)];
    const omitted = `${2_000 - rows.length} failed, 2000 not-applicable, 2000 rekeyed, 2000 unchanged, 2000 compliant`;
    expect(texts).toContain(
      `Omitted for space: ${10_000 - rows.length} of 10000 streams (${omitted}). All streams are in out/<b>.json.`
    );
    const more = (begin: string, total: number) =>
      `… and ${total - texts.filter((text) => text.startsWith(begin)).length} more in the log.`;
    const notShown = [more('error', 10_000), more('stream-', 10_000), more('Keep', 10_001), more('Cause', 4_000)];
    expect(texts.filter((text) => text.startsWith('…'))).toEqual(notShown);
  });

  test.each([10_000, 500_000])('uses at most %i bytes, and leaves less space than a row needs', (maxBytes) => {
    const summary = renderResults(manyResults(2_000, { outcome: 'failed' }), { maxBytes });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxBytes);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(maxBytes - 500);
    expect(summary).toContain('Set <code>report-path</code> to write all streams to a file.');
  });
});

describe('text from outside, everywhere in the job summary', () => {
  const renderWith = (text: string, count: number) =>
    renderResults(
      manyResults(count, (index) => ({
        name: text,
        outcome: index % 2 === 0 ? 'failed' : 'rekeyed',
        message: text,
        arn: text,
        key: { type: null, id: text },
        target: { type: null, id: `${index}${text}` },
        previousKey: { type: null, id: `${text.slice(0, 3_000)}${index}` },
        warnings: [text, `${index}${text}`]
      })),
      {
        request: runRequest({ region: text, stream: { kind: 'kinesis', name: text, arn: null } }),
        errors: Array.from({ length: 1_000 }, () => text),
        reportPath: text,
        env: { ...ENV, GITHUB_REPOSITORY: text, GITHUB_WORKFLOW: text, GITHUB_EVENT_NAME: text }
      }
    );

  test.each([`/"`, '😀', '鍵/'])('fits, however long it is: %s', (text) => {
    for (const count of [0, 1, 300]) expectValidSummary(renderWith(text.repeat(5_000), count));
  });

  test('adds no markup, mention or line of Markdown', () => {
    const summary = renderWith('"><img src=x onerror=alert(1)>\n\n# @team `x` </code><script>', 2);
    expectValidSummary(summary);
    expect(summary).not.toMatch(/<img|<script|<\/code><s|\n\s*\n/);
    expect(summary.replace(/<code>[^<]*<\/code>|href="[^"<>']*"/g, '')).not.toMatch(/[#@]/);
  });
});
