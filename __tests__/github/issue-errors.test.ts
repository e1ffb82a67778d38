import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';
import { trackFailure, trackSuccess } from './tracked-runs.ts';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

describe('an error of GitHub is a warning that says what to do', () => {
  const ADD_TOKEN = 'add "github-token: $' + '{{ github.token }}" to the step';
  const ADD_PERMISSION = 'add "permissions: issues: write" to the job';
  const IN_AN_HOUR = Math.floor(Date.now() / 60_000) * 60 + 3600;
  const inAnHour = `${new Date(IN_AN_HOUR * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

  const rateLimit = (time: string) => `GitHub's rate limit is exceeded; it resets ${time}, and the next run retries.`;
  const SOON = rateLimit('in a minute at the earliest');
  const limited = (headers: Record<string, string>) => ({ status: 403, message: 'API rate limit exceeded', headers });
  const retryAfter = (value: string) => ({ status: 429, message: 'secondary', headers: { 'retry-after': value } });

  test.each<[string, Fault, string]>([
    [
      'the primary rate limit',
      limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${IN_AN_HOUR}` }),
      rateLimit(`at ${inAnHour}`)
    ],
    ['the primary rate limit without a time', limited({ 'x-ratelimit-remaining': '0' }), SOON],
    [
      'the primary rate limit with a time that is none',
      limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }),
      SOON
    ],
    [
      'the secondary rate limit without a time',
      { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'x-ratelimit-remaining': '900' } },
      SOON
    ],
    [
      'the secondary rate limit with a date',
      retryAfter(new Date(IN_AN_HOUR * 1000).toUTCString()),
      rateLimit(`at ${inAnHour}`)
    ],
    ['the secondary rate limit with a date that is none', retryAfter('next Fooday'), SOON],
    ['the secondary rate limit with a time out of range', retryAfter('9'.repeat(30)), SOON],
    ['too many requests', { status: 429, message: 'slow down' }, SOON],
    [
      'a server error',
      { status: 502, message: 'Server Error' },
      'GitHub returned an error (502: Server Error); the next run retries.'
    ],
    [
      'a rejected request, whose message contains the token',
      { status: 422, message: `no ${TOKEN} here` },
      'GitHub rejected the request (422: no *** here).'
    ]
  ])('%s', async (_name, fault, reason) => {
    for (const request of ['POST /repos/', 'GET /repos/']) {
      github.faults.set(request, fault);
      const written = await trackFailure(github, 7);
      expect(written).toEqual({ infos: [], warnings: [`The tracking issue was not written: ${reason}`] });
    }
  });

  test('the secondary rate limit with a time to wait', async () => {
    github.faults.set('POST /repos/', retryAfter('3600'));
    const [warning] = (await trackFailure(github, 7)).warnings;
    const [, resets = ''] = /it resets at (\S+ \S+) UTC/.exec(warning ?? '') ?? [];
    const minutes = (Date.parse(`${resets.replace(' ', 'T')}Z`) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(50);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  test('a token that can only read issues', async () => {
    github.permission = 'read';
    expect((await trackFailure(github, 7)).warnings).toEqual([
      `The tracking issue was not written: the token cannot write issues of ${REPOSITORY} (403: Resource not accessible by integration); ${ADD_PERMISSION}; ${ADD_TOKEN}.`
    ]);
    github.permission = 'write';
    await trackFailure(github, 8);
    github.permission = 'read';
    expect((await trackSuccess(github, 9)).warnings).toEqual([
      expect.stringMatching(/^The tracking issue was not closed: the token cannot/)
    ]);
    expect(github.issues[0]).toMatchObject({ state: 'open', comments: [] });
  });

  test('a token that cannot read issues', async () => {
    github.permission = 'nothing';
    const { warnings } = await trackFailure(github, 7);
    expect(warnings).toEqual([expect.stringContaining(`(404: Not Found); ${ADD_PERMISSION}`)]);
  });

  test('a repository with disabled issues', async () => {
    github.hasIssues = false;
    expect((await trackFailure(github, 7)).warnings).toEqual([
      `The tracking issue was not written: issues are disabled in ${REPOSITORY}; enable them in its settings, or remove report-issue.`
    ]);
    expect((await trackSuccess(github, 8)).warnings).toEqual([]);
  });

  test.each([
    ['a wrong token', 'ghs_secret'],
    ['a token in two lines', 'ghs_secret\nghs_more']
  ])('%s, which no message contains', async (_name, token) => {
    const { warnings } = await trackFailure(github, 7, { token });
    expect(warnings).toHaveLength(1);
    expect(warnings.join()).not.toMatch(/ghs_/);
  });

  test.each([
    ['a request', { requestMs: 50 }, 'GitHub did not answer within 0.05 s'],
    ['all requests', { allMs: 200 }, 'the requests took longer than 0.2 s']
  ])('no answer within the timeout of %s', async (_name, timeouts, reason) => {
    github.faults.set('GET /repos/', 'hang');
    expect((await trackFailure(github, 7, timeouts)).warnings).toEqual([
      `The tracking issue was not written: ${reason}; the next run retries.`
    ]);
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
    expect(github.issues[0]).toMatchObject({ state: 'closed', comments: [] });
  });
});

describe('an answer that is not one of the API is a warning that names the host', () => {
  const warned = async (request: string, fault: Fault, requestMs?: number): Promise<string> => {
    github.faults.set(request, fault);
    const { warnings, infos } = await trackFailure(github, 7, requestMs === undefined ? {} : { requestMs });
    expect(infos).toEqual([]);
    expect(github.issues).toEqual([]);
    expect(warnings).toHaveLength(1);
    return warnings.join();
  };
  const PAGE = { answer: '<html>Sign in</html>', type: 'text/html' } as const;
  const ISSUE = { number: 1, html_url: 'https://github.example/1', body: '', user: { login: 'github-actions[bot]' } };

  const NO_API =
    /: 127\.0\.0\.1:\d+ did not answer as GitHub's API does \(status 200, [\w/ ;=-]+\); a proxy or a sign-in page may/;
  const NO_ACCOUNT = /: 127\.0\.0\.1:\d+ did not say which account the token belongs to\.$/;
  const NO_ISSUE = /: 127\.0\.0\.1:\d+ answered with an issue without a number, URL, text or author\.$/;
  const json = (value: unknown) => ({ answer: JSON.stringify(value) });

  test.each<[string, string, Fault, RegExp]>([
    ['a page instead of the account', 'POST /graphql', PAGE, NO_API],
    ['a page instead of the list', 'GET /repos/', PAGE, NO_API],
    ['a page instead of the new issue', 'POST /repos/', PAGE, NO_API],
    ['a page without a type', 'GET /repos/', { answer: '<html>', type: '' }, NO_API],
    ['a page that is said to be JSON', 'GET /repos/', { answer: '<html>' }, NO_API],
    ['nothing', 'GET /repos/', { answer: '' }, NO_API],
    ['null', 'POST /graphql', json(null), NO_API],
    ['a number', 'POST /repos/', json(5), NO_API],
    ['no data', 'POST /graphql', json({}), NO_ACCOUNT],
    ['a list instead of the account', 'POST /graphql', json([]), NO_ACCOUNT],
    ['data that is null', 'POST /graphql', json({ data: null }), NO_ACCOUNT],
    ['an account that is null', 'POST /graphql', json({ data: { viewer: null } }), NO_ACCOUNT],
    ['an account whose name is a number', 'POST /graphql', json({ data: { viewer: { login: 5 } } }), NO_ACCOUNT],
    ['errors that are a number', 'POST /graphql', json({ errors: 5 }), NO_ACCOUNT],
    [
      'no account, with the reason',
      'POST /graphql',
      json({ errors: [{ message: 'Something went wrong' }] }),
      /token belongs to: Something went wrong/
    ],
    ['a list with nothing', 'GET /repos/', json([null]), NO_ISSUE],
    ['a structure instead of the list', 'GET /repos/', json({ message: 'hello' }), NO_ISSUE],
    ['a number that is a text', 'GET /repos/', json([{ ...ISSUE, number: '1' }]), NO_ISSUE],
    ['no URL', 'GET /repos/', json([{ ...ISSUE, html_url: undefined }]), NO_ISSUE],
    ['a text that is a list', 'GET /repos/', json([{ ...ISSUE, body: [] }]), NO_ISSUE],
    ['an author without a name', 'GET /repos/', json([{ ...ISSUE, user: {} }]), NO_ISSUE],
    ['an answer without end', 'GET /repos/', 'flood', /: 127\.0\.0\.1:\d+ answered with more than 32 MiB\.$/]
  ])('%s', async (_name, request, fault, warning) => {
    expect(await warned(request, fault)).toMatch(warning);
  });

  test('an answer that drips', async () => {
    expect(await warned('GET /repos/', 'drip', 100)).toContain('GitHub did not answer within 0.1 s');
  });
});

describe('the variables of GitHub', () => {
  test.each(['nonsense', 'localhost:8080', 'ftp://api.example', 'http://', 'https://a b'])(
    'GITHUB_API_URL is named if it is %s',
    async (value) => {
      const { warnings } = await trackFailure(github, 7, { env: { GITHUB_API_URL: value } });
      expect(warnings).toEqual([
        `The tracking issue was not written: GITHUB_API_URL is ${value}: it must be a URL that begins with http:// or https://.`
      ]);
      expect(github.requests).toEqual([]);
    }
  );

  test('a password in GITHUB_API_URL is not printed', async () => {
    const { warnings } = await trackFailure(github, 7, { env: { GITHUB_API_URL: 'ftp://me:hunter2@api.example' } });
    expect(warnings).toEqual([expect.stringContaining('GITHUB_API_URL: it must be a URL')]);
  });

  test.each(['', '  ', 'nonsense', 'octo-org/', 'octo-org/streams/x', 'octo org/streams'])(
    'GITHUB_REPOSITORY is named if it is "%s"',
    async (value) => {
      const { warnings } = await trackFailure(github, 7, { env: { GITHUB_REPOSITORY: value } });
      expect(warnings).toEqual([
        `The tracking issue was not written: GITHUB_REPOSITORY is "${value.trim()}": it must be the repository as owner/name.`
      ]);
      expect(github.requests).toEqual([]);
    }
  );

  test('blanks around GITHUB_API_URL and GITHUB_REPOSITORY are ignored', async () => {
    const env = { GITHUB_API_URL: ` ${github.apiUrl}\n`, GITHUB_REPOSITORY: ` ${REPOSITORY} ` };
    expect((await trackFailure(github, 7, { env })).warnings).toEqual([]);
    expect(github.issues).toHaveLength(1);
  });
});
