/** Runs jobs of the examples: the bundle on the local AWS, and the scripts. `workflows.test.ts` checks all examples. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { writeReport } from '../../src/github/report-file.ts';
import type { Report } from '../../src/reporting/report.ts';
import { CORPUS } from '../end-to-end/corpus.ts';
import { visibleText } from '../end-to-end/html.ts';
import { run } from '../end-to-end/step.ts';
import { reportOf } from '../support/ended-runs.ts';
import { result } from '../support/results.ts';
import { type Contexts, evaluate, evaluateAll, readWorkflow, runScript, stepsIn } from '../support/workflows.ts';

test('canary-rotation.yml moves one stream first, and the rest after the approval, only where streams remain', async () => {
  const { canary, rest } = readWorkflow('examples/canary-rotation.yml').jobs;
  expect(rest).toMatchObject({ needs: 'canary', environment: 'streams' });
  await using aws = await startLocalAws({ changeMs: 100 });
  const vars = { STREAMS_OLD_KEY: aws.kms.createKey().arn, STREAMS_KEY: aws.kms.createKey().arn };
  for (const name of ['orders-a', 'orders-b', 'orders-c']) aws.kinesis.create({ name, keyId: vars.STREAMS_OLD_KEY });

  /** Runs the step of a job. Returns what it counted, and whether the job `rest` runs after it. */
  const runJob = async ({ steps = [] } = canary ?? {}) => {
    const { 'report-path': _, ...inputs } = steps[1]?.with ?? {};
    const { outputs, exitCode } = await run(aws, evaluateAll(inputs, { vars }));
    const move = { steps: { move: { outputs } } };
    const outcomes = evaluate(`\${{ join(fromJSON(steps.move.outputs.results).*.outcome) }}`, move);
    const remaining = evaluate(canary?.outputs?.remaining, move);
    const runsRest = evaluate(`\${{ ${rest?.if} }}`, { needs: { canary: { outputs: { remaining } } } });
    return [exitCode, outcomes, runsRest];
  };

  expect(await runJob(canary)).toEqual([0, 'rekeyed,planned,planned', 'true']);
  expect(await runJob(rest)).toEqual([0, 'unchanged,rekeyed,rekeyed', expect.anything()]);
  expect(await runJob(canary)).toEqual([0, 'unchanged,unchanged,unchanged', 'false']);
});

/** The jobs run on Linux and need jq, which .ci/run installs. */
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;
const describeWithJq = canRun ? describe : describe.skip;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-examples-'));
  mkdirSync(join(folder, 'reports'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script of a step in the folder. Returns its log and the job summary. */
function runStep(file: string, name: string, contexts: Contexts = {}) {
  const step = stepsIn(readWorkflow(`examples/${file}`)).find((one) => one.name === name) ?? {};
  const summary = join(folder, 'summary.md');
  writeFileSync(summary, '');
  const env = { GITHUB_STEP_SUMMARY: summary, ...evaluateAll(step.env ?? {}, contexts) };
  const { status, stdout, stderr } = runScript(step, folder, env);
  return { status, log: stdout + stderr, summary: readFileSync(summary, 'utf8') };
}

describeWithJq('fleet-gate.yml', () => {
  test.each([
    ['passes if some legs found no stream', [0, 3, 2], 0, ''],
    ['fails if no leg found a stream', [0, 0], 1, '::error title=Fleet gate::No account and region has a stream'],
    ['fails without reports', [], 2, 'reports/*.json']
  ])('%s', (_, totals, status, log) => {
    for (const [at, total] of totals.entries()) {
      writeFileSync(join(folder, 'reports', `report-${at}.json`), JSON.stringify({ counts: { total } }));
    }
    expect(runStep('fleet-gate.yml', 'Count the streams')).toMatchObject({ status, log: expect.stringContaining(log) });
  });

  test('ignores legs without streams, and releases only after the count', () => {
    const { leg, encryption, release } = readWorkflow('examples/fleet-gate.yml').jobs;
    expect(leg?.steps?.[1]?.with).toMatchObject({ 'if-no-streams-found': 'ignore' });
    expect([encryption?.needs, release?.needs]).toEqual(['leg', 'encryption']);
  });
});

describeWithJq('the job of fleet-accounts-regions.yml that joins the reports', () => {
  const FILE = 'fleet-accounts-regions.yml';
  const reportPath = readWorkflow(`examples/${FILE}`).jobs.leg?.steps?.[1]?.with?.['report-path'];
  const REPORT = reportOf([result(), result({ name: 'clicks', outcome: 'unchanged' })]);
  const ERROR = '::error title=Fleet encryption::A leg failed or has no valid report. See the job summary.\n';

  /** Runs the script with what each account's legs uploaded: a report, other text, or nothing. */
  function joinReports(uploads: Readonly<Record<string, Report | string | null>>, legs = 'success') {
    for (const [name, content] of Object.entries(uploads)) {
      const file = join(folder, 'reports', evaluate(reportPath, { matrix: { account: { name }, region: 'eu' } }));
      if (typeof content === 'string') writeFileSync(file, content);
      else if (content !== null) writeReport(file, content);
    }
    const accounts = Object.keys(uploads).map((name) => ({ name, role: 'arn:aws:iam::111122223333:role/encrypt' }));
    const vars = { STREAMS_ACCOUNTS: JSON.stringify(accounts), STREAMS_REGIONS: '["eu"]' };
    const joined = runStep(FILE, 'Join the reports', {
      vars,
      needs: { leg: { result: legs } }
    });
    const fleet: unknown = JSON.parse(readFileSync(join(folder, 'fleet.json'), 'utf8'));
    return { ...joined, fleet, text: visibleText(joined.summary) };
  }

  test('joins all reports, counts their streams, and lists errors of legs and failed streams', () => {
    const billing = reportOf([
      result({ name: 'a', outcome: 'failed', message: 'no such stream' }),
      result({ name: 'b', outcome: 'not-applicable', named: false, message: 'chosen by a glob' }),
      result({ name: 'c', outcome: 'not-applicable', message: 'named' })
    ]);
    const web = reportOf([], { errors: ['Input region is missing', 'Input mode is "x"'] });
    const { status, log, fleet, text } = joinReports({ orders: REPORT, billing, web });
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(fleet).toEqual({
      counts: { total: 5, rekeyed: 1, unchanged: 1, failed: 1, 'not-applicable': 2 },
      legs: [
        { leg: 'orders-eu', ...REPORT },
        { leg: 'billing-eu', ...billing },
        { leg: 'web-eu', ...web }
      ]
    });
    expect(text).toBe(
      'Fleet encryption: 5 streams in 3 legs\nLegOutcomeStreamsErrors of the leg' +
        'orders-eurekeyed2 total, 1 rekeyed, 1 unchangedbilling-eufailed3 total, 1 failed, 2 not-applicable' +
        'web-eufailed0 totalInput region is missing Input mode is "x"\n' +
        'LegStreamOutcomeMessagebilling-euafailedno such streambilling-eucnot-applicablenamed'
    );
  });

  test('fails if a leg failed, or if reports are missing or not valid, and names their legs', () => {
    for (const legs of ['failure', 'cancelled', 'skipped']) {
      expect(joinReports({ orders: REPORT }, legs)).toMatchObject({ status: 1, log: ERROR });
    }
    const invalid = {
      missing: null,
      truncated: JSON.stringify(REPORT).slice(0, 500),
      'other-version': JSON.stringify({ ...REPORT, version: 1 }),
      'not-an-object': '["::error::x"]'
    };
    const { text, ...joined } = joinReports({ orders: REPORT, ...invalid });
    expect(joined).toMatchObject({ status: 1, log: ERROR, fleet: { counts: { total: 2 } } });
    for (const name of Object.keys(invalid)) expect(text).toContain(`${name}-euno report0 total`);
  });

  test('escapes hostile text in the summary and the log', () => {
    /** A leg for each text of the corpus. */
    const joinWith = (convert: (text: string) => string) => {
      const uploads = Object.values(CORPUS).map((hostile, index) => {
        const text = convert(hostile);
        const streams = [result({ name: text, outcome: 'failed', message: text })];
        return [`account-${index}`, reportOf(streams, { errors: [text] })];
      });
      return joinReports(Object.fromEntries(uploads), 'failure');
    };
    const { status, log, summary } = joinWith((text) => text);
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(summary).not.toMatch(/[^\P{C}\n]|\n\s*\n|[\p{Zl}\p{Zp}]/u);
    const tagsIn = (html: string) => html.match(/<[^>]*>?/g);
    expect(tagsIn(summary)).toEqual(tagsIn(joinWith(() => 'x').summary));
  });

  test('shows at most 100 failed streams, so that the summary of the largest matrix is below the limit of 1 MiB', () => {
    const worst = result({ name: '"'.repeat(1000), outcome: 'failed', message: '"'.repeat(10_000) });
    const report = reportOf(Array(128).fill(worst), { errors: ['"'.repeat(1000)] });
    const { summary, text } = joinReports({ orders: report });
    expect(text).toContain('28 more in fleet.json.');
    // A row for each leg, of which a matrix has at most 256, and the rows for streams.
    const [leg = '', streams = ''] = summary.split('</table>');
    expect(256 * Buffer.byteLength(leg) + Buffer.byteLength(streams)).toBeLessThan(1_048_576);
  });
});
