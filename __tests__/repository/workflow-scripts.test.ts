import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stepsOf } from '../support/workflows.ts';

let folder: string;
/** A repository as the job has checked it out. */
let checkout: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-workflow-'));
  checkout = join(folder, 'checkout');
  write('checkout/dist/index.js', 'the old bundle');
  write('checkout/dist/chunk-AAAA1111.js', 'an old chunk');
  write('checkout/src/index.ts', 'the source');
  git('init', '--quiet');
  commitAll('Begin');
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

/** Puts a `gh` on the path that notes what it is asked, and answers this. */
function answerGh(answer: string): void {
  write('bin/gh', `#!/bin/sh\necho "$*" >> '${folder}/asked'\n${answer}\n`);
  chmodSync(join(folder, 'bin/gh'), 0o755);
}

interface Ran {
  readonly status: number | null;
  /** What it wrote for later steps. */
  readonly outputs: string;
  /** What it asked `gh`, a line a call. */
  readonly asked: readonly string[];
}

/** Runs the script of a step as the runner does on Linux. */
function runStep(workflow: string, name: string, env: Readonly<Record<string, string>> = {}): Ran {
  const script = stepsOf(`.github/workflows/${workflow}.yml`).find((step) => step.name === name)?.run;
  if (script === undefined) throw new Error(`${workflow}.yml has no script of a step "${name}"`);
  write('output', '');
  write('asked', '');
  const { status } = spawnSync('bash', ['-e', '-c', script], {
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
  return { status, outputs: read('output'), asked: read('asked').split('\n') };
}

// The jobs run on Linux alone.
const describeScript = process.platform === 'win32' ? describe.skip : describe;

describeScript('the bundle of a pull request of Dependabot', () => {
  test.each([
    ['dependabot[bot] web-flow true', 0],
    ['dependabot[bot] web-flow false', 1],
    ['dependabot[bot] octocat true', 1],
    ['octocat web-flow true', 1],
    ['null null false', 1]
  ])('where the commit is by %s, goes on or ends: %i', (wrote, status) => {
    answerGh(`echo '${wrote}'`);
    const ran = runStep('commit-dist', 'Check that Dependabot wrote the commit', { HEAD: 'abc' });
    expect(ran.status).toBe(status);
    expect(ran.asked[0]).toMatch(/^api repos\/octo-org\/stream-encryption\/commits\/abc /);
  });

  const NAME = 'Check that it is a bundle and nothing else';

  test('passes as it was built', () => {
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    expect(runStep('commit-dist', NAME).status).toBe(0);
  });

  test.each(['.gitattributes', 'index.js.map', 'xindex.js', 'chunk-AAAA1111.json', 'index.js ', 'hooks/index.js'])(
    'is refused with a file %j',
    (file) => {
      write('dist/index.js', 'the new bundle');
      write(join('dist', file), 'what is that?');
      expect(runStep('commit-dist', NAME).status).toBe(1);
    }
  );

  test('is refused with a link', () => {
    write('dist/index.js', 'the new bundle');
    symlinkSync('/etc/passwd', join(folder, 'dist/licenses.txt'));
    expect(runStep('commit-dist', NAME).status).toBe(1);
  });

  test('is committed, and nothing else', () => {
    write('dist/index.js', 'the new bundle');
    write('dist/chunk-BBBB2222.js', 'a new chunk');
    expect(runStep('commit-dist', 'Commit it')).toMatchObject({ status: 0, outputs: 'made=true' });
    expect(git('show', '--format=%an: %s', '--name-status', '--no-renames').split('\n')).toEqual([
      'github-actions[bot]: Build the bundle',
      '',
      'D\tdist/chunk-AAAA1111.js',
      'A\tdist/chunk-BBBB2222.js',
      'M\tdist/index.js'
    ]);
  });

  test('is not committed where something else has changed', () => {
    write('dist/index.js', 'the new bundle');
    write('checkout/src/index.ts', 'another source');
    expect(runStep('commit-dist', 'Commit it')).toMatchObject({ status: 1, outputs: '' });
    expect(git('log', '--format=%s')).toBe('Begin');
  });

  test('is not committed where it is what there is', () => {
    cpSync(join(checkout, 'dist'), join(folder, 'dist'), { recursive: true });
    expect(runStep('commit-dist', 'Commit it')).toMatchObject({ status: 0, outputs: '' });
    expect(git('log', '--format=%s')).toBe('Begin');
  });
});

describeScript('a release', () => {
  const MAKE = 'Make the release';
  const MOVE = 'Move the tag of the major version';

  test('is made with its notes and its archive', () => {
    answerGh('case "$*" in "release view"*) exit 1;; esac\necho true');
    const { status, asked } = runStep('release', MAKE, { GITHUB_REF_NAME: 'v1.2.0' });
    expect(status).toBe(0);
    expect(asked[1]).toBe(
      `release create v1.2.0 ${folder}/stream-encryption-v1.2.0.tar.gz --verify-tag --title v1.2.0 --notes-file ${folder}/notes.md`
    );
  });

  test('that a job has made before is not made again', () => {
    answerGh('echo true');
    const { status, asked } = runStep('release', MAKE, { GITHUB_REF_NAME: 'v1.2.0' });
    expect(status).toBe(0);
    expect(asked).toEqual(['release view v1.2.0', expect.stringMatching(/^api .*\/releases\/tags\/v1\.2\.0 /)]);
  });

  test('that can still be changed ends the job', () => {
    answerGh('echo false');
    expect(runStep('release', MAKE, { GITHUB_REF_NAME: 'v1.2.0' }).status).toBe(1);
  });

  function tag(...tags: string[]): void {
    for (const name of tags) git('tag', name);
  }

  test('that is the newest of its major version moves the tag of this', () => {
    tag('v1', 'v1.1.0', 'v1.9.0', 'v1.10.0', 'v2.0.0', 'v1.11.0-beta');
    answerGh('');
    const { status, asked } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.10.0' });
    expect(status).toBe(0);
    const commit = git('rev-parse', 'HEAD');
    const refs = 'repos/octo-org/stream-encryption/git/refs';
    expect(asked).toEqual([`api --method PATCH ${refs}/tags/v1 -f sha=${commit} -F force=true`]);
  });

  test('that is the first of its major version makes the tag of this', () => {
    tag('v1.0.0');
    answerGh('case "$*" in *PATCH*) exit 1;; esac');
    const { status, asked } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.0.0' });
    expect(status).toBe(0);
    expect(asked[1]).toMatch(/^api --method POST repos\/octo-org\/stream-encryption\/git\/refs -f ref=refs\/tags\/v1 /);
  });

  test('that mends an older version leaves the tag where it is', () => {
    tag('v1', 'v1.9.1', 'v1.10.0');
    answerGh('');
    const { status, asked } = runStep('release', MOVE, { GITHUB_REF_NAME: 'v1.9.1' });
    expect({ status, asked }).toEqual({ status: 0, asked: [''] });
  });
});

describeScript('the one check of CI', () => {
  test.each([
    ['success success success', 0],
    ['success skipped success', 1],
    ['success success failure', 1],
    ['cancelled success success', 1]
  ])('where the jobs ended %s: %i', (RESULTS, status) => {
    expect(runStep('ci', 'Check that every job has passed', { RESULTS }).status).toBe(status);
  });
});

describeScript('the issue of the nightly checks', () => {
  const OPEN = 'case "$*" in *list*) echo 7;; esac';

  test.each([
    [
      'opened when a night fails',
      'success failure',
      '',
      'issue create --title The nightly checks fail --body https://run'
    ],
    [
      'opened when a night is cut short',
      'cancelled success',
      '',
      'issue create --title The nightly checks fail --body https://run'
    ],
    ['added to when another fails', 'failure failure', OPEN, 'issue comment 7 --body https://run'],
    ['closed when a night is well', 'success success', OPEN, 'issue close 7 --comment Well again: https://run'],
    ['left alone while all is well', 'success success', '', expect.stringMatching(/^issue list /)]
  ])('is %s', (_, RESULTS, answer, last) => {
    answerGh(answer);
    const { status, asked } = runStep('nightly', 'Open the issue, add to it, or close it', {
      RUN: 'https://run',
      RESULTS
    });
    expect({ status, last: asked.at(-1) }).toEqual({ status: 0, last });
  });
});
