import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { jobsOf, lint, PINNED, stepsOf, usesOf, workflow, yamlFiles } from '../support/workflows.ts';

const OWN = yamlFiles('.github/workflows');

interface Update {
  readonly 'package-ecosystem': string;
  readonly cooldown?: { readonly 'default-days': number };
  readonly groups?: object;
}

describe('actionlint', () => {
  test('finds a fault where there is one', async () => {
    const faulty = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout\n';
    expect(await lint(faulty, 'faulty.yml')).toHaveLength(1);
  });

  test.each(OWN)('has nothing to say about %s', async (file) => {
    expect(await lint(readFileSync(file, 'utf8'), file)).toEqual([]);
  });
});

describe.each(OWN)('%s', (file) => {
  test('pins each action of others to a commit, and says of which version it is', () => {
    const others = usesOf(file).filter((line) => !/uses: \.\//.test(line));
    expect(others.filter((line) => !PINNED.test(line))).toEqual([]);
  });

  test('keeps no credentials where it checks out', () => {
    const checkouts = stepsOf(file).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    for (const { with: inputs } of checkouts) expect(inputs).toMatchObject({ 'persist-credentials': false });
  });

  test('gives no permission to all of its jobs, and names those of each', () => {
    expect(workflow(file).permissions).toEqual({});
    for (const [name, { permissions }] of jobsOf(file)) expect([name, permissions]).not.toEqual([name, undefined]);
  });

  test('ends each job in time, and does not run beside itself', () => {
    expect(workflow(file).concurrency?.group).toEqual(expect.any(String));
    for (const [name, job] of jobsOf(file)) {
      if (job.uses === undefined) expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
    }
  });

  test('puts no expression into a script', () => {
    expect(stepsOf(file).filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe('all workflows', () => {
  test('take each action at one commit', () => {
    const pins = new Map<string, Set<string>>();
    for (const { uses = '' } of OWN.flatMap(stepsOf)) {
      const [action = '', commit] = uses.split('@');
      // The parts of CodeQL are folders of one repository.
      const repository = action.split('/').slice(0, 2).join('/');
      if (commit !== undefined) pins.set(repository, (pins.get(repository) ?? new Set()).add(commit));
    }
    expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([]);
  });

  test('take each container by its digest', () => {
    const images = OWN.flatMap((file) => readFileSync(file, 'utf8').match(/^ *image:.*$/gm) ?? []);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/: [\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  test('may write to the repository only where a release is made and where a bundle is committed', () => {
    const writers = OWN.filter((file) =>
      jobsOf(file).some(([, { permissions }]) => JSON.stringify(permissions).includes('"contents":"write"'))
    );
    expect(writers.map((file) => file.replace(/^.*[\\/]/, ''))).toEqual(['commit-dist.yml', 'release.yml']);
  });
});

test('the one check to require needs every job of CI', () => {
  const jobs = new Map(jobsOf(join('.github', 'workflows', 'ci.yml')));
  const last = jobs.get('passed');
  jobs.delete('passed');
  expect(last?.needs).toEqual([...jobs.keys()]);
});

test('Dependabot waits a week before it takes a release, and asks for what belongs together at once', () => {
  const { updates }: { updates: readonly Update[] } = parse(readFileSync('.github/dependabot.yml', 'utf8'));
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
  for (const { cooldown, groups } of updates) {
    expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
    expect(groups).toBeDefined();
  }
});
