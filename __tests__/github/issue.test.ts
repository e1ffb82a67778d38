import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BOT, LocalGithub, REPOSITORY } from './local-github.ts';
import { MARKER, trackFailure, trackSuccess } from './tracked-runs.ts';

const ISSUE = 'https://github.example/octo-org/streams/issues';
const SECOND_ATTEMPT = { env: { GITHUB_RUN_ATTEMPT: '2' } };

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

/** The HTML link to the run with this number. */
function linkTo(run: number): string {
  return `<a href="https://github.example/octo-org/streams/actions/runs/${4000 + run}"><code>Nightly rotation #${run}</code></a>`;
}

describe('the tracking issue', () => {
  test('is opened by a failing run with its summary, link and time', async () => {
    expect(await trackFailure(github, 7)).toEqual({ infos: [`Opened the tracking issue ${ISSUE}/1.`], warnings: [] });
    const title = 'Stream encryption fails: Nightly rotation / rotate';
    expect(github.issues).toMatchObject([{ title, author: BOT, state: 'open' }]);
    const lines = github.issues[0]?.body?.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'TIME').split('\n');
    expect(lines).toEqual([
      MARKER,
      expect.stringMatching(/^<!-- failing runs: 1, latest: 4007\.1, causes: [0-9a-f]{16} -->$/),
      `<p>Stream encryption fails in job <code>rotate</code> of workflow <code>.github/workflows/nightly.yml</code>. Latest failing run: ${linkTo(7)}, TIME. Failing runs so far: 1.</p>`,
      '<p><sub>Each failing run replaces this text. The next successful run closes the issue.</sub></p>',
      '<h3>Summary of run 7</h3>'
    ]);
  });

  test('is updated by the next failing runs, which are counted, each once although several of its steps fail', async () => {
    const updated = { infos: [`Updated the tracking issue ${ISSUE}/1.`], warnings: [] };
    await trackFailure(github, 7);
    expect(await trackFailure(github, 7)).toEqual(updated);
    expect(github.issues).toMatchObject([{ body: expect.stringContaining('Failing runs so far: 1.') }]);
    expect(await trackFailure(github, 8)).toEqual(updated);
    await trackFailure(github, 8, SECOND_ATTEMPT);
    expect(github.issues).toMatchObject([{ body: expect.stringContaining('Failing runs so far: 3.'), comments: [] }]);
    expect(github.issues[0]?.body).toContain('<h3>Summary of run 8</h3>');
    expect(github.issues[0]?.body).not.toContain('run 7');
  });

  test('gets a comment, which notifies, when the set of causes changes', async () => {
    const causes = (...ids: string[]) => ({ causes: ids.map((id) => ({ id, text: `${id} hit orders` })) });
    await trackFailure(github, 7, causes('one', 'two'));
    await trackFailure(github, 8, causes('two', 'one'));
    expect(github.issues[0]?.comments).toEqual([]);
    await trackFailure(github, 9, causes('two', '@team <b>'));
    await trackFailure(github, 10, causes('two', '@team <b>'));
    const items = ['<li>two hit orders</li>', '<li><code>@team</code> &lt;b&gt; hit orders</li>'];
    expect(github.issues[0]?.comments).toEqual([
      [`<p>The causes have changed. Since run ${linkTo(9)}:</p>`, '<ul>', ...items, '</ul>'].join('\n')
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
    await trackFailure(github, 9);
    expect(github.issues).toMatchObject([{ comments: [] }]);
  });

  test('counts the causes that a comment cannot hold', async () => {
    await trackFailure(github, 7);
    const causes = Array.from({ length: 1_000 }, (_, index) => ({ id: `${index}`, text: `why ${index}`.repeat(10) }));
    await trackFailure(github, 8, { causes });
    const comment = github.issues[0]?.comments[0] ?? '';
    expect(comment.length).toBeLessThan(11_000);
    const shown = comment.split('<li>why').length - 1;
    expect(comment).toMatch(new RegExp(`<li>… and ${1_000 - shown} more in the run\\.</li>\\n</ul>$`));
  });

  test('is closed with a comment by a later successful run, and a new one is opened by the next failure', async () => {
    await trackFailure(github, 7);
    expect(await trackSuccess(github, 8)).toEqual({ infos: [`Closed the tracking issue ${ISSUE}/1.`], warnings: [] });
    const comments = [`<p>Resolved: run ${linkTo(8)} succeeded.</p>`];
    expect(github.issues).toMatchObject([{ state: 'closed', stateReason: 'completed', comments }]);
    await trackFailure(github, 9);
    const body = expect.stringContaining('Failing runs so far: 1.');
    expect(github.issues).toMatchObject([{ state: 'closed' }, { state: 'open', body }]);
  });

  test('is not changed if it reports this run or a later one, but closed by a second attempt', async () => {
    await trackFailure(github, 8);
    const before = structuredClone(github.issues);
    const { infos } = await trackSuccess(github, 8);
    expect(infos).toEqual([`The tracking issue ${ISSUE}/1 stays open: it reports this run or a later one.`]);
    await trackSuccess(github, 7);
    expect((await trackFailure(github, 7)).infos).toEqual([
      `The tracking issue ${ISSUE}/1 was not updated: it already reports a later run.`
    ]);
    expect(github.issues).toEqual(before);
    await trackSuccess(github, 8, SECOND_ATTEMPT);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
  });

  test('is found on a later page, and with line ends from an edit in the browser', async () => {
    for (let other = 0; other < 230; other++) github.add({ body: 'Unrelated' });
    const record = '<!-- failing runs: 4, latest: 4001.1, causes: 0123456789abcdef -->';
    const issue = github.add({ body: `${MARKER}\r\n${record}\r\nAn edited text` });
    await trackFailure(github, 7);
    expect(github.issues).toHaveLength(231);
    expect(issue.body).toContain('Failing runs so far: 5.');
  });

  test('is searched among the issues of its own account only, and not written by a successful run', async () => {
    for (let other = 0; other < 230; other++) github.add({ author: 'octocat' });
    expect(await trackSuccess(github, 7)).toEqual({ infos: [], warnings: [] });
    expect(github.requests).toEqual(['POST /graphql', `GET /repos/${REPOSITORY}/issues`]);
  });

  test('is no issue of another account, job or workflow, no pull request, and none that only quotes the marker', async () => {
    const others = [
      { body: MARKER, author: 'mallory' },
      { body: MARKER, author: 'other[bot]' },
      { body: MARKER, isPullRequest: true },
      { body: MARKER, state: 'closed' },
      { body: `> someone said\n${MARKER}` },
      { body: `${MARKER} and more` },
      { body: MARKER.replace('rotate', 'rotate2') },
      { body: MARKER.replace('nightly', 'weekly') },
      { body: null }
    ].map((other) => ({ ...github.add(other) }));
    await trackFailure(github, 7);
    await trackSuccess(github, 8);
    const title = expect.stringContaining('Nightly rotation');
    expect(github.issues).toEqual([...others, expect.objectContaining({ state: 'closed', title })]);
  });

  test.each([true, false])(
    "is one of the token's own account, whether GitHub filters by author (%j) or not, and restarts its count without a record",
    async (filters) => {
      github.filtersByAuthor = filters;
      github.login = 'octocat';
      const foreign = github.add({ body: MARKER });
      const own = github.add({ body: `${MARKER}\nAn edited text`, author: 'octocat' });
      await trackFailure(github, 7);
      expect(foreign.body).toBe(MARKER);
      expect(own.body).toContain('Failing runs so far: 1.');
    }
  );

  test('of several opened by concurrent runs, the oldest is updated, and all are closed', async () => {
    for (let nth = 1; nth <= 3; nth++) github.add({ body: MARKER });
    expect((await trackFailure(github, 9)).infos).toEqual([
      `Updated the tracking issue ${ISSUE}/1.`,
      `Concurrent failing runs also opened ${ISSUE}/2, ${ISSUE}/3; the next successful run closes all of them.`
    ]);
    expect(github.issues.map(({ body }) => body?.includes('Summary of run 9'))).toEqual([true, false, false]);
    await trackSuccess(github, 10);
    expect(github.issues.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
  });

  test('is separate for each job of a matrix', async () => {
    const matrixJob = (name: string) => ({ env: { ACTIONS_ORCHESTRATION_ID: `0a1b-2c3d.rotate.${name}` } });
    await trackFailure(github, 7, matrixJob('eu-west-1'));
    await trackFailure(github, 7, matrixJob('us-east-1.blue'));
    await trackSuccess(github, 8, matrixJob('eu-west-1'));
    await trackFailure(github, 8, matrixJob('us-east-1.blue'));
    expect(github.issues).toMatchObject([
      { title: 'Stream encryption fails: Nightly rotation / rotate.eu-west-1', state: 'closed' },
      { title: 'Stream encryption fails: Nightly rotation / rotate.us-east-1.blue', state: 'open' }
    ]);
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
    const infos = ['The run was cancelled, so the tracking issue may be out of date.'];
    expect(await tracked).toEqual({ infos, warnings: [] });
    expect(github.issues).toEqual([]);
  });
});
