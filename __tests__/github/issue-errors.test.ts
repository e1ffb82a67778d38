import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatUtc } from '../../src/encryption/format.ts';
import { BOT, type Fault, LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';
import { type RunOverrides, trackFailure, trackSuccess } from './tracked-runs.ts';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

const FIX_TOKEN =
  'add "permissions: issues: write" to the job; add "github-token: $' + '{{ github.token }}" to the step.';
const READ_ONLY = { status: 403, message: 'Resource not accessible by integration' };
const CANNOT_WRITE = `the token cannot write issues of ${REPOSITORY} (403: ${READ_ONLY.message}); ${FIX_TOKEN}`;

describe('an error of GitHub is a warning that says what to do', () => {
  const DISABLED = `issues are disabled in ${REPOSITORY}; enable them in its settings, or remove report-issue.`;
  const IN_AN_HOUR = new Date((Math.floor(Date.now() / 60_000) + 60) * 60_000);
  const rateLimit = (time: string) => `GitHub's rate limit is exceeded; it resets ${time}, and the next run retries.`;
  const AT = rateLimit(`at ${formatUtc(IN_AN_HOUR)}`);
  const SOON = rateLimit('in a minute at the earliest');
  const IN_AN_HOUR_S = `${IN_AN_HOUR.getTime() / 1000}`;
  const PRIMARY = { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': IN_AN_HOUR_S } };
  const retryAfter = (value: string) => ({ status: 429, headers: { 'retry-after': value } });
  const SECONDARY = { status: 403, message: 'You have exceeded a secondary rate limit' };
  const FAILED = 'GitHub returned an error (500: Server Error); the next run retries.';

  test.each<[string, Fault, string]>([
    ['the primary rate limit', PRIMARY, AT],
    ['the secondary rate limit without a time', SECONDARY, SOON],
    ['the secondary rate limit with a date', retryAfter(IN_AN_HOUR.toUTCString()), AT],
    ['the secondary rate limit with a time out of range', retryAfter('9'.repeat(30)), SOON],
    ['too many requests', { status: 429 }, SOON],
    ['a token that can only read issues', READ_ONLY, CANNOT_WRITE],
    ['a token that cannot read issues', { ...READ_ONLY, status: 404 }, CANNOT_WRITE.replace('403', '404')],
    ['a repository with disabled issues', { status: 410 }, DISABLED],
    ['a server error', { status: 500, message: 'Server Error' }, FAILED],
    ['its message with the token', { status: 422, message: TOKEN }, 'GitHub rejected the request (422: ***).']
  ])('%s', async (_name, fault, reason) => {
    const warnings = [`The tracking issue was not written: ${reason}`];
    for (const request of ['POST /repos/', 'GET /repos/']) {
      github.faults.set(request, fault);
      expect(await trackFailure(github, 7)).toEqual({ infos: [], warnings });
    }
  });

  test('the secondary rate limit with a time to wait', async () => {
    github.faults.set('POST /repos/', retryAfter('3600'));
    const hour = () => `it resets at ${formatUtc(new Date(Date.now() + 3_600_000))}`;
    const before = hour();
    const { warnings } = await trackFailure(github, 7);
    // A minute may have ended.
    expect([before, hour()].some((time) => warnings[0]?.includes(time))).toBe(true);
  });

  test('a token that cannot close an issue, which stays as it is', async () => {
    await trackFailure(github, 7);
    const before = structuredClone(github.issues);
    github.faults.set('PATCH /repos/', READ_ONLY);
    const { warnings } = await trackSuccess(github, 9);
    expect(warnings).toEqual([`The tracking issue was not closed: ${CANNOT_WRITE}`]);
    expect(github.issues).toEqual(before);
  });

  test('an issue that was closed without its comment is not commented on by later runs', async () => {
    await trackFailure(github, 7);
    github.faults.set(`POST /repos/${REPOSITORY}/issues/1/comments`, { status: 500 });
    expect((await trackSuccess(github, 8)).warnings).toHaveLength(1);
    github.faults.clear();
    await trackSuccess(github, 9);
    expect(github.issues).toMatchObject([{ state: 'closed', comments: [] }]);
  });

  test.each<[string, RunOverrides, RegExp]>([
    ['a wrong token', { token: 'ghs_secret' }, /: GitHub rejected the token \(401\); add "github-token: /],
    ['a token in two lines', { token: 'ghs_secret\nghs_more' }, /./],
    ['a URL that is none', { env: { GITHUB_API_URL: 'nonsense' } }, /: GITHUB_API_URL is nonsense: it must be/],
    ['a repository that is none', { env: { GITHUB_REPOSITORY: 'x' } }, /: GITHUB_REPOSITORY is "x": it must be/]
  ])('%s, and the token is not shown', async (_name, overrides, reason) => {
    const { warnings } = await trackFailure(github, 7, overrides);
    expect(warnings).toEqual([expect.stringMatching(reason)]);
    expect(warnings.join()).not.toMatch(/ghs_/);
  });

  const UNREACHABLE =
    /^GitHub could not be reached at http:\/\/\S+ \(.+\); on a self-hosted runner, check HTTPS_PROXY, /;
  test.each<[string, Fault, RunOverrides, RegExp]>([
    ['no answer', 'hang', { requestMs: 50 }, /^GitHub did not answer within 0\.05 s; the next run retries\.$/],
    ['an answer that drips', 'drip', { requestMs: 50 }, /^GitHub did not answer within 0\.05 s/],
    [
      'no answer at the deadline',
      'hang',
      { allMs: 100 },
      /^the requests took longer than 0\.1 s; the next run retries/
    ],
    ['a connection that is reset', 'reset', {}, UNREACHABLE]
  ])('%s', async (_name, fault, timeouts, reason) => {
    github.faults.set('GET /repos/', fault);
    const { warnings } = await trackFailure(github, 7, timeouts);
    expect(warnings.map((warning) => warning.replace('The tracking issue was not written: ', ''))).toEqual([
      expect.stringMatching(reason)
    ]);
  });
});

describe('an answer that is not one of the API is a warning that names the host', () => {
  const json = (value: unknown) => ({ answer: JSON.stringify(value) });
  const issues = (fields: object) =>
    json([{ number: 1, html_url: 'https://github.example/1', body: '', user: { login: BOT }, ...fields }]);
  const PAGE = { answer: '<html>Sign in</html>', type: 'text/html' };
  const CONTINUED = { answer: '[]', link: 'https://other.example/2' };
  const NO_API = /^did not answer as GitHub's API does \(status 200, [\w/ ;=-]+\); a proxy or a sign-in page may have/;
  const NO_ACCOUNT = /^did not say which account the token belongs to\.$/;
  const NO_ISSUE = /^answered with an issue without a number, URL, text or author\.$/;

  test.each<[string, string, Fault, RegExp]>([
    ['a page instead of the account', 'POST /graphql', PAGE, NO_API],
    ['a page without a type instead of the list', 'GET /repos/', { answer: '<html>', type: '' }, NO_API],
    ['a number instead of the new issue', 'POST /repos/', json(5), NO_API],
    ['an account without a name', 'POST /graphql', json({ data: { viewer: { login: '' } } }), NO_ACCOUNT],
    ['no account, with a reason', 'POST /graphql', json({ errors: [{ message: 'why' }] }), /belongs to: why\.$/],
    ['a structure instead of the list', 'GET /repos/', json({}), /^did not answer with a list of issues\.$/],
    [
      'a list that continues on another host',
      'GET /repos/',
      CONTINUED,
      /^continues .* on another host, other\.example/
    ],
    ['a list with nothing', 'GET /repos/', json([null]), NO_ISSUE],
    ['a number that is a text', 'GET /repos/', issues({ number: '1' }), NO_ISSUE],
    ['no URL', 'GET /repos/', issues({ html_url: undefined }), NO_ISSUE],
    ['a text that is a list', 'GET /repos/', issues({ body: [] }), NO_ISSUE],
    ['an author without a name', 'GET /repos/', issues({ user: {} }), NO_ISSUE],
    ['an answer without end', 'GET /repos/', 'flood', /^answered with more than 32 MiB\.$/]
  ])('%s', async (_name, request, fault, reason) => {
    github.faults.set(request, fault);
    const prefix = `The tracking issue was not written: 127.0.0.1:${github.port} `;
    const { warnings, infos } = await trackFailure(github, 7);
    expect(warnings.map((warning) => warning.replace(prefix, ''))).toEqual([expect.stringMatching(reason)]);
    expect(infos).toEqual([]);
    expect(github.issues).toEqual([]);
  });

  test('a list that starts over, which is read once', async () => {
    github.faults.set('GET /repos/', { answer: '[]', link: `${github.apiUrl}/repos/${REPOSITORY}/issues?page=2` });
    const { warnings } = await trackFailure(github, 7);
    const reason = `127.0.0.1:${github.port} answered with a list of issues that starts over.`;
    expect(warnings).toEqual([expect.stringContaining(reason)]);
    expect(github.requests).toHaveLength(3);
  });
});
