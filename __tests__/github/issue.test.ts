import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { type Tracking, trackIssue } from '../../src/github/issue.ts';
import { BOT, type Fault, LocalGithub, REPOSITORY, TOKEN } from './local-github.ts';

const MARKER = '<!-- stream-encryption tracks .github%2Fworkflows%2Fnightly.yml rotate -->';
const ISSUE = 'https://github.example/octo-org/streams/issues';

let github: LocalGithub;

beforeEach(async () => {
  github = await LocalGithub.start();
});

afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

/** What the runner tells of the first attempt of a run. */
function runnerEnv(run: number): Record<string, string> {
  return {
    GITHUB_API_URL: github.apiUrl,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_WORKFLOW: 'Nightly rotation',
    GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/nightly.yml@refs/heads/main`,
    GITHUB_JOB: 'rotate',
    GITHUB_RUN_ID: `${4000 + run}`,
    GITHUB_RUN_NUMBER: `${run}`,
    GITHUB_RUN_ATTEMPT: '1'
  };
}

type Otherwise = Partial<Omit<Tracking, 'env'>> & { env?: Record<string, string>; requestMs?: number; allMs?: number };

/** Tracks a run, and tells what it told. */
async function track(run: number, failed: boolean, otherwise: Otherwise = {}) {
  const { env = {}, requestMs = 5_000, allMs = 15_000, ...rest } = otherwise;
  const infos: string[] = [];
  const warnings: string[] = [];
  await trackIssue(
    {
      failed,
      summary: () => `<h3>Summary of run ${run}</h3>`,
      env: { ...runnerEnv(run), ...env },
      token: TOKEN,
      signal: new AbortController().signal,
      info: (line) => void infos.push(line),
      warn: (message) => void warnings.push(message),
      ...rest
    },
    { requestMs, allMs }
  );
  return { infos, warnings };
}

function fails(run: number, otherwise?: Otherwise) {
  return track(run, true, otherwise);
}

function isWell(run: number, otherwise?: Otherwise) {
  return track(run, false, otherwise);
}

function bodies(): (string | null)[] {
  return github.issues.map(({ body }) => body);
}

describe('the tracking issue', () => {
  test('is opened by a failing run, with its summary, link and time', async () => {
    expect(await fails(7)).toEqual({ infos: [`Opened the tracking issue ${ISSUE}/1.`], warnings: [] });
    expect(github.issues).toEqual([
      expect.objectContaining({
        title: 'Stream encryption fails: Nightly rotation / rotate',
        author: BOT,
        state: 'open'
      })
    ]);
    const lines = github.issues[0]?.body?.split('\n') ?? [];
    expect(lines).toEqual([
      MARKER,
      '<!-- failing runs: 1, latest: 4007.1 -->',
      expect.stringMatching(
        /^<p>The step that encrypts streams fails in job <code>rotate<\/code> of <code>\.github\/workflows\/nightly\.yml<\/code>\. Latest failing run: <a href="https:\/\/github\.example\/octo-org\/streams\/actions\/runs\/4007"><code>Nightly rotation #7<\/code><\/a>, \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Failing runs so far: 1\.<\/p>$/
      ),
      '<p><sub>Each failing run replaces this text; a later run that is well closes the issue.</sub></p>',
      '<h3>Summary of run 7</h3>'
    ]);
  });

  test('is updated, not repeated, by the next failing runs, which count', async () => {
    await fails(7);
    expect(await fails(8)).toEqual({ infos: [`Updated the tracking issue ${ISSUE}/1.`], warnings: [] });
    await fails(8, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(bodies()).toEqual([expect.stringContaining('Failing runs so far: 3.')]);
    expect(github.issues[0]?.body).toContain('<h3>Summary of run 8</h3>');
    expect(github.issues[0]?.body).not.toContain('run 7');
    expect(github.issues[0]?.comments).toEqual([]);
  });

  test('is closed with a word by a later run that is well, and opened anew when it fails again', async () => {
    await fails(7);
    expect(await isWell(8)).toEqual({ infos: [`Closed the tracking issue ${ISSUE}/1.`], warnings: [] });
    expect(github.issues[0]).toMatchObject({
      state: 'closed',
      stateReason: 'completed',
      comments: [
        '<p>Well again: run <a href="https://github.example/octo-org/streams/actions/runs/4008"><code>Nightly rotation #8</code></a>.</p>'
      ]
    });
    await fails(9);
    expect(github.issues.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(github.issues[1]?.body).toContain('Failing runs so far: 1.');
  });

  test('is not there for a run that is well: nothing is written', async () => {
    expect(await isWell(7)).toEqual({ infos: [], warnings: [] });
    expect(github.writes()).toEqual([]);
  });

  test('is closed by a second attempt of the run that failed', async () => {
    await fails(7);
    await isWell(7, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(github.issues[0]?.state).toBe('closed');
  });

  test('stays as it is where it tells of this very run or of a later one', async () => {
    await fails(8);
    const before = github.issues[0]?.body;
    const { infos } = await isWell(8);
    expect(infos).toEqual([`The tracking issue ${ISSUE}/1 tells of this run or a later one, and stays open.`]);
    await isWell(7);
    expect((await fails(7)).infos).toEqual([
      `The tracking issue ${ISSUE}/1 tells of a later run, and is left as it is.`
    ]);
    expect(github.issues).toEqual([expect.objectContaining({ state: 'open', body: before, comments: [] })]);
  });

  test('counts a run once, whose steps fail one after the other', async () => {
    await fails(7);
    await fails(7);
    expect(bodies()).toEqual([expect.stringContaining('Failing runs so far: 1.')]);
  });

  test('is found on a later page, and after somebody edited it in the browser', async () => {
    for (let other = 0; other < 230; other++) github.add({ body: 'Something else' });
    const issue = github.add({ body: `${MARKER}\r\n<!-- failing runs: 4, latest: 4001.1 -->\r\nMy own words` });
    await fails(7);
    expect(github.issues).toHaveLength(231);
    expect(issue.body).toContain('Failing runs so far: 5.');
  });

  test('is looked for among the issues of its account only, however many others there are', async () => {
    for (let other = 0; other < 230; other++) github.add({ author: 'octocat' });
    await isWell(7);
    expect(github.requests).toEqual(['POST /graphql', `GET /repos/${REPOSITORY}/issues`]);
  });

  test('starts to count anew where somebody removed the count', async () => {
    const issue = github.add({ body: `${MARKER}\nmy own words` });
    await fails(7);
    expect(issue.body).toContain('Failing runs so far: 1.');
  });

  test.each([
    ['another user wrote', { body: MARKER, author: 'mallory' }],
    ['another bot wrote', { body: MARKER, author: 'other[bot]' }],
    ['is a pull request', { body: MARKER, isPullRequest: true }],
    ['is closed', { body: MARKER, state: 'closed' }],
    ['quotes the marker', { body: `> someone said\n${MARKER}` }],
    ['has more in the first line', { body: `${MARKER} and more` }],
    ['belongs to another job', { body: MARKER.replace('rotate', 'rotate2') }],
    ['belongs to another workflow', { body: MARKER.replace('nightly', 'weekly') }],
    ['says nothing', { body: null }]
  ])('is not one that %s', async (_name, other) => {
    const before = { ...github.add(other) };
    await fails(7);
    await isWell(8);
    expect(github.issues[0]).toEqual(before);
    expect(github.issues[1]).toMatchObject({ state: 'closed', title: expect.stringContaining('Nightly rotation') });
  });

  test.each([true, false])("is that of the token's own account, whether or not GitHub filters: %j", async (filters) => {
    github.filtersByAuthor = filters;
    github.login = 'octocat';
    const foreign = github.add({ body: MARKER });
    const own = github.add({ body: MARKER, author: 'octocat' });
    await fails(7);
    expect(foreign.body).toBe(MARKER);
    expect(own.body).toContain('Failing runs so far: 1.');
  });

  test('is one of two that runs opened at once: the oldest is kept, and both are closed', async () => {
    await Promise.all([fails(7), fails(8)]);
    const [first, second] = [github.add({ body: MARKER }), github.add({ body: MARKER })].map(({ number }) => number);
    const { infos } = await fails(9);
    expect(infos[1]).toMatch(
      new RegExp(`^Runs that failed at once opened .*/${first}, .*/${second} too; the next run that is well closes all`)
    );
    const updated = github.issues.filter(({ body }) => body?.includes('Summary of run 9'));
    expect(updated.map(({ number }) => number)).toEqual([1]);
    await isWell(10);
    expect(new Set(github.issues.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  test('is one for each leg of a matrix, where the runner tells them apart', async () => {
    const leg = (name: string) => ({ env: { ACTIONS_ORCHESTRATION_ID: `0a1b-2c3d-${name}.rotate.${name}` } });
    await fails(7, leg('eu-west-1'));
    await fails(7, leg('us-east-1.blue'));
    await isWell(8, leg('eu-west-1'));
    await fails(8, leg('us-east-1.blue'));
    expect(github.issues.map(({ title, state }) => [title, state])).toEqual([
      ['Stream encryption fails: Nightly rotation / rotate.eu-west-1', 'closed'],
      ['Stream encryption fails: Nightly rotation / rotate.us-east-1.blue', 'open']
    ]);
  });

  test.each(['0a1b-2c3d.rotate.__default', '0a1b-2c3d.rotate', '0a1b-2c3d', 'another.shape.__default'])(
    'is that of the whole job where there is no matrix: %s',
    async (ACTIONS_ORCHESTRATION_ID) => {
      await fails(7, { env: { ACTIONS_ORCHESTRATION_ID } });
      expect(bodies()).toEqual([expect.stringContaining(`${MARKER}\n`)]);
    }
  );

  test.each([
    [
      'a workflow of another repository',
      { GITHUB_WORKFLOW_REF: 'octo-org/rules/.github/workflows/r.yml@refs/heads/a@refs/b' },
      'octo-org%2Frules%2F.github%2Fworkflows%2Fr.yml'
    ],
    ['a server that tells no file', { GITHUB_WORKFLOW_REF: '' }, 'Nightly%20rotation']
  ])('is found by what is told of %s', async (_name, env, workflow) => {
    await fails(7, { env });
    await fails(8, { env });
    expect(bodies()).toEqual([expect.stringContaining(`<!-- stream-encryption tracks ${workflow} rotate -->\n`)]);
  });

  test('is kept on GitHub Enterprise Server, too', async () => {
    await using server = await LocalGithub.start('/api/v3');
    expect((await fails(7, { env: { GITHUB_API_URL: server.apiUrl } })).warnings).toEqual([]);
    expect(server.issues).toHaveLength(1);
    expect(server.requests[0]).toBe('POST /api/graphql');
  });
});

describe('the body of the tracking issue', () => {
  test('takes a summary to the last character that there is room for, and no more', async () => {
    const asked: number[] = [];
    const fill = (extra: number) => ({
      summary: (most: number) => {
        asked.push(most);
        return 's'.repeat(most + extra);
      }
    });
    await fails(7, fill(0));
    expect(github.issues[0]?.body).toHaveLength(65_536);
    expect(asked[0]).toBeGreaterThan(64_000);
    expect((await fails(8, fill(1))).warnings).toEqual([]);
    expect(github.issues[0]?.body).toMatch(/<p>The summary is too long to stand here: see the run\.<\/p>$/);
  });

  test('hides the ids of accounts, which a log may mask but an issue does not', async () => {
    const arn = (account: string) => `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-123456789012`;
    const kept =
      '<a href="https://github.example/o/r/actions/runs/123456789012">mrk-1234abcd12ab34cd56ef123456789012</a>';
    await fails(7, {
      summary: () => `${arn('111122223333')} ${encodeURIComponent(arn('444455556666'))} logs-777788889999 ${kept}`
    });
    const hidden = '*'.repeat(12);
    expect(github.issues[0]?.body).toContain(
      `${arn(hidden)} ${encodeURIComponent(arn('444455556666')).replace('444455556666', hidden)} logs-${hidden} ${kept}`
    );
  });

  test.each([
    ['the end of a comment, and markup', '--> <img src=x onerror=alert(1)>'],
    ['lines of Markdown', 'a\n\n# @team\n\n--> `b`'],
    ['a mention', '@octo-org/team'],
    ['code, bold, a link', '`@team` **bold** <b>x</b> [l](http://x.example)'],
    ['characters that are none', '\u202e-->\u0000\ud800'],
    ['the end of an attribute, other ends of a comment', '">-- --!> <!--'],
    ['many mentions', '@team '.repeat(2000)]
  ])('neither breaks out of the marker nor mentions anybody where names hold %s', async (_what, name) => {
    const env = {
      GITHUB_WORKFLOW: name,
      GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/${name}.yml@refs/heads/${name}`,
      GITHUB_JOB: name,
      GITHUB_SERVER_URL: `https://github.example/${name}`,
      GITHUB_RUN_NUMBER: name
    };
    await fails(7, { env });
    await fails(8, { env });
    await isWell(9, { env });

    expect(github.issues).toHaveLength(1);
    const { title = '', body, comments = [] } = github.issues[0] ?? {};
    expect(title).toMatch(/^Stream encryption fails: /);
    expect(title).not.toMatch(/[@#`<>\n]/);
    expect(title.length).toBeLessThan(256);

    const [marker, memory, ...lines] = (body ?? '').split('\n');
    expect(marker).toMatch(/^<!-- stream-encryption tracks [^<>\s]+ [^<>\s]+ -->$/);
    expect(memory).toBe('<!-- failing runs: 2, latest: 4008.1 -->');
    // GitHub reads Markdown in what does not begin with a block of HTML, and after an empty line.
    expect(lines[0]).toMatch(/^<p>/);
    expect(lines).not.toContain('');
    expect(comments).toEqual([expect.stringMatching(/^<p>.*<\/p>$/)]);

    const html = [body, ...comments].join('\n');
    expect(proseOf(html)).not.toMatch(/[@#`]|alert|bold|team/);
    expect(new Set(tagsOf(html))).toEqual(new Set(['p', 'code', 'a', 'sub', 'h3']));
  });
});

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
    const { warnings, infos } = await fails(7);
    expect(infos).toEqual([]);
    expect(warnings).toEqual([`The tracking issue was not written: ${why}`]);
  });

  test('the secondary rate limit, that says how long to wait', async () => {
    github.faults.set('POST /repos/', { status: 429, message: 'secondary', headers: { 'retry-after': '3600' } });
    const [warning] = (await fails(7)).warnings;
    const [, ends = ''] = /it ends at (\S+ \S+) UTC/.exec(warning ?? '') ?? [];
    const minutes = (Date.parse(`${ends.replace(' ', 'T')}Z`) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
  });

  test('the token may only read issues', async () => {
    github.may = 'read';
    expect((await fails(7)).warnings).toEqual([
      `The tracking issue was not written: the token may not write issues of ${REPOSITORY} (403: Resource not accessible by integration); ${NOT_MAY}; ${GIVE_TOKEN}.`
    ]);
    github.may = 'write';
    await fails(8);
    github.may = 'read';
    expect((await isWell(9)).warnings).toEqual([
      expect.stringMatching(/^The tracking issue was not closed: the token may not/)
    ]);
    expect(github.issues[0]).toMatchObject({ state: 'open', comments: [] });
  });

  test('the token may not even see issues', async () => {
    github.may = 'nothing';
    const { warnings } = await fails(7);
    expect(warnings).toEqual([expect.stringContaining(`(404: Not Found); ${NOT_MAY}`)]);
  });

  test('the repository has its issues disabled', async () => {
    github.hasIssues = false;
    expect((await fails(7)).warnings).toEqual([
      `The tracking issue was not written: ${REPOSITORY} has its issues disabled; turn them on in its settings, or leave out report-issue.`
    ]);
    expect((await isWell(8)).warnings).toEqual([]);
  });

  test('no token', async () => {
    expect((await fails(7, { token: '' })).warnings).toEqual([`report-issue needs a token; ${GIVE_TOKEN}`]);
    expect(github.requests).toEqual([]);
  });

  test.each([
    ['a wrong token', 'ghs_secret'],
    ['a token in two lines', 'ghs_secret\nghs_more']
  ])('%s, which no message holds', async (_name, token) => {
    const { warnings } = await fails(7, { token });
    expect(warnings).toHaveLength(1);
    expect(warnings.join()).not.toMatch(/ghs_/);
  });

  test('a token that somebody says again is hidden', async () => {
    github.faults.set('POST /repos/', { status: 422, message: `no ${TOKEN} here` });
    expect((await fails(7)).warnings).toEqual([
      'The tracking issue was not written: GitHub refused it (422: no *** here).'
    ]);
  });

  test('no answer within the time of a request', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await fails(7, { requestMs: 50 })).warnings).toEqual([
      'The tracking issue was not written: GitHub did not answer within 0.05 s; the next run tries again.'
    ]);
  });

  test('no answer within the time of all requests', async () => {
    github.faults.set('GET /repos/', 'hang');
    expect((await fails(7, { allMs: 200 })).warnings).toEqual([
      'The tracking issue was not written: it took longer than 0.2 s; the next run tries again.'
    ]);
  });

  test('a connection that breaks', async () => {
    github.faults.set('POST /graphql', 'reset');
    expect((await fails(7)).warnings).toEqual([
      expect.stringMatching(
        /^The tracking issue was not written: GitHub could not be reached at http:\/\/127\.0\.0\.1:\d+ \(.+\); on a self-hosted runner, look at HTTPS_PROXY and NO_PROXY\.$/
      )
    ]);
  });

  test('an issue that is closed but got no comment is not commented on by each run', async () => {
    await fails(7);
    github.faults.set('POST /repos/octo-org/streams/issues/1/comments', { status: 500 });
    expect((await isWell(8)).warnings).toHaveLength(1);
    github.faults.clear();
    await isWell(9);
    expect(github.issues[0]).toMatchObject({ state: 'closed', comments: [] });
  });
});

describe('a cancelled run', () => {
  test('asks GitHub nothing', async () => {
    expect(await fails(7, { signal: AbortSignal.abort() })).toEqual({ infos: [], warnings: [] });
    expect(github.requests).toEqual([]);
  });

  test('ends the request that is under way', async () => {
    github.faults.set('GET /repos/', 'hang');
    const cancelled = new AbortController();
    const tracked = fails(7, { signal: cancelled.signal });
    await Promise.race([github.hanging, tracked]);
    cancelled.abort(new Error('cancelled'));
    expect(await tracked).toEqual({
      infos: ['The run was cancelled: the tracking issue may not tell of it.'],
      warnings: []
    });
    expect(github.issues).toEqual([]);
  });
});

type Node = DefaultTreeAdapterTypes.ChildNode;

/** The elements of a piece of HTML, outermost first. */
function elementsOf(nodes: readonly Node[]): DefaultTreeAdapterTypes.Element[] {
  return nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsOf(node.childNodes)] : []));
}

function tagsOf(html: string): string[] {
  return elementsOf(parseFragment(html).childNodes).map(({ tagName }) => tagName);
}

/** The text of a piece of HTML that does not stand in `<code>`. */
function proseOf(html: string): string {
  const proseIn = (nodes: readonly Node[]): string =>
    nodes
      .map((node) => {
        if ('tagName' in node) return node.tagName === 'code' ? '' : proseIn(node.childNodes);
        return 'value' in node ? node.value : '';
      })
      .join('');
  return proseIn(parseFragment(html).childNodes);
}
