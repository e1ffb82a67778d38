import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { evaluateExpression } from '../support/expressions.ts';
import { jobsOf, lint, PINNED, readWorkflow, stepsOf, usesOf, yamlFiles } from '../support/workflows.ts';

const WORKFLOWS = yamlFiles('.github/workflows');

interface Update {
  readonly 'package-ecosystem': string;
  readonly cooldown?: { readonly 'default-days': number };
  readonly groups?: object;
}

describe('actionlint', () => {
  test('reports an error', async () => {
    const invalid = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
    expect(await lint(invalid, 'invalid.yml')).toHaveLength(1);
  });

  test.each(WORKFLOWS)('passes for %s', async (file) => {
    expect(await lint(readFileSync(file, 'utf8'), file)).toEqual([]);
  });
});

describe.each(WORKFLOWS)('%s', (file) => {
  test('pins third-party actions to a commit with its version', () => {
    const thirdParty = usesOf(file).filter((line) => !/uses: \.\//.test(line));
    expect(thirdParty.filter((line) => !PINNED.test(line))).toEqual([]);
  });

  test('does not persist credentials on checkout', () => {
    const checkouts = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    for (const { with: inputs } of checkouts) expect(inputs).toMatchObject({ 'persist-credentials': false });
  });

  test('grants no permissions at the top level, and sets the permissions of every job', () => {
    expect(readWorkflow(file).permissions).toEqual({});
    for (const [name, { permissions }] of jobsOf(file)) expect([name, permissions]).not.toEqual([name, undefined]);
  });

  test('sets a concurrency group, and a timeout for every job', () => {
    expect(readWorkflow(file).concurrency?.group).toEqual(expect.any(String));
    for (const [name, job] of jobsOf(file)) {
      if (job.uses === undefined) expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
    }
  });

  test('uses no expression in a script', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
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
    const images = WORKFLOWS.flatMap((file) => readFileSync(file, 'utf8').match(/^ *image:.*$/gm) ?? []);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/: [\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  test('have write access to contents only in commit-dist.yml and release.yml', () => {
    const writers = WORKFLOWS.filter((file) =>
      jobsOf(file).some(([, { permissions }]) => JSON.stringify(permissions).includes('"contents":"write"'))
    );
    expect(writers.map((file) => file.replace(/^.*[\\/]/, ''))).toEqual(['commit-dist.yml', 'release.yml']);
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
  const jobs = new Map(jobsOf(join('.github', 'workflows', 'ci.yml')));
  const required = jobs.get('passed');
  jobs.delete('passed');
  expect(required?.needs).toEqual([...jobs.keys()]);
});

test('Dependabot waits a week after a release, and groups updates', () => {
  const { updates }: { updates: readonly Update[] } = parse(readFileSync('.github/dependabot.yml', 'utf8'));
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
  for (const { cooldown, groups } of updates) {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
    expect(groups).toBeDefined();
  }
});
