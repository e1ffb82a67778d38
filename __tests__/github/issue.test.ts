import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BOT, LocalGithub, REPOSITORY } from './local-github.ts';
import { endsWell, fails, MARKER } from './tracked-runs.ts';

const ISSUE = 'https://github.example/octo-org/streams/issues';

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

function bodies(): (string | null)[] {
  return github.issues.map(({ body }) => body);
}

describe('the tracking issue', () => {
  test('is opened by a failing run, with its summary, link and time', async () => {
    expect(await fails(github, 7)).toEqual({ infos: [`Opened the tracking issue ${ISSUE}/1.`], warnings: [] });
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
    await fails(github, 7);
    expect(await fails(github, 8)).toEqual({ infos: [`Updated the tracking issue ${ISSUE}/1.`], warnings: [] });
    await fails(github, 8, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(bodies()).toEqual([expect.stringContaining('Failing runs so far: 3.')]);
    expect(github.issues[0]?.body).toContain('<h3>Summary of run 8</h3>');
    expect(github.issues[0]?.body).not.toContain('run 7');
    expect(github.issues[0]?.comments).toEqual([]);
  });

  test('is closed with a word by a later run that is well, and opened anew when it fails again', async () => {
    await fails(github, 7);
    expect(await endsWell(github, 8)).toEqual({ infos: [`Closed the tracking issue ${ISSUE}/1.`], warnings: [] });
    expect(github.issues[0]).toMatchObject({
      state: 'closed',
      stateReason: 'completed',
      comments: [
        '<p>Well again: run <a href="https://github.example/octo-org/streams/actions/runs/4008"><code>Nightly rotation #8</code></a>.</p>'
      ]
    });
    await fails(github, 9);
    expect(github.issues.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(github.issues[1]?.body).toContain('Failing runs so far: 1.');
  });

  test('is not there for a run that is well: nothing is written', async () => {
    expect(await endsWell(github, 7)).toEqual({ infos: [], warnings: [] });
    expect(github.writes()).toEqual([]);
  });

  test('is closed by a second attempt of the run that failed', async () => {
    await fails(github, 7);
    await endsWell(github, 7, { env: { GITHUB_RUN_ATTEMPT: '2' } });
    expect(github.issues[0]?.state).toBe('closed');
  });

  test('stays as it is where it tells of this very run or of a later one', async () => {
    await fails(github, 8);
    const before = github.issues[0]?.body;
    const { infos } = await endsWell(github, 8);
    expect(infos).toEqual([`The tracking issue ${ISSUE}/1 tells of this run or a later one, and stays open.`]);
    await endsWell(github, 7);
    expect((await fails(github, 7)).infos).toEqual([
      `The tracking issue ${ISSUE}/1 tells of a later run, and is left as it is.`
    ]);
    expect(github.issues).toEqual([expect.objectContaining({ state: 'open', body: before, comments: [] })]);
  });

  test('counts a run once, whose steps fail one after the other', async () => {
    await fails(github, 7);
    await fails(github, 7);
    expect(bodies()).toEqual([expect.stringContaining('Failing runs so far: 1.')]);
  });

  test('is found on a later page, and after somebody edited it in the browser', async () => {
    for (let other = 0; other < 230; other++) github.add({ body: 'Something else' });
    const issue = github.add({ body: `${MARKER}\r\n<!-- failing runs: 4, latest: 4001.1 -->\r\nMy own words` });
    await fails(github, 7);
    expect(github.issues).toHaveLength(231);
    expect(issue.body).toContain('Failing runs so far: 5.');
  });

  test('is looked for among the issues of its account only, however many others there are', async () => {
    for (let other = 0; other < 230; other++) github.add({ author: 'octocat' });
    await endsWell(github, 7);
    expect(github.requests).toEqual(['POST /graphql', `GET /repos/${REPOSITORY}/issues`]);
  });

  test('starts to count anew where somebody removed the count', async () => {
    const issue = github.add({ body: `${MARKER}\nmy own words` });
    await fails(github, 7);
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
    await fails(github, 7);
    await endsWell(github, 8);
    expect(github.issues[0]).toEqual(before);
    expect(github.issues[1]).toMatchObject({ state: 'closed', title: expect.stringContaining('Nightly rotation') });
  });

  test.each([true, false])("is that of the token's own account, whether or not GitHub filters: %j", async (filters) => {
    github.filtersByAuthor = filters;
    github.login = 'octocat';
    const foreign = github.add({ body: MARKER });
    const own = github.add({ body: MARKER, author: 'octocat' });
    await fails(github, 7);
    expect(foreign.body).toBe(MARKER);
    expect(own.body).toContain('Failing runs so far: 1.');
  });

  test('is one of two that runs opened at once: the oldest is kept, and both are closed', async () => {
    await Promise.all([fails(github, 7), fails(github, 8)]);
    const [first, second] = [github.add({ body: MARKER }), github.add({ body: MARKER })].map(({ number }) => number);
    const { infos } = await fails(github, 9);
    expect(infos[1]).toMatch(
      new RegExp(`^Runs that failed at once opened .*/${first}, .*/${second} too; the next run that is well closes all`)
    );
    const updated = github.issues.filter(({ body }) => body?.includes('Summary of run 9'));
    expect(updated.map(({ number }) => number)).toEqual([1]);
    await endsWell(github, 10);
    expect(new Set(github.issues.map(({ state }) => state))).toEqual(new Set(['closed']));
  });

  test('is one for each leg of a matrix, where the runner tells them apart', async () => {
    const leg = (name: string) => ({ env: { ACTIONS_ORCHESTRATION_ID: `0a1b-2c3d-${name}.rotate.${name}` } });
    await fails(github, 7, leg('eu-west-1'));
    await fails(github, 7, leg('us-east-1.blue'));
    await endsWell(github, 8, leg('eu-west-1'));
    await fails(github, 8, leg('us-east-1.blue'));
    expect(github.issues.map(({ title, state }) => [title, state])).toEqual([
      ['Stream encryption fails: Nightly rotation / rotate.eu-west-1', 'closed'],
      ['Stream encryption fails: Nightly rotation / rotate.us-east-1.blue', 'open']
    ]);
  });

  test.each(['0a1b-2c3d.rotate.__default', '0a1b-2c3d.rotate', '0a1b-2c3d', 'another.shape.__default'])(
    'is that of the whole job where there is no matrix: %s',
    async (ACTIONS_ORCHESTRATION_ID) => {
      await fails(github, 7, { env: { ACTIONS_ORCHESTRATION_ID } });
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
    await fails(github, 7, { env });
    await fails(github, 8, { env });
    expect(bodies()).toEqual([expect.stringContaining(`<!-- stream-encryption tracks ${workflow} rotate -->\n`)]);
  });

  test('is kept on GitHub Enterprise Server, too', async () => {
    await using server = await LocalGithub.start('/api/v3');
    expect((await fails(server, 7)).warnings).toEqual([]);
    expect(server.issues).toHaveLength(1);
    expect(server.requests[0]).toBe('POST /api/graphql');
  });
});

describe('a cancelled run', () => {
  test('asks GitHub nothing', async () => {
    expect(await fails(github, 7, { signal: AbortSignal.abort() })).toEqual({ infos: [], warnings: [] });
    expect(github.requests).toEqual([]);
  });

  test('ends the request that is under way', async () => {
    github.faults.set('GET /repos/', 'hang');
    const cancelled = new AbortController();
    const tracked = fails(github, 7, { signal: cancelled.signal });
    await Promise.race([github.hanging, tracked]);
    cancelled.abort(new Error('cancelled'));
    expect(await tracked).toEqual({
      infos: ['The run was cancelled: the tracking issue may not tell of it.'],
      warnings: []
    });
    expect(github.issues).toEqual([]);
  });
});
