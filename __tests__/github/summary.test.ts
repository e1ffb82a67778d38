import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { prose } from '../../src/github/markup.ts';
import { listItems, parseHtml, textOf } from '../end-to-end/html.ts';
import { runRequest } from '../support/requests.ts';
import { manyResults, result } from '../support/results.ts';
import { columnTitles, elements, paragraphs, renderResults, tableRows } from './rendered-summary.ts';

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

  test('has an icon for each outcome', () => {
    for (const outcome of OUTCOMES) {
      expect(renderResults([result({ outcome })])).toMatch(new RegExp(`<td>\\S+ ${outcome}</td>`));
    }
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

  test('has no link where the console of the partition is not known', () => {
    const arn = 'arn:aws-eusc:kinesis:eusc-de-east-1:111122223333:stream/orders';
    const cell = '<td><code>orders</code> <sub>kinesis</sub></td>';
    expect(renderResults([result({ arn, region: 'eusc-de-east-1' })])).toContain(cell);
  });

  test('names each account, as far as it is known', () => {
    const other = result({ arn: 'arn:aws:kinesis:us-east-1:999988887777:stream/other' });
    const accounts = 'Account 111122223333, 999988887777 · region us-east-1';
    expect(paragraphs(renderResults([result(), other]))).toContain(accounts);
    expect(paragraphs(renderResults([result({ arn: null })]))).toContain('Region us-east-1');
  });
});

describe('the column of the keys shows', () => {
  const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const FOREIGN_KEY = { type: null, id: 'arn:aws:kms:us-east-1:999988887777:key/k' };
  const FIRST = { previousKey: null, previouslyEncrypted: 'false' } as const;
  const TIMED_OUT = { outcome: 'timed-out', key: null } as const;
  const UNCHANGED = { outcome: 'unchanged', changed: false, previousKey: null, target: null } as const;
  const PLANNED = { outcome: 'planned', changed: false, key: OLD, keyArn: null } as const;
  const BY_ID = { key: { type: null, id: KEY_ID }, target: { type: null, id: NEW?.id.replace('new', KEY_ID) ?? '' } };
  const AWS_OWNED = { type: 'aws-owned', id: '' } as const;
  const TO_AWS = { key: { ...AWS_OWNED, id: NEW?.id ?? '' }, target: { ...AWS_OWNED, id: 'alias/aws/kinesis' } };
  const LONG = { ...UNCHANGED, outcome: 'not-applicable' } as const;
  const BRIEF = 'its source, '.repeat(25);
  const ON_NEW = '<code>new</code>';
  const OLD_TO_NEW = '<code>old</code><br>→ <code>new</code>';
  const NEW_TO_NEW = '<code>new</code><br>→ <code>new</code>, not proved';
  const NONE_TO_NEW = 'not encrypted<br>→ <code>new</code>';

  test.each<[string, Partial<Result>, string]>([
    ['not encrypted before', { ...FIRST, outcome: 'enabled' }, NONE_TO_NEW],
    ['not encrypted before and now', { ...UNCHANGED, encrypted: 'false', key: null }, 'not encrypted'],
    ['an unknown key', { ...UNCHANGED, encrypted: 'unknown', key: null }, 'unknown'],
    ['the same key once', { ...UNCHANGED, previousKey: NEW }, ON_NEW],
    ['the key of another account as its ARN', { ...UNCHANGED, key: FOREIGN_KEY }, `<code>${FOREIGN_KEY.id}</code>`],
    ['the AWS owned key', { previousKey: AWS_OWNED }, 'the AWS owned key<br>→ <code>new</code>'],
    ['no known key before', { ...FIRST, previouslyEncrypted: 'unknown' }, 'unknown<br>→ <code>new</code>'],
    ['an unproved change', { ...FIRST, ...TIMED_OUT, encrypted: 'false' }, `${NONE_TO_NEW}, not proved`],
    ['a change in flight', { ...TIMED_OUT, inFlight: true, key: OLD }, `${OLD_TO_NEW}, not proved`],
    ['a change in flight to the reported key', { inFlight: true, outcome: 'failed', key: NEW }, NEW_TO_NEW],
    ['a change that is in force although a later check failed', { outcome: 'failed' }, OLD_TO_NEW],
    ['a first key that is in force although a later check failed', { ...FIRST, outcome: 'failed' }, NONE_TO_NEW],
    ['a key in force by its id', { ...BY_ID, outcome: 'timed-out' }, `<code>old</code><br>→ <code>${KEY_ID}</code>`],
    ['the AWS key that is in force although a later check failed', { ...TO_AWS, outcome: 'failed' }, OLD_TO_NEW],
    ['a planned change, and why', { ...PLANNED, message: 'why' }, `${OLD_TO_NEW}, planned<br><sub>why</sub>`],
    ['why it was skipped', { ...UNCHANGED, outcome: 'skipped', message: 'why' }, `${ON_NEW}<br><sub>why</sub>`],
    ['a long reason briefly', { ...LONG, message: 'its source, '.repeat(30) }, `${ON_NEW}<br><sub>${BRIEF}…</sub>`]
  ])('%s', (_name, overrides, cell) => {
    expect(renderResults([result(overrides)])).toContain(`<td>${cell}</td>`);
  });
});

test.each([
  ['The stream is gone.', 'The stream is gone.'],
  ['failed (GRANT_FAILED: no), grant it.', 'failed (<code>GRANT_FAILED</code>: no), grant it.'],
  ['grant kms:CreateGrant, then run again', 'grant <code>kms:CreateGrant</code>, then run again'],
  ['ask @team, see #1 at https://x/a?b.', 'ask <code>@team</code>, see <code>#1</code> at <code>https://x/a?b</code>.'],
  ['see GH-1, or OPS-7 at www.x.y', 'see <code>GH-1</code>, or <code>OPS-7</code> at <code>www.x.y</code>'],
  ['at sha=ffac537 until 22:30', 'at <code>sha=ffac537</code> until 22:30'],
  ['at ffac537e6cbbf934b08745a378932722df287a53', 'at <code>ffac537e6cbbf934b08745a378932722df287a53</code>'],
  ['key 1234abcd-12ab-34cd-56ef-1234567890ab is', 'key <code>1234abcd-12ab-34cd-56ef-1234567890ab</code> is']
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

  test('refers to no cause if there is only one', () => {
    const summary = renderResults([result(), result({ name: 'clicks', outcome: 'failed', message: 'grant kms:X' })]);
    expect(summary).toContain('<p><code>clicks</code>: failed: grant <code>kms:X</code></p>\n<table>');
    expect(tableRows(summary).map(([outcome, stream]) => [outcome, stream])).toEqual([
      ['❌ failed', 'clicks kinesis'],
      ['🔑 rekeyed', 'orders kinesis']
    ]);
  });

  test('shows in each row until when to keep the previous key, and below the table the latest time for all streams', () => {
    const results = manyResults(20, (index) => ({ previousKeyNeededHours: index === 7 ? 168 : 24 }));
    const summary = renderResults([...results, result({ outcome: 'unchanged', changed: false })]);
    expect(columnTitles(summary)[3]).toBe('Keep previouskey until');
    const times = tableRows(summary).map((row) => row[3]);
    expect(times).toHaveLength(21);
    expect([times[0], times[7], times[20]]).toEqual(['2026-03-0222:30\u00a0UTC', '2026-03-0822:30\u00a0UTC', '']);
    expect(listItems(summary)).toEqual([
      expect.stringMatching(/^Keep the previous key \S+ enabled until at least 2026-03-08 22:30 UTC: 20 streams were/),
      expect.stringMatching(
        /^Producers need kms:GenerateDataKey on \S+ for a data stream; consumers need kms:Decrypt.$/
      )
    ]);
  });

  test('has no column for previous keys if none needs to be kept', () => {
    const summary = renderResults(manyResults(2, { outcome: 'enabled', previousKey: null }));
    expect(columnTitles(summary)).toEqual(['Outcome', 'Stream', 'Key before → key now', 'Time']);
  });

  test('shows below the table why a stream selected by a pattern is not applicable, and above it if it was named', () => {
    const other = { name: 'feed', outcome: 'not-applicable', changed: false, message: 'its source is MSK' } as const;
    const why = 'feed: not-applicable: its source is MSK';
    expect(listItems(renderResults([result(), result({ ...other, named: false })]))[0]).toBe(why);
    expect(paragraphs(renderResults([result(), result({ ...other, named: true })]))).toContain(why);
  });

  test('folds more than 20 streams that ended well, and counts them', () => {
    const failed = manyResults(3, { outcome: 'failed', message: 'no' });
    const folds = (summary: string) => elements(parseHtml(summary), 'details');
    expect(folds(renderResults([...failed, ...manyResults(20)]))).toEqual([]);
    const summary = renderResults([...manyResults(15), ...failed, ...manyResults(6, { outcome: 'unchanged' })]);
    expect(folds(summary)).toHaveLength(1);
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
    expect(columnTitles(summary)[2]).toBe('Key');
    expect(tableRows(summary)[0]?.[2]).toBe('new');
    expect(summary).not.toContain('Proof');
  });

  test('plan shows the planned key, and lists the permissions that are needed before the change', () => {
    const planned = result({ outcome: 'planned', changed: false, key: OLD, keyArn: null, message: 'why' });
    const summary = renderResults([planned], { request: runRequest({ mode: 'plan' }) });
    expect(columnTitles(summary)[2]).toBe('Key now → planned key');
    expect(tableRows(summary)[0]?.[2]).toBe('old→ new, plannedwhy');
    expect(listItems(summary)).toEqual([
      `Before the change: Producers need kms:GenerateDataKey on ${NEW?.id} for a data stream; consumers need kms:Decrypt.`
    ]);
  });

  const EACH = `${PROOF} each enabled or rekeyed stream ${IN_FORCE}`;
  const RECORD = 'The service confirmed that a test record was encrypted';
  const UNCHANGED = { outcome: 'unchanged', changed: false } as const;
  const VERIFIED_ONE = [
    { ...UNCHANGED, recordVerified: true },
    { outcome: 'failed', recordVerified: false }
  ] as const;
  test.each<[string, readonly Partial<Result>[], readonly string[]]>([
    ['a change and a record', [{ recordVerified: true }], [`${PROOF} the stream ${IN_FORCE} ${RECORD}.`]],
    ['one of two changes', [{ outcome: 'enabled' }, { outcome: 'failed' }], [EACH]],
    ['one of two records', VERIFIED_ONE, [`${RECORD}: 1 of 2 streams.`]],
    ['nothing that is proved', [{ outcome: 'started' }, UNCHANGED], []]
  ])('encrypt says what was proved: %s', (_name, results, proofs) => {
    const all = paragraphs(renderResults(results.map(result)));
    expect(all.filter((text) => text.startsWith('Proof'))).toEqual(proofs.map((proof) => `Proof: ${proof}`));
  });
});
