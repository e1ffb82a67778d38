import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/encryption/model.ts';
import { type Report, reportOf, writeReport } from '../../src/reporting/report.ts';
import { CORPUS } from '../end-to-end/corpus.ts';
import { type HtmlElement, parseHtml, visibleText } from '../end-to-end/html.ts';
import { result } from '../support/results.ts';
import { evaluated, stepsOf } from '../support/workflows.ts';

const STEPS = stepsOf('examples/fleet-accounts-regions.yml');
const reportPath = STEPS.map((step) => step.with?.['report-path']).find((path) => path !== undefined);
const joining = STEPS.find(({ name }) => name === 'Join the reports');

/** The job is one for Linux, where in CI nothing that it needs may be missing. Elsewhere jq may be, and the tests are skipped. */
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;
const describeJoining = mustRun || canRun ? describe : describe.skip;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stream-encryption-fleet-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** What the reports are joined into. */
interface Fleet {
  readonly counts: Report['counts'];
  readonly legs: readonly (Report & { readonly leg: string })[];
}

function report(results: readonly Result[], faults: readonly string[] = []): Report {
  const at = new Date('2026-03-01T22:30:00Z');
  const ended = results.map((one) => ({ result: one, endedAt: at }));
  return reportOf({ request: null, startedAt: at, endedAt: at, durationSeconds: 1, runEnded: null, faults, ended });
}

/** What the leg of each account left in each region, in the file that legs write: a report, something else, or nothing. */
type Left = Readonly<Record<string, Report | string | null>>;

/** Runs the job's script as the runner does, where the legs ended so. */
async function joined(left: Left, { regions = ['eu-central-1'], legs = 'success' } = {}) {
  const folder = mkdtempSync(join(scratch, 'run-'));
  for (const [account, content] of Object.entries(left)) {
    for (const region of regions) {
      const name = evaluated(reportPath, { 'matrix.account.name': account, 'matrix.region': region });
      const path = join(folder, 'reports', name);
      if (typeof content === 'string') writeFileSync(path, content);
      else if (content !== null) await writeReport(path, content);
    }
  }
  const accounts = Object.keys(left).map((name) => ({ name, role: 'arn:aws:iam::111122223333:role/encrypt-streams' }));
  const values = {
    'vars.STREAMS_ACCOUNTS': JSON.stringify(accounts),
    'vars.STREAMS_REGIONS': JSON.stringify(regions),
    'needs.leg.result': legs
  };
  const env = Object.entries(joining?.env ?? {}).map(([name, text]) => [name, evaluated(text, values)]);
  writeFileSync(join(folder, 'join.sh'), joining?.run ?? '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', 'join.sh'], {
    cwd: folder,
    env: { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), ...Object.fromEntries(env) },
    encoding: 'utf8'
  });
  const fleet: Fleet = JSON.parse(readFileSync(join(folder, 'fleet.json'), 'utf8'));
  return { status, log: stdout + stderr, fleet, summary: readFileSync(join(folder, 'summary.md'), 'utf8') };
}

/** The elements of the summary, without their texts. */
function outline(html: string): unknown[] {
  const bare = ({ name, attributes, content }: HtmlElement): unknown[] => [name, attributes, content.flatMap(elements)];
  const elements = (one: HtmlElement | string) => (typeof one === 'string' ? [] : [bare(one)]);
  return parseHtml(html).flatMap(elements);
}

const WELL = report([result(), result({ name: 'clicks', outcome: 'unchanged' })]);
const ERROR =
  '::error title=Encryption of the fleet::A leg has failed or left no report. The job summary tells which.\n';

describeJoining('the last job of the fleet', () => {
  test('is run by bash, which ends at the first command of a pipe that fails', () => {
    expect(joining?.shell).toBe('bash');
  });

  test('joins all reports into one, and counts their streams', async () => {
    const other = report([result({ name: 'views', outcome: 'enabled' })]);
    const { status, log, fleet, summary } = await joined({ orders: WELL, billing: other, web: WELL });
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(fleet.counts).toEqual({ total: 5, rekeyed: 2, unchanged: 2, enabled: 1 });
    expect(fleet.legs.map(({ leg }) => leg)).toEqual([
      'orders-eu-central-1',
      'billing-eu-central-1',
      'web-eu-central-1'
    ]);
    expect(fleet.legs[1]).toEqual({ leg: 'billing-eu-central-1', ...other });
    expect(visibleText(summary)).toBe(
      'Encryption of the fleet: 5 streams in 3 legs\nLegOutcomeStreamsWhat is wrong as a whole' +
        'orders-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchangedbilling-eu-central-1enabled1 total, 1 enabled' +
        'web-eu-central-1rekeyed2 total, 1 rekeyed, 1 unchanged'
    );
  });

  test('tells which streams did not end well, and why', async () => {
    const bad = [
      result({ name: 'a', outcome: 'failed', message: 'no such stream' }),
      result({ name: 'b', outcome: 'not-applicable', named: false, message: 'chosen by a glob' }),
      result({ name: 'c', outcome: 'not-applicable', message: 'named' })
    ];
    const { summary } = await joined({ orders: report([...bad, result()]) }, { legs: 'failure' });
    expect(visibleText(summary)).toContain(
      'LegStreamOutcomeWhyorders-eu-central-1afailedno such streamorders-eu-central-1cnot-applicablenamed'
    );
    expect(visibleText(summary)).not.toContain('chosen by a glob');
  });

  test.each(['failure', 'cancelled', 'skipped'])('fails where the legs ended in %s', async (legs) => {
    expect(await joined({ orders: WELL }, { legs })).toMatchObject({ status: 1, log: ERROR });
  });

  test.each([
    ['missing', null],
    ['empty', ''],
    ['cut off', JSON.stringify(WELL).slice(0, 500)],
    ['of another format', JSON.stringify({ ...WELL, version: 2 })],
    ['no report', '["::error::x"]']
  ])('fails where a report is %s, and names its leg', async (_, content) => {
    const { status, log, fleet, summary } = await joined({ orders: WELL, billing: content });
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(fleet.counts.total).toBe(2);
    expect(visibleText(summary)).toContain('billing-eu-central-1no report0 total');
  });

  test('fails where no leg left a report', async () => {
    expect(await joined({ orders: null })).toMatchObject({ status: 1, log: ERROR, fleet: { counts: { total: 0 } } });
  });

  test('tells what was wrong with a leg as a whole', async () => {
    const wrong = report([], ['Input region is missing', 'Input mode is "x"']);
    expect(visibleText((await joined({ orders: wrong })).summary)).toContain(
      '0 totalInput region is missing Input mode is "x"'
    );
  });

  test.each(Object.keys(CORPUS))('lets nothing hostile into the summary or the log: %s', async (kind) => {
    const text = CORPUS[kind] ?? '';
    const hostile = result({ name: text, outcome: 'failed', message: text });
    const { status, log, summary } = await joined({ orders: report([hostile], [text]) }, { legs: 'failure' });
    expect({ status, log }).toEqual({ status: 1, log: ERROR });
    expect(summary).not.toMatch(/[^\P{C}\n]|\n\s*\n|[\p{Zl}\p{Zp}]/u);
    const { summary: harmless } = await joined(
      { orders: report([result({ outcome: 'failed' })], ['x']) },
      { legs: 'failure' }
    );
    expect(outline(summary)).toEqual(outline(harmless));
  });

  test('keeps the summary within the 1 MiB that GitHub takes, for the most legs that a matrix has', async () => {
    const worst = result({ name: '"'.repeat(1000), outcome: 'failed', message: '"'.repeat(10_000) });
    const content = report([worst, worst], ['"'.repeat(1000)]);
    const names = Array.from({ length: 16 }, (_, at) => [`account-${at}`, content]);
    const regions = Array.from({ length: 16 }, (_, at) => `region-${at}`);
    const { fleet, summary } = await joined(Object.fromEntries(names), { regions });
    expect(fleet.legs).toHaveLength(256);
    expect(Buffer.byteLength(summary)).toBeLessThan(1_048_576);
    expect(visibleText(summary)).toContain('And 412 more, all of them in fleet.json.');
  }, 60_000);
});
