import { describe, expect, test } from '@jest/globals';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { renderSummary } from '../../src/github/summary.ts';
import { listItems } from '../end-to-end/html.ts';
import { manyResults, result } from '../support/results.ts';
import { columnTitles, renderResults, summaryContent, tableRows } from './rendered-summary.ts';

const FOREIGN_KEY = 'arn:aws:kms:us-east-1:999988887777:key/k';

describe('the job summary', () => {
  test('shows the verdict, the request, the keys, the time, the next steps and the run', () => {
    expect(renderResults([result()])).toBe(
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
        '<li>Keep the previous key <code>arn:aws:kms:us-east-1:111122223333:key/old</code> enabled until at least 2026-03-02 22:30 UTC: records written before the change stay encrypted with it for the retention period of 24 h.</li>',
        '<li>Producers need <code>kms:GenerateDataKey</code> on <code>arn:aws:kms:us-east-1:111122223333:key/new</code> for a data stream; consumers need <code>kms:Decrypt</code>.</li>',
        '</ul>',
        '<p><sub>Run <a href="https://github.com/octo-org/streams/actions/runs/42"><code>Nightly rotation #7</code></a>, triggered by <code>schedule</code></sub></p>'
      ].join('\n')
    );
  });

  test.each(OUTCOMES)('has an icon for %s', (outcome) => {
    expect(renderResults([result({ outcome })])).toMatch(new RegExp(`<td>\\S+ ${outcome}</td>`));
  });

  test.each([
    ['not encrypted before', { outcome: 'enabled', previousKey: null }, 'not encrypted<br>→ <code>'],
    [
      'not encrypted before and now',
      { outcome: 'failed', encrypted: 'false', key: null, previousKey: null, target: null },
      '<td>not encrypted</td>'
    ],
    [
      'an unknown key',
      { outcome: 'failed', encrypted: 'unknown', key: null, previousKey: null, target: null },
      '<td>unknown</td>'
    ],
    ['the same key', { outcome: 'unchanged', previousKey: result().key, target: null }, '<td><code>new</code></td>'],
    [
      'the key of another account as its ARN',
      { outcome: 'unchanged', previousKey: null, target: null, key: { type: null, id: FOREIGN_KEY } },
      `<td><code>${FOREIGN_KEY}</code></td>`
    ],
    [
      'the AWS owned key without an id',
      { previousKey: { type: 'aws-owned', id: '' } },
      '<td>the AWS owned key<br>→ <code>new</code></td>'
    ],
    [
      'a change that is not proved',
      { outcome: 'timed-out', encrypted: 'false', key: null, previousKey: null },
      '<td>not encrypted<br>→ <code>new</code>, not proved</td>'
    ]
  ] as const)('shows the keys: %s', (_name, overrides, cell) => {
    expect(renderResults([result(overrides)])).toContain(cell);
  });

  test('shows the message of a failed or planned stream, and every warning', () => {
    expect(renderResults([result({ outcome: 'failed', message: 'boom' })])).toContain('<li>boom</li>');
    expect(renderResults([result({ outcome: 'planned', message: 'would' })])).toContain('<li>would</li>');
    expect(renderResults([result({ message: 'fine', warnings: ['hm'] })])).toContain('<li>hm</li>');
    expect(renderResults([result({ message: 'fine' })])).not.toContain('fine');
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
  ])('puts names, and words that GitHub would link, in code: %s', (message, item) => {
    expect(renderResults([result({ outcome: 'failed', message })])).toContain(`<li>${item}</li>`);
  });

  test('shows the input errors if there is no request', () => {
    const errors = ['Input mode is "x"'];
    const summary = renderSummary(summaryContent([], { request: null, errors }), {});
    expect(summary).toContain('<h3>❌ Stream encryption: failed</h3>');
    expect(summary).toContain('<li>Input mode is &quot;x&quot;</li>');
    expect(summary).toContain('Run <code>workflow #?</code>, triggered by <code>unknown</code>');
  });
});

describe('the job summary of several streams', () => {
  test('counts the outcomes, worst first', () => {
    const results = [result(), result(), result({ outcome: 'failed' })];
    expect(renderResults(results)).toContain('<h3>❌ Stream encryption: 1 failed, 2 rekeyed</h3>');
  });

  test('lists the worst streams first, and those with the same outcome in the order of selection', () => {
    const outcomes = ['rekeyed', 'failed', 'planned', 'rekeyed', 'non-compliant', 'failed'] as const;
    const results = outcomes.map((outcome, index) => result({ outcome, name: `s${index}`, message: `m${index}` }));
    const names = tableRows(renderResults(results)).filter((row) => row.length > 1);
    expect(names.map(([, stream]) => stream)).toEqual(
      ['s1', 's5', 's4', 's2', 's0', 's3'].map((one) => `${one} kinesis`)
    );
  });

  test('shows below the row of a failed stream why it failed', () => {
    const results = [result(), result({ name: 'clicks', outcome: 'failed', message: 'grant kms:CreateGrant' })];
    const summary = renderResults(results);
    const [first, second, third] = tableRows(summary);
    expect(first?.slice(0, 2)).toEqual(['❌ failed', 'clicks kinesis']);
    expect(second).toEqual(['grant kms:CreateGrant']);
    expect(third?.slice(0, 2)).toEqual(['🔑 rekeyed', 'orders kinesis']);
    expect(summary).toContain(
      `<tr><td colspan="${columnTitles(summary).length}" width="640">grant <code>kms:CreateGrant</code></td></tr>`
    );
  });

  test('shows in each row until when to keep the previous key, and below the table the latest time for all streams', () => {
    const results = manyResults(500, (index) => ({ previousKeyNeededHours: index === 7 ? 168 : 24 }));
    const summary = renderResults([...results, result({ outcome: 'unchanged', changed: false })]);
    expect(columnTitles(summary)[3]).toBe('Keep previouskey until');
    const rows = tableRows(summary);
    expect(rows).toHaveLength(501);
    expect(rows[0]?.[3]).toBe('2026-03-0222:30\u00a0UTC');
    expect(rows[7]?.[3]).toBe('2026-03-0822:30\u00a0UTC');
    expect(rows[500]?.[3]).toBe('');
    expect(listItems(summary)).toEqual([
      expect.stringMatching(/^Keep the previous key \S+ enabled until at least 2026-03-08 22:30 UTC: 500 streams were/),
      expect.stringMatching(
        /^Producers need kms:GenerateDataKey on \S+ for a data stream; consumers need kms:Decrypt.$/
      )
    ]);
  });

  test('has no column for previous keys if none needs to be kept', () => {
    const summary = renderResults(manyResults(2, { outcome: 'enabled', previousKey: null }));
    expect(columnTitles(summary)).toEqual(['Outcome', 'Stream', 'Key before → key now', 'Time']);
  });

  test('shows a warning that several streams share once, with the first names', () => {
    const warnings = ['the key is disabled: enable it'];
    const other = { name: 'clicks', outcome: 'compliant', changed: false, warnings: ['hm'] } as const;
    const results = [...manyResults(12, { outcome: 'unchanged', changed: false, warnings }), result(other)];
    expect(listItems(renderResults(results))).toEqual([
      '12 streams (stream-0, stream-1, stream-2, …): the key is disabled: enable it',
      'clicks: hm'
    ]);
  });

  test('names all streams if there are up to three, and counts a stream with a repeated warning once', () => {
    const results = manyResults(2, { outcome: 'unchanged', changed: false, warnings: ['hm', 'hm'] });
    expect(listItems(renderResults(results))).toEqual(['2 streams (stream-0, stream-1): hm']);
  });

  test('shows what is planned, and why a stream selected by a pattern is not applicable', () => {
    const planned = manyResults(3, { outcome: 'planned', changed: false, message: 'would change' });
    const other = { name: 'feed', outcome: 'not-applicable', changed: false, message: 'its source is MSK' } as const;
    const summary = renderResults([...planned, result({ ...other, named: false })]);
    expect(listItems(summary)).toEqual([
      'feed: its source is MSK',
      '3 streams (stream-0, stream-1, stream-2): would change'
    ]);
    expect(tableRows(summary)).toHaveLength(4);
    expect(tableRows(renderResults([...planned, result({ ...other, named: true })]))).toHaveLength(5);
  });
});

describe('the job summary of a run that ended before its streams did', () => {
  test('shows the outcome of the run, without and with results', () => {
    expect(renderResults([], { runOutcome: 'cancelled' })).toContain('<h3>🛑 Stream encryption: cancelled</h3>');
    expect(renderResults([result()], { runOutcome: 'timed-out' })).toContain(
      '<h3>⌛ Stream encryption: timed-out; 1 rekeyed</h3>'
    );
    expect(renderResults([result(), result({ outcome: 'failed' })], { runOutcome: 'cancelled' })).toContain(
      '<h3>❌ Stream encryption: cancelled; 1 failed, 1 rekeyed</h3>'
    );
  });
});
