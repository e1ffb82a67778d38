import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BOT, type Fault, LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';
import { trackFailure, trackSuccess } from './tracked-runs.ts';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

const NOT_WRITTEN = 'The tracking issue was not written:';

describe('an error of GitHub is a warning that says what to do', () => {
  const FIX_TOKEN =
    'add "permissions: issues: write" to the job; add "github-token: $' + '{{ github.token }}" to the step.';
  const READ_ONLY = { status: 403, message: 'Resource not accessible by integration' };
  const CANNOT_READ = { status: 404, message: 'Not Found' };
  const cannotWrite = ({ status, message }: typeof READ_ONLY) =>
    `the token cannot write issues of ${REPOSITORY} (${status}: ${message}); ${FIX_TOKEN}`;
  const DISABLED = `issues are disabled in ${REPOSITORY}; enable them in its settings, or remove report-issue.`;
  const IN_AN_HOUR = new Date((Math.floor(Date.now() / 60_000) + 60) * 60_000);
  const rateLimit = (time: string) => `GitHub's rate limit is exceeded; it resets ${time}, and the next run retries.`;
  const AT = rateLimit(`at ${IN_AN_HOUR.toISOString().slice(0, 16).replace('T', ' ')} UTC`);
  const SOON = rateLimit('in a minute at the earliest');
  const primary = (headers: Record<string, string>) => {
    return { status: 403, message: 'API exceeded', headers: { 'x-ratelimit-remaining': '0', ...headers } };
  };
  const retryAfter = (value: string) => ({ status: 429, message: 'secondary', headers: { 'retry-after': value } });
  const SECONDARY = {
    status: 403,
    message: 'You have exceeded a secondary rate limit',
    headers: { 'x-ratelimit-remaining': '900' }
  };
  const FAILED = 'GitHub returned an error (500: Server Error); the next run retries.';
  const REJECTED = 'GitHub rejected the request (422: no *** here).';

  test.each<[string, Fault, string]>([
    ['the primary rate limit', primary({ 'x-ratelimit-reset': `${IN_AN_HOUR.getTime() / 1000}` }), AT],
    ['the primary rate limit without a time', primary({}), SOON],
    ['the primary rate limit with a time that is none', primary({ 'x-ratelimit-reset': 'soon' }), SOON],
    ['the secondary rate limit without a time', SECONDARY, SOON],
    ['the secondary rate limit with a date', retryAfter(IN_AN_HOUR.toUTCString()), AT],
    ['the secondary rate limit with a date that is none', retryAfter('next Fooday'), SOON],
    ['the secondary rate limit with a time out of range', retryAfter('9'.repeat(30)), SOON],
    ['too many requests', { status: 429, message: 'slow down' }, SOON],
    ['a token that can only read issues', READ_ONLY, cannotWrite(READ_ONLY)],
    ['a token that cannot read issues', CANNOT_READ, cannotWrite(CANNOT_READ)],
    ['a repository with disabled issues', { status: 410 }, DISABLED],
    ['a server error', { status: 500, message: 'Server Error' }, FAILED],
    ['a rejected request, whose message contains the token', { status: 422, message: `no ${TOKEN} here` }, REJECTED]
  ])('%s', async (_name, fault, reason) => {
    for (const request of ['POST /repos/', 'GET /repos/']) {
      github.faults.set(request, fault);
      expect(await trackFailure(github, 7)).toEqual({ infos: [], warnings: [`${NOT_WRITTEN} ${reason}`] });
    }
  });

  test('the secondary rate limit with a time to wait', async () => {
    github.faults.set('POST /repos/', retryAfter('3600'));
    const before = Date.now();
    const [warning] = (await trackFailure(github, 7)).warnings;
    const [, date, time] = /it resets at (\S+) (\S+) UTC/.exec(warning ?? '') ?? [];
    const resetMs = Date.parse(`${date}T${time}Z`);
    expect(resetMs).toBeGreaterThan(before + 3_600_000 - 60_000);
    expect(resetMs).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  test('a token that cannot write an existing issue, which stays as it is', async () => {
    await trackFailure(github, 7);
    const before = structuredClone(github.issues);
    github.faults.set('PATCH /repos/', READ_ONLY);
    expect((await trackFailure(github, 8)).warnings).toEqual([`${NOT_WRITTEN} ${cannotWrite(READ_ONLY)}`]);
    expect(await trackSuccess(github, 9)).toEqual({
      infos: [],
      warnings: [`The tracking issue was not closed: ${cannotWrite(READ_ONLY)}`]
    });
    expect(github.issues).toEqual(before);
  });

  test('a wrong token, or one in two lines, which no message contains', async () => {
    const wrong = await trackFailure(github, 7, { token: 'ghs_secret' });
    expect(wrong.warnings).toEqual([expect.stringContaining('GitHub rejected the token (401); add "github-token: ')]);
    const twoLines = await trackFailure(github, 7, { token: 'ghs_secret\nghs_more' });
    expect(twoLines.warnings).toHaveLength(1);
    expect([...wrong.warnings, ...twoLines.warnings].join()).not.toMatch(/ghs_/);
  });

  test.each<[string, Fault, object, string]>([
    ['a request', 'hang', { requestMs: 50 }, 'GitHub did not answer within 0.05 s'],
    ['a request whose answer drips', 'drip', { requestMs: 50 }, 'GitHub did not answer within 0.05 s'],
    ['all requests', 'hang', { allMs: 100 }, 'the requests took longer than 0.1 s']
  ])('no answer within the timeout of %s', async (_name, fault, timeouts, reason) => {
    github.faults.set('GET /repos/', fault);
    const warnings = [`${NOT_WRITTEN} ${reason}; the next run retries.`];
    expect(await trackFailure(github, 7, timeouts)).toEqual({ infos: [], warnings });
  });

  test('a connection that is reset', async () => {
    github.faults.set('POST /graphql', 'reset');
    expect((await trackFailure(github, 7)).warnings).toEqual([
      expect.stringMatching(
        /^The tracking issue was not written: GitHub could not be reached at http:\/\/127\.0\.0\.1:\d+ \(.+\); on a self-hosted runner, check HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS\.$/
      )
    ]);
  });

  test('an issue that was closed without its comment is not commented on by later runs', async () => {
    await trackFailure(github, 7);
    github.faults.set('POST /repos/octo-org/streams/issues/1/comments', { status: 500 });
    expect((await trackSuccess(github, 8)).warnings).toHaveLength(1);
    github.faults.clear();
    await trackSuccess(github, 9);
    expect(github.issues).toMatchObject([{ state: 'closed', comments: [] }]);
  });
});

describe('an answer that is not one of the API is a warning that names the host', () => {
  const json = (value: unknown) => ({ answer: JSON.stringify(value) });
  const issues = (fields: object) =>
    json([{ number: 1, html_url: 'https://github.example/1', body: '', user: { login: BOT }, ...fields }]);
  const PAGE = { answer: '<html>Sign in</html>', type: 'text/html' };
  const NO_API = /^did not answer as GitHub's API does \(status 200, [\w/ ;=-]+\); a proxy or a sign-in page may have/;
  const NO_ACCOUNT = /^did not say which account the token belongs to\.$/;
  const NO_LIST = /^did not answer with a list of issues\.$/;
  const linked = (link: string) => ({ answer: '[]', link });
  const OTHER_HOST = /^continues the list of issues on another host, other\.example\.$/;
  const NO_ISSUE = /^answered with an issue without a number, URL, text or author\.$/;

  test.each<[string, string, Fault, RegExp]>([
    ['a page instead of the account', 'POST /graphql', PAGE, NO_API],
    ['a page instead of the list', 'GET /repos/', PAGE, NO_API],
    ['a page instead of the new issue', 'POST /repos/', PAGE, NO_API],
    ['a page without a type', 'GET /repos/', { answer: '<html>', type: '' }, NO_API],
    ['a page that is said to be JSON', 'GET /repos/', { answer: '<html>' }, NO_API],
    ['nothing', 'GET /repos/', { answer: '' }, NO_API],
    ['null', 'POST /graphql', json(null), NO_API],
    ['a number', 'POST /repos/', json(5), NO_API],
    ['data that is null', 'POST /graphql', json({ data: null }), NO_ACCOUNT],
    ['an account whose name is a number', 'POST /graphql', json({ data: { viewer: { login: 5 } } }), NO_ACCOUNT],
    ['an account without a name', 'POST /graphql', json({ data: { viewer: { login: '' } } }), NO_ACCOUNT],
    ['errors that are a number', 'POST /graphql', json({ errors: 5 }), NO_ACCOUNT],
    ['no account, with a reason', 'POST /graphql', json({ errors: [{ message: 'why' }] }), /belongs to: why\.$/],
    ['a list with nothing', 'GET /repos/', json([null]), NO_ISSUE],
    ['a structure instead of the list', 'GET /repos/', json({ total_count: 1 }), NO_LIST],
    ['a list that continues on another host', 'GET /repos/', linked('https://other.example/2'), OTHER_HOST],
    ['a number that is a text', 'GET /repos/', issues({ number: '1' }), NO_ISSUE],
    ['no URL', 'GET /repos/', issues({ html_url: undefined }), NO_ISSUE],
    ['a text that is a list', 'GET /repos/', issues({ body: [] }), NO_ISSUE],
    ['an author without a name', 'GET /repos/', issues({ user: {} }), NO_ISSUE],
    ['an answer without end', 'GET /repos/', 'flood', /^answered with more than 32 MiB\.$/]
  ])('%s', async (_name, request, fault, reason) => {
    github.faults.set(request, fault);
    const prefix = `${NOT_WRITTEN} 127.0.0.1:${github.port} `;
    const { warnings, infos } = await trackFailure(github, 7);
    expect(warnings.map((warning) => warning.replace(prefix, ''))).toEqual([expect.stringMatching(reason)]);
    expect(infos).toEqual([]);
    expect(github.issues).toEqual([]);
  });
});

test('a list that starts over is read once, and is a warning', async () => {
  github.faults.set('GET /repos/', { answer: '[]', link: `${github.apiUrl}/repos/${REPOSITORY}/issues?page=2` });
  const { warnings } = await trackFailure(github, 7);
  const host = `127.0.0.1:${github.port}`;
  expect(warnings).toEqual([`${NOT_WRITTEN} ${host} answered with a list of issues that starts over.`]);
  expect(github.requests).toHaveLength(3);
});

test('a variable of GitHub that cannot be used is named, and no request is sent', async () => {
  const noUrl = await trackFailure(github, 7, { env: { GITHUB_API_URL: 'nonsense' } });
  const noRepository = await trackFailure(github, 7, { env: { GITHUB_REPOSITORY: 'nonsense' } });
  expect(noUrl.warnings).toEqual([expect.stringContaining(`${NOT_WRITTEN} GITHUB_API_URL is nonsense: it must be`)]);
  expect(noRepository.warnings).toEqual([expect.stringContaining(`${NOT_WRITTEN} GITHUB_REPOSITORY is "nonsense": `)]);
  expect(github.requests).toEqual([]);
});
