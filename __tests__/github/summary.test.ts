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

function report(results: readonly Result[], aftercare: readonly string[] = []): Report {
  const rows = results.map((one) => ({ result: one, consoleUrl: 'https://console.example/?a=1&b=2', aftercare }));
  return { request: 'us-east-1 · mode encrypt', rows, faults: [] };
}

describe('the job summary', () => {
  test('tells verdict, request, key before and after, time, aftercare, and the run', () => {
    expect(summaryOf(report([result()], ['Keep the old key.']), ENV)).toBe(
      [
        '<h3>🔑 Stream encryption: rekeyed</h3>',
        '<p><code>us-east-1 · mode encrypt</code></p>',
        '<table>',
        '<tr><th>Outcome</th><th>Stream</th><th>Key before → key now</th><th>Time</th></tr>',
        '<tr><td>🔑 rekeyed</td>' +
          '<td><a href="https://console.example/?a=1&amp;b=2"><code>orders</code></a> <sub>kinesis</sub></td>' +
          '<td><code>arn:aws:kms:us-east-1:111122223333:key/old</code><br>→ <code>arn:aws:kms:us-east-1:111122223333:key/new</code></td>' +
          '<td>1.23 s</td></tr>',
        '</table>',
        '<ul>',
        '<li><code>orders</code>: <code>Keep the old key.</code></li>',
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
      { outcome: 'failed', encrypted: 'false', key: null, previousKey: null },
      '<td>not encrypted</td>'
    ],
    ['nobody can tell', { outcome: 'failed', encrypted: 'unknown', key: null, previousKey: null }, '<td>unknown</td>'],
    [
      'the same key',
      { outcome: 'unchanged', previousKey: result().key },
      '<td><code>arn:aws:kms:us-east-1:111122223333:key/new</code></td>'
    ]
  ] as const)('tells the keys: %s', (_name, otherwise, cell) => {
    expect(summaryOf(report([result(otherwise)]), ENV)).toContain(cell);
  });

  test('tells the message of what did not end well and of what is planned, and every warning', () => {
    expect(summaryOf(report([result({ outcome: 'failed', message: 'boom' })]), ENV)).toContain('<code>boom</code>');
    expect(summaryOf(report([result({ outcome: 'planned', message: 'would' })]), ENV)).toContain('<code>would</code>');
    expect(summaryOf(report([result({ message: 'fine', warnings: ['hm'] })]), ENV)).toContain('<code>hm</code>');
    expect(summaryOf(report([result({ message: 'fine' })]), ENV)).not.toContain('fine');
  });

  test('counts the outcomes of several streams', () => {
    const results = [result(), result(), result({ outcome: 'failed' })];
    expect(summaryOf(report(results), ENV)).toContain('<h3>❌ Stream encryption: 2 rekeyed, 1 failed</h3>');
  });

  test('tells what is wrong with the inputs where there is no request', () => {
    const faults = ['Input mode is "x"'];
    const summary = summaryOf({ request: null, rows: [], faults }, {});
    expect(summary).toContain('<h3>❌ Stream encryption: failed</h3>');
    expect(summary).toContain('<li><code>Input mode is &quot;x&quot;</code></li>');
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
