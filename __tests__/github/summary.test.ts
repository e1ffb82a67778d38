import { describe, expect, test } from '@jest/globals';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { renderSummary } from '../../src/github/summary.ts';
import { listItems, parseHtml, textOf } from '../end-to-end/html.ts';
import { runRequest } from '../support/requests.ts';
import { manyResults, result } from '../support/results.ts';
import { columnTitles, elements, paragraphs, renderResults, summaryContent, tableRows } from './rendered-summary.ts';

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const FOREIGN_KEY = 'arn:aws:kms:us-east-1:999988887777:key/k';

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
        '<p>Proof: After the change the service itself said, in one answer, that the stream is in its final state, encrypted, and with this key.</p>',
        '<p><sub>Run <a href="https://github.com/octo-org/streams/actions/runs/42"><code>Nightly rotation #7</code></a>, triggered by <code>schedule</code></sub></p>'
      ].join('\n')
    );
  });

  test.each(OUTCOMES)('has an icon for %s', (outcome) => {
    expect(renderResults([result({ outcome })])).toMatch(new RegExp(`<td>\\S+ ${outcome}</td>`));
  });

  test.each([
    [
      'not encrypted before',
      { outcome: 'enabled', previousKey: null, previouslyEncrypted: 'false' },
      '<td>not encrypted<br>→ <code>new</code></td>'
    ],
    [
      'not encrypted before and now',
      { outcome: 'failed', changed: false, encrypted: 'false', key: null, previousKey: null, target: null },
      '<td>not encrypted</td>'
    ],
    [
      'an unknown key',
      { outcome: 'failed', changed: false, encrypted: 'unknown', key: null, previousKey: null, target: null },
      '<td>unknown</td>'
    ],
    [
      'the same key',
      { outcome: 'unchanged', changed: false, previousKey: result().key, target: null },
      '<td><code>new</code></td>'
    ],
    [
      'the key of another account as its ARN',
      { outcome: 'unchanged', changed: false, previousKey: null, target: null, key: { type: null, id: FOREIGN_KEY } },
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
    ],
    [
      'a change that is in force although the record check or settling failed',
      { outcome: 'failed' },
      '<td><code>old</code><br>→ <code>new</code></td>'
    ],
    [
      'a change that is in force, with a key that the service reports by its id',
      {
        outcome: 'timed-out',
        target: { type: null, id: `arn:aws:kms:us-east-1:111122223333:key/${KEY_ID}` },
        key: { type: null, id: KEY_ID }
      },
      `<td><code>old</code><br>→ <code>${KEY_ID}</code></td>`
    ],
    [
      'a first key that is in force although the record check failed',
      { outcome: 'failed', previousKey: null, previouslyEncrypted: 'false' },
      '<td>not encrypted<br>→ <code>new</code></td>'
    ],
    [
      'a change to the AWS key that is in force',
      {
        outcome: 'failed',
        key: { type: 'aws-owned', id: 'arn:aws:kms:us-east-1:111122223333:key/aws' },
        target: { type: 'aws-owned', id: 'alias/aws/kinesis' }
      },
      '<td><code>old</code><br>→ <code>aws</code></td>'
    ],
    [
      'a change in flight, during which the service already reports the new key',
      { outcome: 'timed-out', inFlight: true },
      '<td><code>new</code><br>→ <code>new</code>, not proved</td>'
    ],
    [
      'a change from a key that is not known',
      { previousKey: null, previouslyEncrypted: 'unknown' },
      '<td>unknown<br>→ <code>new</code></td>'
    ],
    [
      'a planned change, and why',
      { outcome: 'planned', changed: false, key: result().previousKey, keyArn: null, message: 'on another key' },
      '<td><code>old</code><br>→ <code>new</code>, planned<br><sub>on another key</sub></td>'
    ],
    [
      'why a stream was skipped',
      { outcome: 'skipped', changed: false, target: null, previousKey: result().key, message: 'not in from-key-id' },
      '<td><code>new</code><br><sub>not in from-key-id</sub></td>'
    ],
    [
      'why a stream is not applicable, briefly',
      {
        outcome: 'not-applicable',
        changed: false,
        encrypted: 'unknown',
        key: null,
        previousKey: null,
        target: null,
        message: 'its source, '.repeat(30)
      },
      `<td>unknown<br><sub>${'its source, '.repeat(25)}…</sub></td>`
    ]
  ] as const)('shows the keys: %s', (_name, overrides, cell) => {
    expect(renderResults([result(overrides)])).toContain(cell);
  });

  test('shows the message of a failed or planned stream, and every warning', () => {
    expect(renderResults([result({ outcome: 'failed', message: 'boom' })])).toContain('<p>boom</p>');
    expect(renderResults([result({ outcome: 'planned', message: 'would' })])).toContain('<sub>would</sub>');
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
    expect(renderResults([result({ outcome: 'failed', message })])).toContain(`<p>${item}</p>`);
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

  test('shows above the table why a stream failed', () => {
    const summary = renderResults([
      result(),
      result({ name: 'clicks', outcome: 'failed', message: 'grant kms:CreateGrant' })
    ]);
    expect(summary).toContain('<p><code>clicks</code>: failed: grant <code>kms:CreateGrant</code></p>\n<table>');
    const [first, second] = tableRows(summary);
    expect(first?.slice(0, 2)).toEqual(['❌ failed', 'clicks kinesis']);
    expect(second?.slice(0, 2)).toEqual(['🔑 rekeyed', 'orders kinesis']);
  });

  test('shows each cause once, with the first ten streams, and refers to it in the rows', () => {
    const failed = manyResults(12, { outcome: 'failed', message: 'grant kms:CreateGrant' });
    const other = result({ name: 'clicks', outcome: 'timed-out', message: 'too slow' });
    const summary = renderResults([other, ...failed, result()]);
    const names = failed.slice(0, 10).map(({ name }) => name);
    expect(paragraphs(summary)).toContain(
      `Cause 1: 12 streams: failed: grant kms:CreateGrant. Streams: ${names.join(', ')} and 2 more`
    );
    expect(paragraphs(summary)).toContain('Cause 2: clicks: timed-out: too slow');
    expect(tableRows(summary).map(([outcome]) => outcome)).toEqual([
      ...failed.map(() => '❌ failedcause 1'),
      '⌛ timed-outcause 2',
      '🔑 rekeyed'
    ]);
  });

  test('refers to no cause if there is only one', () => {
    const summary = renderResults(manyResults(12, { outcome: 'failed', message: 'no' }));
    expect(paragraphs(summary)).toContainEqual(expect.stringMatching(/^12 streams: failed: no\. Streams: stream-0, /));
    expect(new Set(tableRows(summary).map(([outcome]) => outcome))).toEqual(new Set(['❌ failed']));
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
    const names = results.slice(0, 10).map(({ name }) => name);
    expect(listItems(renderResults(results))).toEqual([
      `12 streams: the key is disabled: enable it.Streams: ${names.join(', ')} and 2 more`,
      'clicks: hm'
    ]);
  });

  test('names all streams if there are few, and counts a stream with a repeated warning once', () => {
    const results = manyResults(2, { outcome: 'unchanged', changed: false, warnings: ['hm', 'hm'] });
    expect(listItems(renderResults(results))).toEqual(['2 streams: hm.Streams: stream-0, stream-1']);
  });

  test('shows below the table why a stream selected by a pattern is not applicable, and above it if it was named', () => {
    const other = { name: 'feed', outcome: 'not-applicable', changed: false, message: 'its source is MSK' } as const;
    expect(listItems(renderResults([result(), result({ ...other, named: false })]))[0]).toBe(
      'feed: not-applicable: its source is MSK'
    );
    expect(paragraphs(renderResults([result(), result({ ...other, named: true })]))).toContain(
      'feed: not-applicable: its source is MSK'
    );
  });

  test('folds more than 20 streams that ended well, and counts them', () => {
    const failed = manyResults(3, { outcome: 'failed', message: 'no' });
    const fold = (summary: string) => elements(parseHtml(summary), 'details').map(textOf);
    expect(fold(renderResults([...failed, ...manyResults(20)]))).toEqual([]);
    const summary = renderResults([...manyResults(15), ...failed, ...manyResults(6, { outcome: 'unchanged' })]);
    expect(fold(summary)).toEqual([expect.stringMatching(/^21 streams that ended well: 15 rekeyed, 6 unchanged/)]);
    expect(summary).toContain(
      '<details><summary>21 streams that ended well: 15 rekeyed, 6 unchanged</summary>\n<table>'
    );
    const [open = '', folded = ''] = summary.split('<details>');
    expect(tableRows(open)).toHaveLength(3);
    expect(tableRows(folded)).toHaveLength(21);
    expect(tableRows(renderResults(manyResults(21)))).toHaveLength(21);
  });
});

describe('the job summary in each mode', () => {
  const request = (overrides: Parameters<typeof runRequest>[0]) => ({ request: runRequest(overrides) });

  test('check shows the key now', () => {
    const checked = result({ outcome: 'compliant', changed: false, target: null });
    const summary = renderResults([checked], request({ mode: 'check' }));
    expect(columnTitles(summary)[2]).toBe('Key');
    expect(tableRows(summary)[0]?.[2]).toBe('new');
    expect(summary).not.toContain('Proof');
  });

  test('plan shows the planned key, and lists the permissions that are needed before the change', () => {
    const planned = result({
      outcome: 'planned',
      changed: false,
      key: result().previousKey,
      message: 'on another key'
    });
    const summary = renderResults([planned], request({ mode: 'plan' }));
    expect(columnTitles(summary)[2]).toBe('Key now → planned key');
    expect(listItems(summary)).toEqual([
      'Before the change: Producers need kms:GenerateDataKey on arn:aws:kms:us-east-1:111122223333:key/new for a data stream; consumers need kms:Decrypt.'
    ]);
  });

  test('encrypt says how a change was proved, and by a record if one was put', () => {
    const proofs = (...results: Parameters<typeof renderResults>[0]) =>
      paragraphs(renderResults(results)).filter((text) => text.startsWith('Proof'));
    const sentence = (subject: string) =>
      `Proof: After the change the service itself said, in one answer, that ${subject} is in its final state, encrypted, and with this key.`;
    const record = 'The service confirmed that a test record was encrypted';
    expect(proofs(result({ recordVerified: true }))).toEqual([`${sentence('the stream')} ${record}.`]);
    expect(proofs(result({ outcome: 'enabled' }), result({ outcome: 'failed' }))).toEqual([
      sentence('each enabled or rekeyed stream')
    ]);
    const unchanged = { outcome: 'unchanged', changed: false } as const;
    expect(proofs(result({ outcome: 'started' }), result(unchanged))).toEqual([]);
    expect(
      proofs(result({ ...unchanged, recordVerified: true }), result({ outcome: 'failed', recordVerified: false }))
    ).toEqual([`Proof: ${record}: 1 of 2 streams.`]);
  });
});

describe('the job summary of streams elsewhere', () => {
  test('has no link where the console of the partition is not known', () => {
    const arn = 'arn:aws-eusc:kinesis:eusc-de-east-1:111122223333:stream/orders';
    expect(renderResults([result({ arn, region: 'eusc-de-east-1' })])).toContain(
      '<td><code>orders</code> <sub>kinesis</sub></td>'
    );
  });

  test('names each account', () => {
    const other = result({ name: 'other', arn: 'arn:aws:kinesis:us-east-1:999988887777:stream/other' });
    expect(paragraphs(renderResults([result(), other]))).toContain(
      'Account 111122223333, 999988887777 · region us-east-1'
    );
    expect(paragraphs(renderResults([result({ arn: null })]))).toContain('Region us-east-1');
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
