import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stepsOf } from '../support/workflows.ts';
import { runScript } from './run-script.ts';

let folder: string;
/** The repository that the job checked out. */
let checkout: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-workflow-'));
  checkout = join(folder, 'checkout');
  mkdirSync(checkout);
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

/** Commits all files with this source, and tags the commit. Returns its id. */
function commit(source: string, ...tags: string[]): string {
  write('checkout/src/index.ts', source);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', source);
  for (const name of tags) git('tag', name);
  return git('rev-parse', 'HEAD');
}

/** Puts a fake `gh` on the path. It records its arguments and runs this script. */
function fakeGh(script: string): void {
  write('bin/gh', `#!/bin/sh\necho "$*" >> '${folder}/gh-calls'\n${script}\n`);
  chmodSync(join(folder, 'bin/gh'), 0o755);
}

/** Runs a step. Returns also the content of GITHUB_OUTPUT, and the arguments of each call to `gh`. */
function runStep(workflow: string, name: string, env: Readonly<Record<string, string>> = {}) {
  const step = stepsOf(`.github/workflows/${workflow}.yml`).find((one) => one.name === name);
  if (step?.run === undefined) throw new Error(`${workflow}.yml has no step "${name}" with a script`);
  write('output', '');
  write('gh-calls', '');
  const { status, stdout } = runScript(step, checkout, {
    PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_REPOSITORY: 'octo-org/stream-encryption',
    ...env
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

  test('accepts the built bundle, but no symbolic link', () => {
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    expect(runStep('commit-dist', CHECK).status).toBe(0);
    rmSync(join(folder, 'dist/licenses.txt'));
    symlinkSync('/etc/passwd', join(folder, 'dist/licenses.txt'));
    expect(runStep('commit-dist', CHECK).status).toBe(1);
  });

  test.each(['.gitattributes', 'index.js.map', 'xindex.js', 'chunk-AAAA1111.json', 'index.js ', 'hooks/index.js'])(
    'rejects the file %j',
    (file) => {
      write('dist/index.js', 'the new bundle');
      write(join('dist', file), 'not part of a bundle');
      expect(runStep('commit-dist', CHECK).status).toBe(1);
    }
  );

  test('commits the bundle only, and only if it changed', () => {
    write('checkout/dist/index.js', 'the old bundle');
    write('checkout/dist/chunk-AAAA1111.js', 'an old chunk');
    commit('the source');
    write('dist/index.js', 'the new bundle');
    write('dist/chunk-BBBB2222.js', 'a new chunk');
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 0, outputs: 'committed=true' });
    const lines = [
      'github-actions[bot]: Build the bundle',
      '',
      'D\tdist/chunk-AAAA1111.js',
      'A\tdist/chunk-BBBB2222.js',
      'M\tdist/index.js'
    ];
    expect(git('show', '--format=%an: %s', '--name-status', '--no-renames').split('\n')).toEqual(lines);
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 0, outputs: '' });
    expect(git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('fails without a commit if another file changed', () => {
    commit('the source');
    write('dist/index.js', 'the new bundle');
    write('checkout/src/index.ts', 'another source');
    expect(runStep('commit-dist', 'Commit the bundle')).toMatchObject({ status: 1, outputs: '' });
    expect(git('rev-list', '--count', 'HEAD')).toBe('1');
  });
});

describeScript('Release', () => {
  const CREATE = 'Create the release as a draft';
  const PUBLISH = 'Publish the release';
  const MOVE = 'Move the major version tag';
  const TAG = { GITHUB_REF_NAME: 'v1.2.0' };
  const NOT_FOUND = 'echo \'{"message":"Not Found"}\'\nexit 1';

  test.each([
    ['passes', 'echo true', 'true', []],
    ['fails if the environment has no reviewers', 'echo false', 'true', ['Unprotected environment']],
    ['fails if there is no environment', NOT_FOUND, 'true', ['Unprotected environment']],
    ['fails if nobody confirmed that releases are immutable', 'echo true', '', ['Release immutability']],
    ['reports all faults at once', 'echo false', 'false', ['Unprotected environment', 'Release immutability']]
  ])('the check of the settings %s', (_, gh, confirmed, faults) => {
    fakeGh(gh);
    const step = 'Check the settings that a release relies on';
    const { status, stdout } = runStep('release', step, { RELEASES_ARE_IMMUTABLE: confirmed });
    expect([...stdout.matchAll(/^::error title=([^:]+)::/gm)].map(([, title]) => title)).toEqual(faults);
    expect(status).toBe(faults.length === 0 ? 0 : 1);
  });

  test('creates a draft with its notes and archive, unless the release exists', () => {
    fakeGh('case "$*" in "release view"*) exit 1;; esac');
    const files = `${folder}/stream-encryption-v1.2.0.tar.gz`;
    const options = `--draft --verify-tag --title v1.2.0 --notes-file ${folder}/notes.md`;
    const ghCalls = ['release view v1.2.0', `release create v1.2.0 ${files} ${options}`];
    expect(runStep('release', CREATE, TAG)).toMatchObject({ status: 0, ghCalls });
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

  test('publishes the draft, and does nothing when run again', () => {
    fakeRelease(true);
    const isImmutable = 'api repos/octo-org/stream-encryption/releases/tags/v1.2.0 --jq .immutable';
    const ghCalls = [isImmutable, 'release edit v1.2.0 --draft=false', isImmutable];
    expect(runStep('release', PUBLISH, TAG)).toMatchObject({ status: 0, ghCalls });
    expect(runStep('release', PUBLISH, TAG)).toMatchObject({ status: 0, ghCalls: [isImmutable] });
  });

  test('makes a release that is not immutable a draft again, and publishes it when run again', () => {
    fakeRelease(false);
    const { status, stdout, ghCalls } = runStep('release', PUBLISH, TAG);
    expect({ status, last: ghCalls.at(-1) }).toEqual({ status: 1, last: 'release edit v1.2.0 --draft' });
    expect(stdout).toContain('Enable release immutability');
    fakeRelease(true);
    expect(runStep('release', PUBLISH, TAG).status).toBe(0);
  });

  const REFS = 'repos/octo-org/stream-encryption/git/refs';

  test('creates the major version tag for the first release, and moves it to the newest one only', () => {
    fakeGh('');
    const first = commit('the source', 'v1.0.0');
    const create = `api --method POST ${REFS} -f ref=refs/tags/v1 -f sha=${first}`;
    expect(runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.0.0' })).toMatchObject({ status: 0, ghCalls: [create] });
    git('tag', 'v1');
    const newest = commit('another source', 'v1.1.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v1.11.0-beta');
    const move = `api --method PATCH ${REFS}/tags/v1 -f sha=${newest} -F force=true`;
    expect(runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.10.0' })).toMatchObject({ status: 0, ghCalls: [move] });
    expect(runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.9.0' })).toMatchObject({ status: 0, ghCalls: [''] });
  });

  test('says how to move the tag by hand where GitHub refuses it, and passes once that is done', () => {
    commit('the source', 'v1', 'v1.0.0');
    const newest = commit('another source', 'v1.1.0');
    fakeGh('echo \'{"status":"403"}\'\necho "gh: Resource not accessible by integration (HTTP 403)" >&2\nexit 1');
    const { status, stdout } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.1.0' });
    expect(status).toBe(1);
    expect(stdout.trim()).toMatch(
      /^::error title=v1 was not moved::The release is complete\..* by integration \(HTTP 403\) \)$/
    );
    expect(stdout).toContain(`git push --force origin ${newest}:refs/tags/v1`);
    git('tag', '--force', 'v1', newest);
    expect(runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.1.0' })).toMatchObject({ status: 0, ghCalls: [''] });
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
  const CREATED = 'issue create --title Nightly checks failed --body https://run';

  test.each([
    ['opened when a check fails', 'success failure', '', CREATED],
    ['opened when a check is cancelled', 'cancelled success', '', CREATED],
    ['commented on when a check fails again', 'failure failure', '7', 'issue comment 7 --body https://run'],
    ['closed when all checks succeed', 'success success', '7', 'issue close 7 --comment Resolved: https://run'],
    ['not created when all checks succeed', 'success success', '', expect.stringMatching(/^issue list /)]
  ])('is %s', (_, RESULTS, open, lastCall) => {
    fakeGh(`case "$*" in *list*) echo ${open};; esac`);
    const step = 'Open, update or close the issue';
    const { status, ghCalls } = runStep('nightly', step, { RUN: 'https://run', RESULTS });
    expect({ status, lastCall: ghCalls.at(-1) }).toEqual({ status: 0, lastCall });
  });
});
