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

  test.each<[string, string, Fault, string]>([
    [
      'the primary rate limit',
      'GET /repos/',
      {
        status: 403,
        message: 'API rate limit exceeded',
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${IN_AN_HOUR}` }
      },
      `GitHub's rate limit is exceeded; it resets at ${inAnHour}, and the next run retries.`
    ],
    [
      'the secondary rate limit without a time',
      'POST /repos/',
      { status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'x-ratelimit-remaining': '900' } },
      "GitHub's rate limit is exceeded; it resets in a minute at the earliest, and the next run retries."
    ],
    [
      'too many requests',
      'POST /repos/',
      { status: 429, message: 'slow down' },
      "GitHub's rate limit is exceeded; it resets in a minute at the earliest, and the next run retries."
    ],
    [
      'a server error',
      'POST /repos/',
      { status: 502, message: 'Server Error' },
      'GitHub returned an error (502: Server Error); the next run retries.'
    ],
    [
      'a rejected request',
      'POST /repos/',
      { status: 422, message: 'Validation Failed' },
      'GitHub rejected the request (422: Validation Failed).'
    ]
  ])('%s', async (_name, request, fault, reason) => {
    github.faults.set(request, fault);
    const { warnings, infos } = await trackFailure(github, 7);
    expect(infos).toEqual([]);
    expect(warnings).toEqual([`The tracking issue was not written: ${reason}`]);
  });

  test('the secondary rate limit with a time to wait', async () => {
    github.faults.set('POST /repos/', { status: 429, message: 'secondary', headers: { 'retry-after': '3600' } });
    const [warning] = (await trackFailure(github, 7)).warnings;
    const [, resets = ''] = /it resets at (\S+ \S+) UTC/.exec(warning ?? '') ?? [];
    const minutes = (Date.parse(`${resets.replace(' ', 'T')}Z`) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  test('the secondary rate limit with a date', async () => {
    const retryAfter = new Date(IN_AN_HOUR * 1000).toUTCString();
    github.faults.set('POST /repos/', { status: 429, message: 'secondary', headers: { 'retry-after': retryAfter } });
    expect((await trackFailure(github, 7)).warnings).toEqual([
      `The tracking issue was not written: GitHub's rate limit is exceeded; it resets at ${inAnHour}, and the next run retries.`
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['no time', { 'x-ratelimit-remaining': '0' }],
    ['a time that is none', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }],
    ['a time out of range', { 'retry-after': '9'.repeat(30) }],
    ['a date that is none', { 'retry-after': 'next Fooday' }]
  ])('a rate limit with %s', async (_name, headers) => {
    github.faults.set('POST /repos/', { status: 403, message: 'API rate limit exceeded', headers });
    expect((await trackFailure(github, 7)).warnings).toEqual([
      "The tracking issue was not written: GitHub's rate limit is exceeded; it resets in a minute at the earliest, and the next run retries."
    ]);
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

  test('hides a token in a response', async () => {
    github.faults.set('POST /repos/', { status: 422, message: `no ${TOKEN} here` });
    expect((await trackFailure(github, 7)).warnings).toEqual([
      'The tracking issue was not written: GitHub rejected the request (422: no *** here).'
    ]);
  });

  test('no answer within the timeout of a request', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await trackFailure(github, 7, { requestMs: 50 })).warnings).toEqual([
      'The tracking issue was not written: GitHub did not answer within 0.05 s; the next run retries.'
    ]);
  });

  test('no answer within the timeout of all requests', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await trackFailure(github, 7, { allMs: 200 })).warnings).toEqual([
      'The tracking issue was not written: the requests took longer than 0.2 s; the next run retries.'
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

  test.each<[string, string, Fault]>([
    ['a page instead of the account', 'POST /graphql', PAGE],
    ['a page instead of the list', 'GET /repos/', PAGE],
    ['a page instead of the new issue', 'POST /repos/', PAGE],
    ['a page without a type', 'GET /repos/', { answer: '<html>', type: '' }],
    ['a page that is said to be JSON', 'GET /repos/', { answer: '<html>' }],
    ['nothing', 'GET /repos/', { answer: '' }],
    ['null', 'POST /graphql', { answer: 'null' }],
    ['a number', 'POST /repos/', { answer: '5' }]
  ])('%s', async (_name, request, fault) => {
    expect(await warned(request, fault)).toMatch(
      /: 127\.0\.0\.1:\d+ did not answer as GitHub's API does \(status 200, [\w/ ;=-]+\); a proxy or a sign-in page may/
    );
  });

  test.each([
    '{}',
    '[]',
    '{"data":null}',
    '{"data":{"viewer":null}}',
    '{"data":{"viewer":{"login":5}}}',
    '{"errors":5}'
  ])('no account: %s', async (answer) => {
    expect(await warned('POST /graphql', { answer })).toMatch(
      /: 127\.0\.0\.1:\d+ did not say which account the token belongs to\.$/
    );
  });

  test('no account, with the reason', async () => {
    const answer = JSON.stringify({ errors: [{ message: 'Something went wrong' }] });
    expect(await warned('POST /graphql', { answer })).toContain('token belongs to: Something went wrong');
  });

  test.each<[string, unknown]>([
    ['a list with nothing', [null]],
    ['a structure instead of the list', { message: 'hello' }],
    ['a number that is a text', [{ ...ISSUE, number: '1' }]],
    ['no URL', [{ ...ISSUE, html_url: undefined }]],
    ['a text that is a list', [{ ...ISSUE, body: [] }]],
    ['an author without a name', [{ ...ISSUE, user: {} }]]
  ])('an issue that is none: %s', async (_name, issues) => {
    expect(await warned('GET /repos/', { answer: JSON.stringify(issues) })).toMatch(
      /: 127\.0\.0\.1:\d+ answered with an issue without a number, URL, text or author\.$/
    );
  });

  test('an answer that drips', async () => {
    expect(await warned('GET /repos/', 'drip', 100)).toContain('GitHub did not answer within 0.1 s');
  });

  test('an answer without end', async () => {
    expect(await warned('GET /repos/', 'flood')).toMatch(/: 127\.0\.0\.1:\d+ answered with more than 32 MiB\.$/);
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
