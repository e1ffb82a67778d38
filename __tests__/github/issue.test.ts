import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { LocalGithub, REPOSITORY } from './local-github.ts';
import { trackFailure, trackSuccess } from './tracked-runs.ts';

const ISSUE = 'https://github.example/octo-org/streams/issues';
const MARKER = '<!-- stream-encryption tracks .github%2Fworkflows%2Fnightly.yml rotate -->';
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
    await trackFailure(github, 7);
    const { infos } = await trackFailure(github, 7);
    expect(infos).toEqual([`Updated the tracking issue ${ISSUE}/1.`]);
    expect(github.issues).toMatchObject([{ body: expect.stringContaining('Failing runs so far: 1.') }]);
    await trackFailure(github, 8);
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
    await trackFailure(github, 11, causes(...Array.from({ length: 1_000 }, (_, index) => `${index}`)));
    const long = github.issues[0]?.comments[1] ?? '';
    expect(long.length).toBeLessThan(11_000);
    expect(long).toContain(`<li>… and ${1_000 - (long.split('hit').length - 1)} more in the run.</li>`);
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
    const earlier = await trackFailure(github, 7);
    expect(earlier.infos[0]).toContain('was not updated: it already reports a later run.');
    expect(github.issues).toEqual(before);
    await trackSuccess(github, 8, SECOND_ATTEMPT);
    expect(github.issues).toMatchObject([{ state: 'closed' }]);
  });

  test("is found on a later page, of the token's own account, and with line ends from an edit in the browser", async () => {
    github.login = 'octocat';
    github.add({ body: MARKER });
    for (let other = 0; other < 230; other++) github.add({ author: 'octocat' });
    const record = '<!-- failing runs: 4, latest: 4001.1, causes: 0123456789abcdef -->';
    const issue = github.add({ author: 'octocat', body: `${MARKER}\r\n${record}\r\nAn edited text` });
    await trackFailure(github, 7);
    expect(github.issues).toHaveLength(232);
    expect(issue.body).toContain('Failing runs so far: 5.');
  });

  test('is no issue of another account, job or workflow, no pull request, and none that only quotes the marker', async () => {
    github.filtersByAuthor = false;
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
    for (const name of ['eu-west-1', 'us-east-1']) await trackFailure(github, 7, matrixJob(name));
    await trackSuccess(github, 8, matrixJob('eu-west-1'));
    expect(github.issues).toMatchObject([
      { title: 'Stream encryption fails: Nightly rotation / rotate.eu-west-1', state: 'closed' },
      { title: 'Stream encryption fails: Nightly rotation / rotate.us-east-1', state: 'open' }
    ]);
  });

  test('is written on GitHub Enterprise Server', async () => {
    await using server = await LocalGithub.start('/api/v3');
    await trackFailure(server, 7);
    expect(server.issues).toHaveLength(1);
    expect(server.requests[0]).toBe('POST /api/graphql');
  });

  test('contains a summary that just fits, and leaves out a longer one', async () => {
    const fillLimit = (extra: number) => ({ summary: (maxCharacters: number) => 's'.repeat(maxCharacters + extra) });
    await trackFailure(github, 7, fillLimit(0));
    expect(github.issues[0]?.body).toMatch(/s{64000}$/);
    expect(github.issues[0]?.body).toHaveLength(65_536);
    await trackFailure(github, 8, fillLimit(1));
    expect(github.issues[0]?.body).toMatch(/<p>The summary is too long for an issue: see the run\.<\/p>$/);
  });

  test('has names and links in which no text from outside ends the marker or mentions anybody', async () => {
    const hostile = '"> --> --!> <!-- <img src=x>\n\n# @team\u202e\ud800 `b` **bold** [l](http://x.example)';
    const env = {
      GITHUB_WORKFLOW: hostile.repeat(100),
      GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/${hostile}.yml@refs/heads/${hostile}`,
      GITHUB_JOB: hostile,
      GITHUB_SERVER_URL: `https://github.example/${hostile}`,
      GITHUB_RUN_NUMBER: hostile
    };
    await trackFailure(github, 7, { env });
    await trackSuccess(github, 8, { env });
    const [{ title = '', body = null, comments = [] } = {}] = github.issues;
    expect(title).toMatch(/^Stream encryption fails: [^@#`<>\n]{1,200}$/);
    const [marker, , ...lines] = body?.split('\n') ?? [];
    expect(marker).toMatch(/^<!-- stream-encryption tracks [^<>\s]+ [^<>\s]+ -->$/);
    // GitHub reads Markdown after an empty line, and mentions outside of code.
    expect([lines.length, comments.length]).toEqual([3, 1]);
    for (const line of [...lines, ...comments]) {
      expect(line).toMatch(/^<(p|h3)>.*<\/(p|h3)>$/);
      expect(line.replace(/<code>[^<]*<\/code>|href="[^"<>]*"/g, '')).not.toMatch(/[@#`]|<img|bold/);
    }
  });
});

describe('account ids in the tracking issue', () => {
  /** A summary with account ids in all places, and with other numbers of twelve digits. */
  function summaryWith(first: string, second: string, third: string): string {
    const arn = (account: string) => `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-123456789012`;
    const encoded = encodeURIComponent(arn('444455556666')).replace('444455556666', second);
    const link =
      '<a href="https://github.example/o/r/actions/runs/123456789012">mrk-1234abcd12ab34cd56ef123456789012</a>';
    return `${arn(first)} ${encoded} logs-${third} role/${first} prod${second}x ${link} 1234567890123`;
  }
  const SHOWN = summaryWith('111122223333', '444455556666', '777788889999');
  const HIDDEN = summaryWith('*'.repeat(12), '*'.repeat(12), '*'.repeat(12));
  const withIds = (id = 'one') => ({ summary: () => SHOWN, causes: [{ id, text: SHOWN }] });
  const body = () => github.issues[0]?.body;

  test.each([
    ['public', false, HIDDEN],
    ['private', true, SHOWN],
    ['perhaps public, because GitHub says nothing', undefined, HIDDEN],
    ['perhaps public, because GitHub says neither true nor false', 'true', HIDDEN]
  ])(
    'are hidden, since the runner does not mask them there, unless the repository is private: %s',
    async (_name, isPrivate, expected) => {
      github.isPrivate = isPrivate;
      await trackFailure(github, 7, withIds('one'));
      await trackFailure(github, 8, withIds('two'));
      expect(body()).toContain(expected);
      const [comment = ''] = github.issues[0]?.comments ?? [];
      expect(comment).toContain('1234567890123');
      expect(/111122223333|444455556666|777788889999/.test(comment)).toBe(expected === SHOWN);
    }
  );

  test('are hidden as the event says, and GitHub is asked only if it does not say whether the repository is public', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-issue-'));
    const trackEvent = async (run: number, event: string) => {
      const path = join(folder, 'event.json');
      writeFileSync(path, event);
      await trackFailure(github, run, { ...withIds(), env: { GITHUB_EVENT_PATH: path } });
    };
    await trackEvent(7, '{"repository":{"private":true}}');
    expect(body()).toContain(SHOWN);
    await trackEvent(8, '{"repository":{"private":false}}');
    expect(body()).toContain(HIDDEN);
    const asked = () => github.requests.filter((request) => request === `GET /repos/${REPOSITORY}`);
    expect(asked()).toEqual([]);
    for (const event of ['{"repository":{}}', 'null', 'no JSON']) await trackEvent(9, event);
    expect(asked()).toHaveLength(3);
    rmSync(folder, { recursive: true });
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
