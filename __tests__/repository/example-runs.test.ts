/** Runs jobs of the examples: the bundle on the local AWS, and the scripts. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { run } from '../end-to-end/step.ts';
import { evaluateAfter } from '../support/expressions.ts';
import { evaluate, jobsOf, readWorkflow, stepsOf } from '../support/workflows.ts';

describe('canary-rotation.yml', () => {
  const FILE = 'examples/canary-rotation.yml';
  const jobs = new Map(jobsOf(FILE));

  let aws: LocalAws;
  beforeEach(async () => {
    aws = await startLocalAws({ changeMs: 100 });
  });
  afterEach(() => aws.close());

  test('moves one stream first, and the rest after the approval', async () => {
    const [oldKey, newKey] = [aws.kms.createKey().arn, aws.kms.createKey().arn];
    for (const name of ['orders-a', 'orders-b', 'orders-c']) aws.kinesis.create({ name, keyId: oldKey });

    /** Runs the step of a job. Returns what it counted, and the job output `remaining` after it. */
    const runJob = async (name: string) => {
      const step = jobs.get(name)?.steps?.find(({ uses }) => uses?.includes('/stream-encryption@'));
      const values = { 'vars.STREAMS_OLD_KEY': oldKey, 'vars.STREAMS_KEY': newKey };
      const { 'report-path': _, ...inputs } = step?.with ?? {};
      const given = Object.entries(inputs).map(([input, text]) => [input, evaluate(text, values).trim()]);
      const { outputs, exitCode } = await run(aws, Object.fromEntries(given));
      const [, remaining = ''] =
        /\$\{\{ (.*) \}\}/.exec(readWorkflow(FILE).jobs.canary?.outputs?.remaining ?? '') ?? [];
      return { exitCode, counts: outputs.counts, remaining: evaluateAfter('move', outputs, remaining) };
    };

    expect(await runJob('canary')).toEqual({
      exitCode: 0,
      counts: '{"total":3,"rekeyed":1,"planned":2}',
      remaining: '2'
    });
    expect(await runJob('rest')).toMatchObject({ exitCode: 0, counts: '{"total":3,"unchanged":1,"rekeyed":2}' });
    expect(await runJob('canary')).toMatchObject({ exitCode: 0, counts: '{"total":3,"unchanged":3}', remaining: '0' });
  });

  test('moves the rest only where streams remain', () => {
    expect(readWorkflow(FILE).jobs.rest).toMatchObject({
      needs: 'canary',
      if: "needs.canary.outputs.remaining != '0'",
      environment: 'streams'
    });
  });
});

/** The job runs on Linux and needs jq. These tests always run on Linux in CI, and elsewhere only if jq is installed. */
const mustRun = process.platform === 'linux' && process.env.CI !== undefined;
const canRun = process.platform !== 'win32' && spawnSync('jq', ['--version']).status === 0;
const describeWithJq = mustRun || canRun ? describe : describe.skip;

describeWithJq('fleet-gate.yml', () => {
  const script = stepsOf('examples/fleet-gate.yml').find(({ name }) => name === 'Count the streams')?.run ?? '';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stream-encryption-gate-'));
    mkdirSync(join(folder, 'reports'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['passes if some legs found no stream', [0, 3, 2], 0, '5 streams are encrypted with an approved key\n'],
    ['fails if no leg found a stream', [0, 0], 1, '0 streams are encrypted with an approved key\n'],
    ['fails without reports', [], 2, '']
  ])('%s', (_, totals, status, summary) => {
    for (const [at, total] of totals.entries()) {
      writeFileSync(join(folder, 'reports', `report-${at}.json`), JSON.stringify({ counts: { total } }));
    }
    writeFileSync(join(folder, 'summary.md'), '');
    const run = spawnSync('bash', ['-e', '-c', script], {
      cwd: folder,
      env: { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: join(folder, 'summary.md') },
      encoding: 'utf8'
    });
    expect({ status: run.status, summary: readFileSync(join(folder, 'summary.md'), 'utf8') }).toEqual({
      status,
      summary
    });
    if (status === 1) expect(run.stdout).toContain('::error title=Fleet gate::No account and region has a stream');
  });

  test('ignores legs without streams, and releases only after the count', () => {
    const check = stepsOf('examples/fleet-gate.yml').find(({ with: inputs }) => inputs?.mode === 'check');
    expect(check?.with).toMatchObject({ 'if-no-streams-found': 'ignore' });
    const { jobs } = readWorkflow('examples/fleet-gate.yml');
    expect([jobs.encryption?.needs, jobs.release?.needs]).toEqual(['leg', 'encryption']);
  });
});
