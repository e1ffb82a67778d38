import { describe, expect, test } from '@jest/globals';
import { OUTCOMES, type Result } from '../../src/encryption/model.ts';
import { type Report, summaryOf } from '../../src/github/summary.ts';
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

function report(results: readonly Result[], aftercare: readonly string[] = []): Report {
  const rows = results.map((one) => ({ result: one, consoleUrl: 'https://console.example/?a=1&b=2', aftercare }));
  return { request: 'us-east-1 · mode encrypt', rows, faults: [] };
}

describe('the job summary', () => {
  test('tells verdict, request, key before and after, time, aftercare, and the run', () => {
    expect(summaryOf(report([result()], ['Keep the old key.']), ENV)).toBe(
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
        '<li>Keep the old key.</li>',
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

  test('names the stream of each note where there are several', () => {
    const results = [result({ outcome: 'failed', message: 'boom' }), result({ name: 'clicks', warnings: ['hm'] })];
    const summary = summaryOf(report(results), ENV);
    expect(summary).toContain('<li><code>orders</code>: boom</li>');
    expect(summary).toContain('<li><code>clicks</code>: hm</li>');
  });

  test('counts the outcomes of several streams', () => {
    const results = [result(), result(), result({ outcome: 'failed' })];
    expect(summaryOf(report(results), ENV)).toContain('<h3>❌ Stream encryption: 2 rekeyed, 1 failed</h3>');
  });

  test('tells what is wrong with the inputs where there is no request', () => {
    const faults = ['Input mode is "x"'];
    const summary = summaryOf({ request: null, rows: [], faults }, {});
    expect(summary).toContain('<h3>❌ Stream encryption: failed</h3>');
    expect(summary).toContain('<li>Input mode is &quot;x&quot;</li>');
    expect(summary).toContain('Run <code>workflow #?</code>, started by <code>hand</code>');
  });
});

test('nothing from outside makes markup, a mention or a line of Markdown', () => {
  const hostile = '"><img src=x onerror=alert(1)>\n\n# @team `x` </code><script>';
  const bad = result({
    name: hostile,
    outcome: 'failed',
    message: hostile,
    key: { type: null, id: hostile },
    warnings: [hostile]
  });
  const rows = [{ result: bad, consoleUrl: `https://example.org/${hostile}`, aftercare: [hostile] }];
  const env = { ...ENV, GITHUB_WORKFLOW: hostile, GITHUB_EVENT_NAME: hostile, GITHUB_REPOSITORY: hostile };
  const summary = summaryOf({ request: hostile, rows, faults: [hostile] }, env);
  expect(summary).not.toMatch(/<img|<script|<\/code><s/);
  expect(summary).not.toMatch(/\n\s*\n/);
  for (const [, attribute] of summary.matchAll(/href="([^"]*)"/g)) expect(attribute).not.toMatch(/[<>']/);
  expect(summary.match(/"/g)?.length).toBe(4);
});
