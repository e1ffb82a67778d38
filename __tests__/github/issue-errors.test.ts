import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';
import { endsWell, fails } from './tracked-runs.ts';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

describe('trouble with GitHub is a warning with the way out', () => {
  const GIVE_TOKEN = 'give the step "github-token: $' + '{{ github.token }}"';
  const NOT_MAY = 'give the job "permissions: issues: write"';
  const IN_AN_HOUR = Math.floor(Date.now() / 60_000) * 60 + 3600;
  const hour = `${new Date(IN_AN_HOUR * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

  test.each<[string, string, Fault, string]>([
    [
      'the primary rate limit',
      'GET /repos/',
      {
        status: 403,
        message: 'API rate limit exceeded',
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${IN_AN_HOUR}` }
      },
      `GitHub's rate limit is reached; it ends at ${hour}, and the next run tries again.`
    ],
    [
      'the secondary rate limit, without a word on its end',
      'POST /repos/',
      { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'x-ratelimit-remaining': '900' } },
      "GitHub's rate limit is reached; it ends in a minute at the earliest, and the next run tries again."
    ],
    [
      'too many requests',
      'POST /repos/',
      { status: 429, message: 'slow down' },
      "GitHub's rate limit is reached; it ends in a minute at the earliest, and the next run tries again."
    ],
    [
      'a server error',
      'POST /repos/',
      { status: 502, message: 'Server Error' },
      'GitHub has trouble (502: Server Error); the next run tries again.'
    ],
    [
      'a refusal',
      'POST /repos/',
      { status: 422, message: 'Validation Failed' },
      'GitHub refused it (422: Validation Failed).'
    ]
  ])('%s', async (_name, request, fault, why) => {
    github.faults.set(request, fault);
    const { warnings, infos } = await fails(github, 7);
    expect(infos).toEqual([]);
    expect(warnings).toEqual([`The tracking issue was not written: ${why}`]);
  });

  test('the secondary rate limit, that says how long to wait', async () => {
    github.faults.set('POST /repos/', { status: 429, message: 'secondary', headers: { 'retry-after': '3600' } });
    const [warning] = (await fails(github, 7)).warnings;
    const [, ends = ''] = /it ends at (\S+ \S+) UTC/.exec(warning ?? '') ?? [];
    const minutes = (Date.parse(`${ends.replace(' ', 'T')}Z`) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  test('the token may only read issues', async () => {
    github.may = 'read';
    expect((await fails(github, 7)).warnings).toEqual([
      `The tracking issue was not written: the token may not write issues of ${REPOSITORY} (403: Resource not accessible by integration); ${NOT_MAY}; ${GIVE_TOKEN}.`
    ]);
    github.may = 'write';
    await fails(github, 8);
    github.may = 'read';
    expect((await endsWell(github, 9)).warnings).toEqual([
      expect.stringMatching(/^The tracking issue was not closed: the token may not/)
    ]);
    expect(github.issues[0]).toMatchObject({ state: 'open', comments: [] });
  });

  test('the token may not even see issues', async () => {
    github.may = 'nothing';
    const { warnings } = await fails(github, 7);
    expect(warnings).toEqual([expect.stringContaining(`(404: Not Found); ${NOT_MAY}`)]);
  });

  test('the repository has its issues disabled', async () => {
    github.hasIssues = false;
    expect((await fails(github, 7)).warnings).toEqual([
      `The tracking issue was not written: ${REPOSITORY} has its issues disabled; turn them on in its settings, or leave out report-issue.`
    ]);
    expect((await endsWell(github, 8)).warnings).toEqual([]);
  });

  test.each([
    ['a wrong token', 'ghs_secret'],
    ['a token in two lines', 'ghs_secret\nghs_more']
  ])('%s, which no message holds', async (_name, token) => {
    const { warnings } = await fails(github, 7, { token });
    expect(warnings).toHaveLength(1);
    expect(warnings.join()).not.toMatch(/ghs_/);
  });

  test('a token that somebody says again is hidden', async () => {
    github.faults.set('POST /repos/', { status: 422, message: `no ${TOKEN} here` });
    expect((await fails(github, 7)).warnings).toEqual([
      'The tracking issue was not written: GitHub refused it (422: no *** here).'
    ]);
  });

  test('no answer within the time of a request', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await fails(github, 7, { requestMs: 50 })).warnings).toEqual([
      'The tracking issue was not written: GitHub did not answer within 0.05 s; the next run tries again.'
    ]);
  });

  test('no answer within the time of all requests', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await fails(github, 7, { allMs: 200 })).warnings).toEqual([
      'The tracking issue was not written: it took longer than 0.2 s; the next run tries again.'
    ]);
  });

  test('a connection that breaks', async () => {
    github.faults.set('POST /graphql', 'reset');
    expect((await fails(github, 7)).warnings).toEqual([
      expect.stringMatching(
        /^The tracking issue was not written: GitHub could not be reached at http:\/\/127\.0\.0\.1:\d+ \(.+\); on a self-hosted runner, look at HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS\.$/
      )
    ]);
  });

  test('an issue that is closed but got no comment is not commented on by each run', async () => {
    await fails(github, 7);
    github.faults.set('POST /repos/octo-org/streams/issues/1/comments', { status: 500 });
    expect((await endsWell(github, 8)).warnings).toHaveLength(1);
    github.faults.clear();
    await endsWell(github, 9);
    expect(github.issues[0]).toMatchObject({ state: 'closed', comments: [] });
  });
});
