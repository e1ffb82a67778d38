import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { writeReport } from '../../src/github/report-file.ts';
import type { Report } from '../../src/reporting/report.ts';
import { CORPUS } from '../end-to-end/corpus.ts';
import { type HtmlElement, parseHtml, visibleText } from '../end-to-end/html.ts';
import { reportOf } from '../support/ended-runs.ts';
import { result } from '../support/results.ts';
import { evaluate, stepsOf } from '../support/workflows.ts';

const STEPS = stepsOf('examples/fleet-accounts-regions.yml');
const reportPath = STEPS.map((step) => step.with?.['report-path']).find((path) => path !== undefined);
const joinStep = STEPS.find(({ name }) => name === 'Join the reports');

/** The job runs on Linux and needs jq. These tests always run on Linux in CI, and elsewhere only if jq is installed. */
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;
const describeWithJq = mustRun || canRun ? describe : describe.skip;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-fleet-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** The joined report. */
interface FleetReport {
  readonly counts: Report['counts'];
  readonly legs: readonly (Report & { readonly leg: string })[];
}

function report(results: readonly Result[], errors: readonly string[] = []): Report {
  return reportOf(results, { errors });
}

/** What each account's legs uploaded: a report, other text, or nothing. */
type Uploads = Readonly<Record<string, Report | string | null>>;

/** Runs the script of the job as a runner does, with these reports and this result of the legs. */
async function joinReports(uploads: Uploads, { regions = ['eu-central-1'], legs = 'success' } = {}) {
  const folder = mkdtempSync(join(scratch, 'run-'));
  for (const [account, content] of Object.entries(uploads)) {
    for (const region of regions) {
      const name = evaluate(reportPath, { 'matrix.account.name': account, 'matrix.region': region });
      const path = join(folder, 'reports', name);
      if (typeof content === 'string') writeFileSync(path, content);
      else if (content !== null) writeReport(path, content);
    }
  }
  const accounts = Object.keys(uploads).map((name) => ({
    name,
    role: 'arn:aws:iam::111122223333:role/encrypt-streams'
  }));
  const values = {
    'vars.STREAMS_ACCOUNTS': JSON.stringify(accounts),
    'vars.STREAMS_REGIONS': JSON.stringify(regions),
    'needs.leg.result': legs
  };
  const env = Object.entries(joinStep?.env ?? {}).map(([name, text]) => [name, evaluate(text, values)]);
  writeFileSync(join(folder, 'join.sh'), joinStep?.run ?? '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', 'join.sh'], {
    cwd: folder,
    env: { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), ...Object.fromEntries(env) },
    encoding: 'utf8'
  });
  const fleet: FleetReport = JSON.parse(readFileSync(join(folder, 'fleet.json'), 'utf8'));
  return { status, log: stdout + stderr, fleet, summary: readFileSync(join(folder, 'summary.md'), 'utf8') };
}

/** The elements of the summary, without text. */
function outline(html: string): unknown[] {
  const bare = ({ name, attributes, content }: HtmlElement): unknown[] => [name, attributes, content.flatMap(elements)];
  const elements = (one: HtmlElement | string) => (typeof one === 'string' ? [] : [bare(one)]);
  return parseHtml(html).flatMap(elements);
}

const REPORT = report([result(), result({ name: 'clicks', outcome: 'unchanged' })]);
const ERROR = '::error title=Fleet encryption::A leg failed or has no valid report. See the job summary.\n';

describeWithJq('the job that joins the reports', () => {
  test('runs with bash, which sets pipefail', () => {
    expect(joinStep?.shell).toBe('bash');
  });

  test('joins all reports, and counts their streams', async () => {
    const billing = report([result({ name: 'views', outcome: 'enabled' })]);
    const { status, log, fleet, summary } = await joinReports({ orders: REPORT, billing, web: REPORT });
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(fleet.counts).toEqual({ total: 5, rekeyed: 2, unchanged: 2, enabled: 1 });
    expect(fleet.legs.map(({ leg }) => leg)).toEqual([
      'orders-eu-central-1',
      'billing-eu-central-1',
      'web-eu-central-1'
    ]);
    expect(fleet.legs[1]).toEqual({ leg: 'billing-eu-central-1', ...billing });
    expect(visibleText(summary)).toBe(
      'Fleet encryption: 5 streams in 3 legs\nLegOutcomeStreamsErrors of the leg' +
        'orders-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchangedbilling-eu-central-1enabled1 total, 1 enabled' +
        'web-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchanged'
    );
  });

  test('lists failed streams with their messages', async () => {
    const bad = [
      result({ name: 'a', outcome: 'failed', message: 'no such stream' }),
      result({ name: 'b', outcome: 'not-applicable', named: false, message: 'chosen by a glob' }),
      result({ name: 'c', outcome: 'not-applicable', message: 'named' })
    ];
    const { summary } = await joinReports({ orders: report([...bad, result()]) }, { legs: 'failure' });
    expect(visibleText(summary)).toContain(
      'LegStreamOutcomeMessageorders-eu-central-1afailedno such streamorders-eu-central-1cnot-applicablenamed'
    );
    expect(visibleText(summary)).not.toContain('chosen by a glob');
  });

  test.each(['failure', 'cancelled', 'skipped'])('fails if the result of the legs is %s', async (legs) => {
    expect(await joinReports({ orders: REPORT }, { legs })).toMatchObject({ status: 1, log: ERROR });
  });

  test.each([
    ['missing', null],
    ['empty', ''],
    ['truncated', JSON.stringify(REPORT).slice(0, 500)],
    ['of another schema version', JSON.stringify({ ...REPORT, version: 1 })],
    ['not an object', '["::error::x"]']
  ])('fails if a report is %s, and names its leg', async (_, content) => {
    const { status, log, fleet, summary } = await joinReports({ orders: REPORT, billing: content });
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(fleet.counts.total).toBe(2);
    expect(visibleText(summary)).toContain('billing-eu-central-1no report0 total');
  });

  test('fails if there are no reports', async () => {
    expect(await joinReports({ orders: null })).toMatchObject({
      status: 1,
      log: ERROR,
      fleet: { counts: { total: 0 } }
    });
  });

  test('lists the errors of a leg', async () => {
    const wrong = report([], ['Input region is missing', 'Input mode is "x"']);
    expect(visibleText((await joinReports({ orders: wrong })).summary)).toContain(
      '0 totalInput region is missing Input mode is "x"'
    );
  });

  test.each(Object.keys(CORPUS))('escapes hostile text in the summary and the log: %s', async (kind) => {
    const text = CORPUS[kind] ?? '';
    const hostile = result({ name: text, outcome: 'failed', message: text });
    const { status, log, summary } = await joinReports({ orders: report([hostile], [text]) }, { legs: 'failure' });
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(summary).not.toMatch(/[^\P{C}\n]|\n\s*\n|[\p{Zl}\p{Zp}]/u);
    const { summary: harmless } = await joinReports(
      { orders: report([result({ outcome: 'failed' })], ['x']) },
      { legs: 'failure' }
    );
    expect(outline(summary)).toEqual(outline(harmless));
  });

  test('keeps the summary below the limit of 1 MiB for the largest matrix', async () => {
    const worst = result({ name: '"'.repeat(1000), outcome: 'failed', message: '"'.repeat(10_000) });
    const content = report([worst, worst], ['"'.repeat(1000)]);
    const names = Array.from({ length: 16 }, (_, index) => [`account-${index}`, content]);
    const regions = Array.from({ length: 16 }, (_, index) => `region-${index}`);
    const { fleet, summary } = await joinReports(Object.fromEntries(names), { regions });
    expect(fleet.legs).toHaveLength(256);
    expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
    expect(visibleText(summary)).toContain('412 more in fleet.json.');
  }, 60_000);
});
