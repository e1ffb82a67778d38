/** Runs scripts of the workflows, in a repository of their own and with a fake `gh`. */

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readWorkflow, runScript, stepsIn } from '../support/workflows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-workflow-'));
  write('checkout/src/index.ts', 'the source');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, content: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), content);
}

/** Runs git in the repository that the job checked out. */
function git(...args: string[]): string {
  const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com', '-c', 'commit.gpgSign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: join(folder, 'checkout'), encoding: 'utf8' }).trim();
}

/** Commits all files and tags the commit. Returns its id. */
function commit(...tags: string[]): string {
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'the source');
  for (const name of tags) git('tag', '--force', name);
  return git('rev-parse', 'HEAD');
}

/** Puts a fake `gh` on the path. It records its arguments and runs this script. */
function fakeGh(script: string): void {
  write('bin/gh', `#!/bin/sh\necho "$*" >> '${folder}/gh-calls'\n${script}\n`);
  chmodSync(join(folder, 'bin/gh'), 0o755);
}

/** Runs a step. Returns also the content of GITHUB_OUTPUT, and the arguments of each call to `gh`. */
function runStep(workflow: string, name: string, env: Readonly<Record<string, string>> = {}) {
  const step = stepsIn(readWorkflow(`.github/workflows/${workflow}.yml`)).find((one) => one.name === name);
  if (step === undefined) throw new Error(`${workflow}.yml has no step "${name}"`);
  write('output', '');
  write('gh-calls', '');
  const { status, stdout } = runScript(step, join(folder, 'checkout'), {
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
  test('accepts the built bundle, but no symbolic link and no other file', () => {
    const check = () => runStep('commit-dist', 'Check that the artifact contains only a bundle').status;
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    expect(check()).toBe(0);
    for (const file of ['.gitattributes', 'index.js.map', 'xindex.js', 'index.js ', 'hooks/index.js']) {
      write(join('dist', file), 'not part of a bundle');
      expect([file, check()]).toEqual([file, 1]);
      rmSync(join(folder, 'dist', file.split('/', 1).join('')), { recursive: true });
    }
    rmSync(join(folder, 'dist/licenses.txt'));
    symlinkSync('/etc/passwd', join(folder, 'dist/licenses.txt'));
    expect(check()).toBe(1);
  });

  test('commits the bundle only, and only if it changed', () => {
    const commitBundle = () => runStep('commit-dist', 'Commit the bundle');
    write('checkout/dist/1.index.js', 'an old chunk');
    commit();
    write('dist/index.js', 'the new bundle');
    expect(commitBundle()).toMatchObject({ status: 0, outputs: 'committed=true' });
    const log = 'github-actions[bot]: Build the bundle\n\nD\tdist/1.index.js\nA\tdist/index.js';
    expect(git('show', '--format=%an: %s', '--name-status', '--no-renames')).toBe(log);
    expect(commitBundle()).toMatchObject({ status: 0, outputs: '' });
    write('dist/index.js', 'a newer bundle');
    write('checkout/src/index.ts', 'another source');
    expect(commitBundle()).toMatchObject({ status: 1, outputs: '' });
    expect(git('rev-list', '--count', 'HEAD')).toBe('2');
  });
});

describeScript('Release', () => {
  const move = (tag: string) => runStep('release', 'Move the major version tag', { GITHUB_REF_NAME: tag });

  test('creates a draft, unless the release exists', () => {
    const create = () => runStep('release', 'Create the release as a draft', { GITHUB_REF_NAME: 'v1.2.0' }).ghCalls;
    fakeGh('case "$*" in "release view"*) exit 1;; esac');
    const created = expect.stringMatching(/^release create v1\.2\.0 .*\.tar\.gz --draft --verify-tag /);
    expect(create()).toEqual(['release view v1.2.0', created]);
    fakeGh('');
    expect(create()).toEqual(['release view v1.2.0']);
  });

  test('makes a release that is not immutable a draft again, publishes it when run again, and then does nothing', () => {
    // Immutable or not once it is published, until then a draft, which the API does not find by its tag.
    const fakeRelease = (immutable: boolean) =>
      fakeGh(`case "$*" in
        *--draft=false) touch '${folder}/published';;
        *--draft) rm '${folder}/published';;
        api*) if [ -e '${folder}/published' ]; then echo ${immutable}; else exit 1; fi;;
      esac`);
    const publish = () => runStep('release', 'Publish the release', { GITHUB_REF_NAME: 'v1.2.0' });
    const isImmutable = 'api repos/octo-org/stream-encryption/releases/tags/v1.2.0 --jq .immutable';
    const ghCalls = [isImmutable, 'release edit v1.2.0 --draft=false', isImmutable];
    fakeRelease(false);
    const stdout = expect.stringContaining('Enable release immutability');
    expect(publish()).toMatchObject({ status: 1, stdout, ghCalls: [...ghCalls, 'release edit v1.2.0 --draft'] });
    fakeRelease(true);
    expect(publish()).toMatchObject({ status: 0, ghCalls });
    expect(publish()).toMatchObject({ status: 0, ghCalls: [isImmutable] });
  });

  test('creates the major version tag for the first release, and moves it to the newest one only', () => {
    const refs = 'repos/octo-org/stream-encryption/git/refs';
    fakeGh('');
    const first = commit('v1.0.0');
    const created = `api --method POST ${refs} -f ref=refs/tags/v1 -f sha=${first}`;
    expect(move('v1.0.0')).toMatchObject({ status: 0, ghCalls: [created] });
    git('tag', 'v1');
    const newest = commit('v1.1.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v1.11.0-beta');
    const moved = `api --method PATCH ${refs}/tags/v1 -f sha=${newest} -F force=true`;
    expect(move('v1.10.0')).toMatchObject({ status: 0, ghCalls: [moved] });
    expect(move('v1.9.0')).toMatchObject({ status: 0, ghCalls: [''] });
  });

  test('says how to move the tag by hand where GitHub refuses it, and passes once that is done', () => {
    commit('v1', 'v1.0.0');
    const newest = commit('v1.1.0');
    fakeGh('echo \'{"status":"403"}\'\necho "gh: Resource not accessible by integration (HTTP 403)" >&2\nexit 1');
    const { status, stdout } = move('v1.1.0');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error title=v1 was not moved::The release is complete\..* \(HTTP 403\) \)\n$/);
    expect(stdout).toContain(`git push --force origin ${newest}:refs/tags/v1`);
    git('tag', '--force', 'v1', newest);
    expect(move('v1.1.0')).toMatchObject({ status: 0, ghCalls: [''] });
  });
});

describeScript('a script', () => {
  const AUTHOR = ['commit-dist', 'Check that Dependabot created the commit'] as const;
  const SETTINGS = ['release', 'Check the settings that a release relies on'] as const;
  const CI = ['ci', 'Check that every job succeeded'] as const;
  const NIGHTLY = ['nightly', 'Open, update or close the issue'] as const;

  test.each([
    [AUTHOR, 'dependabot[bot] web-flow true', {}, 0, [expect.stringMatching(/^api .*\/commits\/abc /)]],
    [AUTHOR, 'dependabot[bot] web-flow false', {}, 1, []],
    [AUTHOR, 'octocat web-flow true', {}, 1, []],
    [SETTINGS, 'true', { RELEASES_ARE_IMMUTABLE: 'true' }, 0, []],
    [SETTINGS, 'false', { RELEASES_ARE_IMMUTABLE: 'true' }, 1, ['::error title=Unprotected environment::']],
    [SETTINGS, 'true', {}, 1, ['::error title=Release immutability::']],
    [CI, '', { RESULTS: 'success success' }, 0, []],
    [CI, '', { RESULTS: 'success skipped' }, 1, []],
    [NIGHTLY, '', { RESULTS: 'success failure' }, 0, ['issue create --title Nightly checks failed --body https://run']],
    [NIGHTLY, '7', { RESULTS: 'cancelled success' }, 0, ['issue comment 7 --body https://run']],
    [NIGHTLY, '7', { RESULTS: 'success success' }, 0, ['issue close 7 --comment Resolved: https://run']]
  ])('%j where gh prints "%s", with %j: exit code %i', ([workflow, step], printed, env, status, lines) => {
    fakeGh(`echo '${printed}'`);
    const run = runStep(workflow, step, { HEAD: 'abc', RUN: 'https://run', ...env });
    expect(run.status).toBe(status);
    const errors = run.stdout.match(/^::error title=[^:]*::/gm) ?? [];
    expect([...run.ghCalls, ...errors]).toEqual(expect.arrayContaining(lines));
  });
});
