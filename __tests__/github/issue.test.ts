import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BOT, LocalGithub, REPOSITORY } from './local-github.ts';
import { MARKER, trackFailure, trackSuccess } from './tracked-runs.ts';

const ISSUE = 'https://github.example/octo-org/streams/issues';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

function issueBodies(): (string | null)[] {
  return github.issues.map(({ body }) => body);
}

describe('the tracking issue', () => {
  test('is opened by a failing run with its summary, link and time', async () => {
    expect(await trackFailure(github, 7)).toEqual({ infos: [`Opened the tracking issue ${ISSUE}/1.`], warnings: [] });
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
      expect.stringMatching(/^<!-- failing runs: 1, latest: 4007\.1, causes: [0-9a-f]{16} -->$/),
      expect.stringMatching(
        /^<p>Stream encryption fails in job <code>rotate<\/code> of workflow <code>\.github\/workflows\/nightly\.yml<\/code>\. Latest failing run: <a href="https:\/\/github\.example\/octo-org\/streams\/actions\/runs\/4007"><code>Nightly rotation #7<\/code><\/a>, \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Failing runs so far: 1\.<\/p>$/
      ),
      '<p><sub>Each failing run replaces this text. The next successful run closes the issue.</sub></p>',
      '<h3>Summary of run 7</h3>'
    ]);
  });

  test('is updated by the next failing runs, which are counted', async () => {
    await trackFailure(github, 7);
    expect(await trackFailure(github, 8)).toEqual({ infos: [`Updated the tracking issue ${ISSUE}/1.`], warnings: [] });
    await trackFailure(github, 8, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(issueBodies()).toEqual([expect.stringContaining('Failing runs so far: 3.')]);
    expect(github.issues[0]?.body).toContain('<h3>Summary of run 8</h3>');
    expect(github.issues[0]?.body).not.toContain('run 7');
    expect(github.issues[0]?.comments).toEqual([]);
  });

  test('gets a comment, which notifies, when the set of causes changes', async () => {
    const causes = (...ids: string[]) => ({ causes: ids.map((id) => ({ id, text: `${id} hit orders` })) });
    await trackFailure(github, 7, causes('one', 'two'));
    await trackFailure(github, 8, causes('two', 'one'));
    expect(github.issues[0]?.comments).toEqual([]);
    await trackFailure(github, 9, causes('two', '@team <b>'));
    await trackFailure(github, 10, causes('two', '@team <b>'));
    expect(github.issues[0]?.comments).toEqual([
      [
        '<p>The causes have changed. Since run <a href="https://github.example/octo-org/streams/actions/runs/4009"><code>Nightly rotation #9</code></a>:</p>',
        '<ul>',
        '<li>two hit orders</li>',
        '<li><code>@team</code> &lt;b&gt; hit orders</li>',
        '</ul>'
      ].join('\n')
    ]);
  });

  test('gets no comment for another name of the session, or if it could not be updated', async () => {
    const denied = (session: string) => {
      const id = `User: arn:aws:sts::111122223333:assumed-role/rotate/${session} is not authorized`;
      return { causes: [{ id, text: id }] };
    };
    await trackFailure(github, 7, denied('run-7'));
    await trackFailure(github, 8, denied('run-8'));
    github.faults.set('PATCH /repos/', { status: 500 });
    await trackFailure(github, 9, { causes: [{ id: 'another', text: 'another' }] });
    expect(github.issues[0]?.comments).toEqual([]);
  });

  test('counts the causes that a comment cannot hold', async () => {
    await trackFailure(github, 7);
    const causes = Array.from({ length: 1_000 }, (_, index) => ({ id: `${index}`, text: `why ${index}`.repeat(10) }));
    await trackFailure(github, 8, { causes });
    const comment = github.issues[0]?.comments[0] ?? '';
    expect(comment.length).toBeLessThan(11_000);
    expect(comment).toMatch(/<li>… and \d+ more in the run\.<\/li>\n<\/ul>$/);
  });

  test('is closed with a comment by a later successful run, and a new one is opened by the next failure', async () => {
    await trackFailure(github, 7);
    expect(await trackSuccess(github, 8)).toEqual({ infos: [`Closed the tracking issue ${ISSUE}/1.`], warnings: [] });
    expect(github.issues[0]).toMatchObject({
      state: 'closed',
      stateReason: 'completed',
      comments: [
        '<p>Resolved: run <a href="https://github.example/octo-org/streams/actions/runs/4008"><code>Nightly rotation #8</code></a> succeeded.</p>'
      ]
    });
    await trackFailure(github, 9);
    expect(github.issues.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(github.issues[1]?.body).toContain('Failing runs so far: 1.');
  });

  test('is not written by a successful run', async () => {
    expect(await trackSuccess(github, 7)).toEqual({ infos: [], warnings: [] });
    expect(github.writes()).toEqual([]);
  });

  test('is closed by a second attempt of the run that failed', async () => {
    await trackFailure(github, 7);
    await trackSuccess(github, 7, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(github.issues[0]?.state).toBe('closed');
  });

  test('is not changed if it reports this run or a later one', async () => {
    await trackFailure(github, 8);
    const before = github.issues[0]?.body;
    const { infos } = await trackSuccess(github, 8);
    expect(infos).toEqual([`The tracking issue ${ISSUE}/1 stays open: it reports this run or a later one.`]);
    await trackSuccess(github, 7);
    expect((await trackFailure(github, 7)).infos).toEqual([
      `The tracking issue ${ISSUE}/1 was not updated: it already reports a later run.`
    ]);
    expect(github.issues).toEqual([expect.objectContaining({ state: 'open', body: before, comments: [] })]);
  });

  test('counts a run with several failed steps once', async () => {
    await trackFailure(github, 7);
    await trackFailure(github, 7);
    expect(issueBodies()).toEqual([expect.stringContaining('Failing runs so far: 1.')]);
  });

  test('is found on a later page, and with line ends from an edit in the browser', async () => {
    for (let other = 0; other < 230; other++) github.add({ body: 'Unrelated' });
    const issue = github.add({
      body: `${MARKER}\r\n<!-- failing runs: 4, latest: 4001.1, causes: 0123456789abcdef -->\r\nAn edited text`
    });
    await trackFailure(github, 7);
    expect(github.issues).toHaveLength(231);
    expect(issue.body).toContain('Failing runs so far: 5.');
  });

  test('is searched among the issues of its own account only', async () => {
    for (let other = 0; other < 230; other++) github.add({ author: 'octocat' });
    await trackSuccess(github, 7);
    expect(github.requests).toEqual(['POST /graphql', `GET /repos/${REPOSITORY}/issues`]);
  });

  test('restarts the count if the record was removed', async () => {
    const issue = github.add({ body: `${MARKER}\nAn edited text` });
    await trackFailure(github, 7);
    expect(issue.body).toContain('Failing runs so far: 1.');
  });

  test.each([
    ['another user wrote', { body: MARKER, author: 'mallory' }],
    ['another bot wrote', { body: MARKER, author: 'other[bot]' }],
    ['is a pull request', { body: MARKER, isPullRequest: true }],
    ['is closed', { body: MARKER, state: 'closed' }],
    ['quotes the marker', { body: `> someone said\n${MARKER}` }],
    ['has more text in the first line', { body: `${MARKER} and more` }],
    ['belongs to another job', { body: MARKER.replace('rotate', 'rotate2') }],
    ['belongs to another workflow', { body: MARKER.replace('nightly', 'weekly') }],
    ['has no body', { body: null }]
  ])('is not an issue that %s', async (_name, other) => {
    const before = { ...github.add(other) };
    await trackFailure(github, 7);
    await trackSuccess(github, 8);
    expect(github.issues[0]).toEqual(before);
    expect(github.issues[1]).toMatchObject({ state: 'closed', title: expect.stringContaining('Nightly rotation') });
  });

  test.each([true, false])(
    "is one of the token's own account, even if GitHub does not filter by author: filters %j",
    async (filters) => {
      github.filtersByAuthor = filters;
      github.login = 'octocat';
      const foreign = github.add({ body: MARKER });
      const own = github.add({ body: MARKER, author: 'octocat' });
      await trackFailure(github, 7);
      expect(foreign.body).toBe(MARKER);
      expect(own.body).toContain('Failing runs so far: 1.');
    }
  );

  test('of several opened by concurrent runs, the oldest is updated, and all are closed', async () => {
    await Promise.all([trackFailure(github, 7), trackFailure(github, 8)]);
    const [first, second] = [github.add({ body: MARKER }), github.add({ body: MARKER })].map(({ number }) => number);
    const { infos } = await trackFailure(github, 9);
    expect(infos[1]).toMatch(
      new RegExp(
        `^Concurrent failing runs also opened .*/${first}, .*/${second}; the next successful run closes all of them`
      )
    );
    const updated = github.issues.filter(({ body }) => body?.includes('Summary of run 9'));
    expect(updated.map(({ number }) => number)).toEqual([1]);
    await trackSuccess(github, 10);
    expect(new Set(github.issues.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  test('is separate for each job of a matrix', async () => {
    const matrixJob = (name: string) => ({ env: { ACTIONS_ORCHESTRATION_ID: `0a1b-2c3d.rotate.${name}` } });
    await trackFailure(github, 7, matrixJob('eu-west-1'));
    await trackFailure(github, 7, matrixJob('us-east-1.blue'));
    await trackSuccess(github, 8, matrixJob('eu-west-1'));
    await trackFailure(github, 8, matrixJob('us-east-1.blue'));
    expect(github.issues.map(({ title, state }) => [title, state])).toEqual([
      ['Stream encryption fails: Nightly rotation / rotate.eu-west-1', 'closed'],
      ['Stream encryption fails: Nightly rotation / rotate.us-east-1.blue', 'open']
    ]);
  });

  test.each([
    ['two jobs', 'eu.rotate.__default', 'us.rotate.__default'],
    ['two jobs, written with their own default', 'eu.__default.rotate.__default', 'us.__default.rotate.__default'],
    ['a matrix', 'all.eu.rotate.__default', 'all.us.rotate.__default'],
    ['a matrix, which has one too', 'all.eu.rotate.blue', 'all.us.rotate.blue'],
    ['nested workflows', 'eu.nested.rotate.__default', 'us.nested.rotate.__default']
  ])('is separate for each caller of a reusable workflow: %s', async (_name, eu, us) => {
    const caller = (path: string, run: number) => ({ env: { ACTIONS_ORCHESTRATION_ID: `0a1b-2c3d-${run}.${path}` } });
    await trackFailure(github, 7, caller(eu, 7));
    await trackSuccess(github, 7, caller(us, 7));
    await trackFailure(github, 8, caller(eu, 8));
    await trackFailure(github, 8, caller(us, 8));
    await trackSuccess(github, 9, caller(us, 9));
    expect(
      github.issues.map(({ title, state }) => [
        title
          .replace(/.* \/ /, '')
          .split('.')
          .includes('eu'),
        state
      ])
    ).toEqual([
      [true, 'open'],
      [false, 'closed']
    ]);
  });

  test.each(['0a1b-2c3d.rotate.__default', '0a1b-2c3d.rotate', '0a1b-2c3d', 'another.shape.__default'])(
    'belongs to the whole job if there is no matrix: %s',
    async (ACTIONS_ORCHESTRATION_ID) => {
      await trackFailure(github, 7, { env: { ACTIONS_ORCHESTRATION_ID } });
      expect(issueBodies()).toEqual([expect.stringContaining(`${MARKER}\n`)]);
    }
  );

  test.each([
    [
      'a workflow of another repository',
      { GITHUB_WORKFLOW_REF: 'octo-org/rules/.github/workflows/r.yml@refs/heads/a@refs/b' },
      'octo-org%2Frules%2F.github%2Fworkflows%2Fr.yml'
    ],
    ['a server that does not provide the file', { GITHUB_WORKFLOW_REF: '' }, 'Nightly%20rotation']
  ])('is identified by the workflow in the case of %s', async (_name, env, workflow) => {
    await trackFailure(github, 7, { env });
    await trackFailure(github, 8, { env });
    expect(issueBodies()).toEqual([expect.stringContaining(`<!-- stream-encryption tracks ${workflow} rotate -->\n`)]);
  });

  test('is written on GitHub Enterprise Server', async () => {
    await using server = await LocalGithub.start('/api/v3');
    expect((await trackFailure(server, 7)).warnings).toEqual([]);
    expect(server.issues).toHaveLength(1);
    expect(server.requests[0]).toBe('POST /api/graphql');
  });
});

describe('a cancelled run', () => {
  test('sends no request to GitHub', async () => {
    expect(await trackFailure(github, 7, { signal: AbortSignal.abort() })).toEqual({ infos: [], warnings: [] });
    expect(github.requests).toEqual([]);
  });

  test('aborts the request in flight', async () => {
    github.faults.set('GET /repos/', 'hang');
    const cancelled = new AbortController();
    const tracked = trackFailure(github, 7, { signal: cancelled.signal });
    await Promise.race([github.hanging, tracked]);
    cancelled.abort(new Error('cancelled'));
    expect(await tracked).toEqual({
      infos: ['The run was cancelled, so the tracking issue may be out of date.'],
      warnings: []
    });
    expect(github.issues).toEqual([]);
  });
});
