import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jobsOf, stepsOf } from '../support/workflows.ts';

let folder: string;
/** The repository that the job checked out. */
let checkout: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-workflow-'));
  checkout = join(folder, 'checkout');
  write('checkout/dist/index.js', 'the old bundle');
  write('checkout/dist/chunk-AAAA1111.js', 'an old chunk');
  write('checkout/src/index.ts', 'the source');
  git('init', '--quiet');
  commitAll('Initial commit');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, content: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), content);
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: checkout, encoding: 'utf8' }).trim();
}

function commitAll(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

/** Puts a fake `gh` on the path. It records its arguments and runs this script. */
function fakeGh(script: string): void {
  write('bin/gh', `#!/bin/sh\necho "$*" >> '${folder}/gh-calls'\n${script}\n`);
  chmodSync(join(folder, 'bin/gh'), 0o755);
}

interface StepRun {
  readonly status: number | null;
  readonly stdout: string;
  /** The content of GITHUB_OUTPUT. */
  readonly outputs: string;
  /** The arguments of each call to `gh`. */
  readonly ghCalls: readonly string[];
}

/** Runs the script of a step as a Linux runner does. */
function runStep(workflow: string, name: string, env: Readonly<Record<string, string>> = {}): StepRun {
  const script = stepsOf(`.github/workflows/${workflow}.yml`).find((step) => step.name === name)?.run;
  if (script === undefined) throw new Error(`${workflow}.yml has no step "${name}" with a script`);
  write('output', '');
  write('gh-calls', '');
  const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
    encoding: 'utf8',
    cwd: checkout,
    env: {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      HOME: folder,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_REPOSITORY: 'octo-org/stream-encryption',
      ...env
    }
  });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  return { status, stdout, outputs: read('output'), ghCalls: read('gh-calls').split('\n') };
}

// The jobs run on Linux only.
const describeScript = process.platform === 'win32' ? describe.skip : describe;

describeScript('Commit dist', () => {
  test.each([
    ['dependabot[bot] web-flow true', 0],
    ['dependabot[bot] web-flow false', 1],
    ['dependabot[bot] octocat true', 1],
    ['octocat web-flow true', 1],
    ['null null false', 1]
  ])('checks the author, committer and signature of the commit (%s): exit code %i', (authors, status) => {
    fakeGh(`echo '${authors}'`);
    const run = runStep('commit-dist', 'Check that Dependabot created the commit', { HEAD: 'abc' });
    expect(run.status).toBe(status);
    expect(run.ghCalls[0]).toMatch(/^api repos\/octo-org\/stream-encryption\/commits\/abc /);
  });

  const CHECK = 'Check that the artifact contains only a bundle';

  test('accepts the built bundle', () => {
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    expect(runStep('commit-dist', CHECK).status).toBe(0);
  });

  test.each(['.gitattributes', 'index.js.map', 'xindex.js', 'chunk-AAAA1111.json', 'index.js ', 'hooks/index.js'])(
    'rejects the file %j',
    (file) => {
      write('dist/index.js', 'the new bundle');
      write(join('dist', file), 'not part of a bundle');
      expect(runStep('commit-dist', CHECK).status).toBe(1);
    }
  );

  test('rejects a symbolic link', () => {
    write('dist/index.js', 'the new bundle');
    symlinkSync('/etc/passwd', join(folder, 'dist/licenses.txt'));
    expect(runStep('commit-dist', CHECK).status).toBe(1);
  });

  test('commits the bundle only', () => {
    write('dist/index.js', 'the new bundle');
    write('dist/chunk-BBBB2222.js', 'a new chunk');
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 0, outputs: 'committed=true' });
    expect(git('show', '--format=%an: %s', '--name-status', '--no-renames').split('\n')).toEqual([
      'github-actions[bot]: Build the bundle',
      '',
      'D\tdist/chunk-AAAA1111.js',
      'A\tdist/chunk-BBBB2222.js',
      'M\tdist/index.js'
    ]);
  });

  test('fails without a commit if another file changed', () => {
    write('dist/index.js', 'the new bundle');
    write('checkout/src/index.ts', 'another source');
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 1, outputs: '' });
    expect(git('log', '--format=%s')).toBe('Initial commit');
  });

  test('makes no commit if the bundle did not change', () => {
    cpSync(join(checkout, 'dist'), join(folder, 'dist'), { recursive: true });
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 0, outputs: '' });
    expect(git('log', '--format=%s')).toBe('Initial commit');
  });
});

describeScript('Release', () => {
  const SETTINGS = 'Check the settings that a release relies on';
  const CREATE = 'Create the release as a draft';
  const PUBLISH = 'Publish the release';
  const MOVE = 'Move the major version tag';
  const TAG = { GITHUB_REF_NAME: 'v1.2.0' };

  test.each([
    ['passes', 'echo true', 'true', []],
    ['fails if the environment has no reviewers', 'echo false', 'true', ['Unprotected environment']],
    [
      'fails if there is no environment',
      'echo \'{"message":"Not Found"}\'\nexit 1',
      'true',
      ['Unprotected environment']
    ],
    ['fails if nobody confirmed that releases are immutable', 'echo true', '', ['Release immutability']],
    ['reports all faults at once', 'echo false', 'false', ['Unprotected environment', 'Release immutability']]
  ])('the check of the settings %s', (_, gh, confirmed, faults) => {
    fakeGh(gh);
    const { status, stdout } = runStep('release', SETTINGS, { RELEASES_ARE_IMMUTABLE: confirmed });
    expect([...stdout.matchAll(/^::error title=([^:]+)::/gm)].map(([, title]) => title)).toEqual(faults);
    expect(status).toBe(faults.length === 0 ? 0 : 1);
  });

  test('everything waits for the check of the settings, and every job that writes for an approval', () => {
    const needs = Object.fromEntries(jobsOf('.github/workflows/release.yml').map(([name, job]) => [name, job.needs]));
    expect(needs).toEqual({ settings: undefined, checks: 'settings', draft: 'checks', publish: 'draft' });
    for (const [name, { permissions, environment }] of jobsOf('.github/workflows/release.yml')) {
      const writes = JSON.stringify(permissions).includes('write');
      expect([name, environment]).toEqual([name, writes ? 'release' : undefined]);
    }
  });

  test('creates a draft with its notes and archive', () => {
    fakeGh('case "$*" in "release view"*) exit 1;; esac');
    const { status, ghCalls } = runStep('release', CREATE, TAG);
    expect(status).toBe(0);
    expect(ghCalls[1]).toBe(
      `release create v1.2.0 ${folder}/stream-encryption-v1.2.0.tar.gz --draft --verify-tag --title v1.2.0 --notes-file ${folder}/notes.md`
    );
  });

  test('does not create an existing release again', () => {
    fakeGh('');
    expect(runStep('release', CREATE, TAG)).toMatchObject({ status: 0, ghCalls: ['release view v1.2.0'] });
  });

  /** A release that is immutable or not once it is published, until then a draft, which the API does not find by its tag. */
  function fakeRelease(immutable: boolean): void {
    fakeGh(`case "$*" in
      *--draft=false) touch '${folder}/published';;
      *--draft) rm '${folder}/published';;
      api*) if [ -e '${folder}/published' ]; then echo ${immutable}; else exit 1; fi;;
    esac`);
  }

  const IS_IMMUTABLE = 'api repos/octo-org/stream-encryption/releases/tags/v1.2.0 --jq .immutable';

  test('publishes the draft, and does nothing when run again', () => {
    fakeRelease(true);
    const published = runStep('release', PUBLISH, TAG);
    expect(published).toMatchObject({
      status: 0,
      ghCalls: [IS_IMMUTABLE, 'release edit v1.2.0 --draft=false', IS_IMMUTABLE]
    });
    expect(runStep('release', PUBLISH, TAG)).toMatchObject({ status: 0, ghCalls: [IS_IMMUTABLE] });
  });

  test('makes a release that is not immutable a draft again, and publishes it when run again', () => {
    fakeRelease(false);
    const { status, stdout, ghCalls } = runStep('release', PUBLISH, TAG);
    expect({ status, last: ghCalls.at(-1) }).toEqual({ status: 1, last: 'release edit v1.2.0 --draft' });
    expect(stdout).toContain('Enable release immutability');
    fakeRelease(true);
    expect(runStep('release', PUBLISH, TAG).status).toBe(0);
  });

  function tag(...tags: string[]): void {
    for (const name of tags) git('tag', name);
  }

  test('moves the major version tag to the newest release', () => {
    tag('v1');
    write('checkout/src/index.ts', 'another source');
    commitAll('Change the source');
    tag('v1.1.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v1.11.0-beta');
    fakeGh('');
    const { status, ghCalls } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.10.0' });
    expect(status).toBe(0);
    const commit = git('rev-parse', 'HEAD');
    const refs = 'repos/octo-org/stream-encryption/git/refs';
    expect(ghCalls).toEqual([`api --method PATCH ${refs}/tags/v1 -f sha=${commit} -F force=true`]);
  });

  test('creates the major version tag for the first release', () => {
    tag('v1.0.0');
    fakeGh('');
    const { status, ghCalls } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.0.0' });
    expect(status).toBe(0);
    expect(ghCalls).toEqual([
      `api --method POST repos/octo-org/stream-encryption/git/refs -f ref=refs/tags/v1 -f sha=${git('rev-parse', 'HEAD')}`
    ]);
  });

  test('says how to move the tag by hand where GitHub refuses it, and passes once that is done', () => {
    tag('v1', 'v1.0.0');
    write('checkout/src/index.ts', 'another source');
    commitAll('Change the source');
    tag('v1.1.0');
    fakeGh('echo \'{"status":"403"}\'\necho "gh: Resource not accessible by integration (HTTP 403)" >&2\nexit 1');
    const { status, stdout } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.1.0' });
    const commit = git('rev-parse', 'HEAD');
    expect(status).toBe(1);
    expect(stdout.trim()).toMatch(
      /^::error title=v1 was not moved::The release is complete\..* by integration \(HTTP 403\) \)$/
    );
    expect(stdout).toContain(`git push --force origin ${commit}:refs/tags/v1`);
    git('tag', '--force', 'v1', commit);
    expect(runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.1.0' })).toMatchObject({ status: 0, ghCalls: [''] });
  });

  test('does not move the major version tag for an older release', () => {
    tag('v1', 'v1.9.1', 'v1.10.0');
    fakeGh('');
    const { status, ghCalls } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.9.1' });
    expect({ status, ghCalls }).toEqual({ status: 0, ghCalls: [''] });
  });
});

describeScript('the required status check', () => {
  test.each([
    ['success success success', 0],
    ['success skipped success', 1],
    ['success success failure', 1],
    ['cancelled success success', 1]
  ])('for the job results %s: exit code %i', (RESULTS, status) => {
    expect(runStep('ci', 'Check that every job succeeded', { RESULTS }).status).toBe(status);
  });
});

describeScript('the nightly issue', () => {
  const OPEN = 'case "$*" in *list*) echo 7;; esac';

  test.each([
    [
      'opened when a check fails',
      'success failure',
      '',
      'issue create --title Nightly checks failed --body https://run'
    ],
    [
      'opened when a check is cancelled',
      'cancelled success',
      '',
      'issue create --title Nightly checks failed --body https://run'
    ],
    ['commented on when a check fails again', 'failure failure', OPEN, 'issue comment 7 --body https://run'],
    ['closed when all checks succeed', 'success success', OPEN, 'issue close 7 --comment Resolved: https://run'],
    ['not created when all checks succeed', 'success success', '', expect.stringMatching(/^issue list /)]
  ])('is %s', (_, RESULTS, script, lastCall) => {
    fakeGh(script);
    const { status, ghCalls } = runStep('nightly', 'Open, update or close the issue', {
      RUN: 'https://run',
      RESULTS
    });
    expect({ status, lastCall: ghCalls.at(-1) }).toEqual({ status: 0, lastCall });
  });
});
