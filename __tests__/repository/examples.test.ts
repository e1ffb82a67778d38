/** Runs jobs of the examples: the bundle on the local AWS, and the scripts. `workflows.test.ts` checks all examples. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import type { Result } from '../../src/encryption/model.ts';
import { writeReport } from '../../src/github/report-file.ts';
import type { Report } from '../../src/reporting/report.ts';
import { CORPUS } from '../end-to-end/corpus.ts';
import { type HtmlElement, parseHtml, visibleText } from '../end-to-end/html.ts';
import { run } from '../end-to-end/step.ts';
import { reportOf } from '../support/ended-runs.ts';
import { evaluateAfter } from '../support/expressions.ts';
import { result } from '../support/results.ts';
import { evaluate, readWorkflow, stepsOf } from '../support/workflows.ts';
import { runScript } from './run-script.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-examples-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the script of a step in a folder. Returns its log and the job summary. */
function runStep(file: string, name: string, folder: string, values: Readonly<Record<string, string>> = {}) {
  const step = stepsOf(`examples/${file}`).find((one) => one.name === name) ?? {};
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const env = Object.entries(step.env ?? {}).map(([variable, text]) => [variable, evaluate(text, values)]);
  const variables = { GITHUB_STEP_SUMMARY: summary, ...Object.fromEntries(env) };
  const { status, stdout, stderr } = runScript(step, folder, variables);
  return { status, log: stdout + stderr, summary: readFileSync(summary, 'utf8') };
}

describe('canary-rotation.yml', () => {
  const { jobs } = readWorkflow('examples/canary-rotation.yml');

  test('moves one stream first, and the rest after the approval, only where streams remain', async () => {
    await using aws = await startLocalAws({ changeMs: 100 });
    const [oldKey, newKey] = [aws.kms.createKey().arn, aws.kms.createKey().arn];
    for (const name of ['orders-a', 'orders-b', 'orders-c']) aws.kinesis.create({ name, keyId: oldKey });

    /** Runs the step of a job. Returns what it counted, and the job output `remaining` after it. */
    const runJob = async (name: string) => {
      const step = jobs[name]?.steps?.find(({ uses }) => uses?.includes('/stream-encryption@'));
      const values = { 'vars.STREAMS_OLD_KEY': oldKey, 'vars.STREAMS_KEY': newKey };
      const { 'report-path': _, ...inputs } = step?.with ?? {};
      const given = Object.entries(inputs).map(([input, text]) => [input, evaluate(text, values).trim()]);
      const { outputs, exitCode } = await run(aws, Object.fromEntries(given));
      const [, remaining = ''] = /\$\{\{ (.*) \}\}/.exec(jobs.canary?.outputs?.remaining ?? '') ?? [];
      return [exitCode, outputs.counts, evaluateAfter('move', outputs, remaining)];
    };

    expect(await runJob('canary')).toEqual([0, '{"total":3,"rekeyed":1,"planned":2}', '2']);
    expect(await runJob('rest')).toEqual([0, '{"total":3,"unchanged":1,"rekeyed":2}', expect.anything()]);
    expect(await runJob('canary')).toEqual([0, '{"total":3,"unchanged":3}', '0']);
    const condition = "needs.canary.outputs.remaining != '0'";
    expect(jobs.rest).toMatchObject({ needs: 'canary', if: condition, environment: 'streams' });
  });
});

/** The jobs run on Linux and need jq. These tests always run on Linux in CI, and elsewhere only if jq is installed. */
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;
const describeWithJq = mustRun || canRun ? describe : describe.skip;

describeWithJq('fleet-gate.yml', () => {
  const FILE = 'examples/fleet-gate.yml';

  test.each([
    ['passes if some legs found no stream', [0, 3, 2], 0, '5 streams are encrypted with an approved key\n'],
    ['fails if no leg found a stream', [0, 0], 1, '0 streams are encrypted with an approved key\n'],
    ['fails without reports', [], 2, '']
  ])('%s', (_, totals, status, summary) => {
    const folder = mkdtempSync(join(scratch, 'gate-'));
    mkdirSync(join(folder, 'reports'));
    for (const [at, total] of totals.entries()) {
      writeFileSync(join(folder, 'reports', `report-${at}.json`), JSON.stringify({ counts: { total } }));
    }
    const error = '::error title=Fleet gate::No account and region has a stream';
    const log = status === 0 ? '' : expect.stringContaining(status === 1 ? error : 'reports/*.json');
    expect(runStep('fleet-gate.yml', 'Count the streams', folder)).toEqual({ status, log, summary });
  });

  test('ignores legs without streams, and releases only after the count', () => {
    const check = stepsOf(FILE).find(({ with: inputs }) => inputs?.mode === 'check');
    expect(check?.with).toMatchObject({ 'if-no-streams-found': 'ignore' });
    expect(readWorkflow(FILE).jobs).toMatchObject({ encryption: { needs: 'leg' }, release: { needs: 'encryption' } });
  });
});

/** The joined report. */
interface FleetReport {
  readonly counts: Report['counts'];
  readonly legs: readonly (Report & { readonly leg: string })[];
}

/** What each account's legs uploaded: a report, other text, or nothing. */
type Uploads = Readonly<Record<string, Report | string | null>>;

function report(results: readonly Result[], errors: readonly string[] = []): Report {
  return reportOf(results, { errors });
}

/** The elements of the summary, without text. */
function outline(html: string): unknown[] {
  const bare = ({ name, attributes, content }: HtmlElement): unknown[] => [name, attributes, content.flatMap(elements)];
  const elements = (one: HtmlElement | string) => (typeof one === 'string' ? [] : [bare(one)]);
  return parseHtml(html).flatMap(elements);
}

describeWithJq('the job of fleet-accounts-regions.yml that joins the reports', () => {
  const FILE = 'fleet-accounts-regions.yml';
  const reportPath = stepsOf(`examples/${FILE}`).find((step) => step.with?.['report-path'])?.with?.['report-path'];
  const REPORT = report([result(), result({ name: 'clicks', outcome: 'unchanged' })]);
  const ERROR = '::error title=Fleet encryption::A leg failed or has no valid report. See the job summary.\n';

  /** Runs the script with these reports and this result of the legs. */
  function joinReports(uploads: Uploads, { regions = ['eu-central-1'], legs = 'success' } = {}) {
    const folder = mkdtempSync(join(scratch, 'join-'));
    for (const [account, content] of Object.entries(uploads)) {
      for (const region of regions) {
        const name = evaluate(reportPath, { 'matrix.account.name': account, 'matrix.region': region });
        const path = join(folder, 'reports', name);
        if (typeof content === 'string') writeFileSync(path, content);
        else if (content !== null) writeReport(path, content);
      }
    }
    const role = 'arn:aws:iam::111122223333:role/encrypt-streams';
    const values = {
      'vars.STREAMS_ACCOUNTS': JSON.stringify(Object.keys(uploads).map((name) => ({ name, role }))),
      'vars.STREAMS_REGIONS': JSON.stringify(regions),
      'needs.leg.result': legs
    };
    const joined = runStep(FILE, 'Join the reports', folder, values);
    const fleet: FleetReport = JSON.parse(readFileSync(join(folder, 'fleet.json'), 'utf8'));
    return { ...joined, fleet, text: visibleText(joined.summary) };
  }

  test('joins all reports, and counts their streams', () => {
    const billing = report([result({ name: 'views', outcome: 'enabled' })]);
    const { status, log, fleet, text } = joinReports({ orders: REPORT, billing, web: REPORT });
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(fleet.counts).toEqual({ total: 5, rekeyed: 2, unchanged: 2, enabled: 1 });
    expect(fleet.legs).toEqual([
      { leg: 'orders-eu-central-1', ...REPORT },
      { leg: 'billing-eu-central-1', ...billing },
      { leg: 'web-eu-central-1', ...REPORT }
    ]);
    expect(text).toBe(
      'Fleet encryption: 5 streams in 3 legs\nLegOutcomeStreamsErrors of the leg' +
        'orders-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchangedbilling-eu-central-1enabled1 total, 1 enabled' +
        'web-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchanged'
    );
  });

  test('lists the errors of a leg, and failed streams with their messages', () => {
    const bad = [
      result({ name: 'a', outcome: 'failed', message: 'no such stream' }),
      result({ name: 'b', outcome: 'not-applicable', named: false, message: 'chosen by a glob' }),
      result({ name: 'c', outcome: 'not-applicable', message: 'named' })
    ];
    const wrong = report([], ['Input region is missing', 'Input mode is "x"']);
    const { text } = joinReports({ orders: report([...bad, result()]), billing: wrong }, { legs: 'failure' });
    expect(text).toContain(
      'LegStreamOutcomeMessageorders-eu-central-1afailedno such streamorders-eu-central-1cnot-applicablenamed'
    );
    expect(text).not.toContain('chosen by a glob');
    expect(text).toContain('0 totalInput region is missing Input mode is "x"');
  });

  test.each(['failure', 'cancelled', 'skipped'])('fails if the result of the legs is %s', (legs) => {
    expect(joinReports({ orders: REPORT }, { legs })).toMatchObject({ status: 1, log: ERROR });
  });

  test('fails if reports are missing or not valid, and names their legs', () => {
    const invalid = {
      missing: null,
      empty: '',
      truncated: JSON.stringify(REPORT).slice(0, 500),
      'other-version': JSON.stringify({ ...REPORT, version: 1 }),
      'not-an-object': '["::error::x"]'
    };
    const { status, log, fleet, text } = joinReports({ orders: REPORT, ...invalid });
    expect({ status, log, total: fleet.counts.total }).toEqual({ status: 1, log: ERROR, total: 2 });
    for (const name of Object.keys(invalid)) expect(text).toContain(`${name}-eu-central-1no report0 total`);
    const none = joinReports({ orders: null });
    expect(none).toMatchObject({ status: 1, log: ERROR, fleet: { counts: { total: 0 } } });
  });

  test('escapes hostile text in the summary and the log', () => {
    /** A leg for each text of the corpus. */
    const join = (convert: (text: string) => string) => {
      const uploads = Object.values(CORPUS).map((hostile, index) => {
        const text = convert(hostile);
        return [`account-${index}`, report([result({ name: text, outcome: 'failed', message: text })], [text])];
      });
      return joinReports(Object.fromEntries(uploads), { legs: 'failure' });
    };
    const { status, log, summary } = join((text) => text);
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(summary).not.toMatch(/[^\P{C}\n]|\n\s*\n|[\p{Zl}\p{Zp}]/u);
    expect(outline(summary)).toEqual(outline(join(() => 'x').summary));
  });

  test('keeps the summary below the limit of 1 MiB for the largest matrix, which has 256 legs', () => {
    const worst = result({ name: '"'.repeat(1000), outcome: 'failed', message: '"'.repeat(10_000) });
    const content = report([worst, worst], ['"'.repeat(1000)]);
    const names = Array.from({ length: 16 }, (_, index) => [`account-${index}`, content]);
    const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
    const { fleet, summary, text } = joinReports(Object.fromEntries(names), { regions });
    expect(fleet.legs).toHaveLength(64);
    // A row for each leg, and at most 100 rows for streams.
    const [legs = '', streams = ''] = summary.split('</table>');
    expect(4 * Buffer.byteLength(legs) + Buffer.byteLength(streams)).toBeLessThan(1_048_576);
    expect(text).toContain('28 more in fleet.json.');
  });
});
