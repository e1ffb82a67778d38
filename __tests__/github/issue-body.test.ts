import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type HtmlNode, parseHtml } from '../end-to-end/html.ts';
import { LocalGithub, REPOSITORY } from './local-github.ts';
import { trackFailure, trackSuccess } from './tracked-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-issue-'));
afterAll(() => rmSync(folder, { recursive: true }));

let github: LocalGithub;
beforeEach(async () => {
  github = await LocalGithub.start();
});
afterEach(() => github[Symbol.asyncDispose]());

describe('the body of the tracking issue', () => {
  test('contains a summary that just fits, and leaves out a longer one', async () => {
    const limits: number[] = [];
    const fillLimit = (extra: number) => ({
      summary: (maxCharacters: number) => {
        limits.push(maxCharacters);
        return 's'.repeat(maxCharacters + extra);
      }
    });
    await trackFailure(github, 7, fillLimit(0));
    expect(github.issues[0]?.body).toHaveLength(65_536);
    expect(limits[0]).toBeGreaterThan(64_000);
    expect((await trackFailure(github, 8, fillLimit(1))).warnings).toEqual([]);
    expect(github.issues[0]?.body).toMatch(/<p>The summary is too long for an issue: see the run\.<\/p>$/);
  });

  /** A summary with account ids in all places, and with other numbers of twelve digits. */
  function summaryWith(first: string, second: string, third: string): string {
    const arn = (account: string) => `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-123456789012`;
    const kept =
      '<a href="https://github.example/o/r/actions/runs/123456789012">mrk-1234abcd12ab34cd56ef123456789012</a> 1234567890123';
    return `${arn(first)} ${encodeURIComponent(arn('444455556666')).replace('444455556666', second)} logs-${third} role/${first} prod${second}x ${kept}`;
  }
  const SHOWN = summaryWith('111122223333', '444455556666', '777788889999');
  const HIDDEN = summaryWith('*'.repeat(12), '*'.repeat(12), '*'.repeat(12));

  test('hides account ids, which the runner does not mask in an issue, in a public repository', async () => {
    const causes = (id: string) => [{ id, text: SHOWN }];
    await trackFailure(github, 7, { summary: () => SHOWN, causes: causes('one') });
    await trackFailure(github, 8, { summary: () => SHOWN, causes: causes('two') });
    expect(github.issues[0]?.body).toContain(HIDDEN);
    expect(github.issues[0]?.comments[0]).not.toMatch(/111122223333|444455556666|777788889999/);
  });

  test('shows account ids in a private repository', async () => {
    github.isPrivate = true;
    const causes = (id: string) => [{ id, text: '111122223333' }];
    await trackFailure(github, 7, { summary: () => SHOWN, causes: causes('one') });
    await trackFailure(github, 8, { summary: () => SHOWN, causes: causes('two') });
    expect(github.issues[0]?.body).toContain(SHOWN);
    expect(github.issues[0]?.comments[0]).toContain('111122223333');
  });

  test.each([
    ['private', '{"repository":{"private":true}}', SHOWN],
    ['public', '{"repository":{"private":false}}', HIDDEN]
  ])('asks GitHub only if the event does not say whether the repository is %s', async (_what, event, expected) => {
    const path = join(folder, 'event.json');
    writeFileSync(path, event);
    await trackFailure(github, 7, { summary: () => SHOWN, env: { GITHUB_EVENT_PATH: path } });
    expect(github.issues[0]?.body).toContain(expected);
    expect(github.requests).not.toContain(`GET /repos/${REPOSITORY}`);
    for (const other of ['{"repository":{}}', 'null', 'no JSON']) {
      writeFileSync(path, other);
      await trackFailure(github, 8, { env: { GITHUB_EVENT_PATH: path } });
    }
    expect(github.requests.filter((request) => request === `GET /repos/${REPOSITORY}`)).toHaveLength(3);
  });

  test.each(['false', 'true', 1, {}])(
    'hides account ids if GitHub says neither true nor false, but %j',
    async (answer) => {
      github.isPrivate = answer;
      await trackFailure(github, 7, { summary: () => SHOWN });
      expect(github.issues[0]?.body).toContain(HIDDEN);
    }
  );

  test('hides account ids if nobody says whether the repository is public', async () => {
    github.isPrivate = true;
    github.showsRepository = false;
    expect((await trackFailure(github, 7, { summary: () => SHOWN })).warnings).toEqual([]);
    expect(github.issues[0]?.body).toContain(HIDDEN);
  });

  test.each([
    ['the end of a comment and markup', '--> <img src=x onerror=alert(1)>'],
    ['lines of Markdown', 'a\n\n# @team\n\n--> `b`'],
    ['a mention', '@octo-org/team'],
    ['code, bold text and a link', '`@team` **bold** <b>x</b> [l](http://x.example)'],
    ['control characters and a lone surrogate', '\u202e-->\u0000\ud800'],
    ['the end of an attribute and other ends of a comment', '">-- --!> <!--'],
    ['many mentions', '@team '.repeat(2000)]
  ])('neither ends the marker nor mentions anybody if names contain %s', async (_what, name) => {
    const env = {
      GITHUB_WORKFLOW: name,
      GITHUB_WORKFLOW_REF: `${REPOSITORY}/.github/workflows/${name}.yml@refs/heads/${name}`,
      GITHUB_JOB: name,
      GITHUB_SERVER_URL: `https://github.example/${name}`,
      GITHUB_RUN_NUMBER: name
    };
    await trackFailure(github, 7, { env });
    await trackFailure(github, 8, { env });
    await trackSuccess(github, 9, { env });

    expect(github.issues).toHaveLength(1);
    const { title = '', body, comments = [] } = github.issues[0] ?? {};
    expect(title).toMatch(/^Stream encryption fails: /);
    expect(title).not.toMatch(/[@#`<>\n]/);
    expect(title.length).toBeLessThan(256);

    const [marker, record, ...lines] = (body ?? '').split('\n');
    expect(marker).toMatch(/^<!-- stream-encryption tracks [^<>\s]+ [^<>\s]+ -->$/);
    expect(record).toMatch(/^<!-- failing runs: 2, latest: 4008\.1, causes: [0-9a-f]{16} -->$/);
    // GitHub reads Markdown before a block of HTML and after an empty line.
    expect(lines[0]).toMatch(/^<p>/);
    expect(lines).not.toContain('');
    expect(comments).toEqual([expect.stringMatching(/^<p>.*<\/p>$/)]);

    const html = [body, ...comments].join('\n');
    expect(textOutsideCode(html)).not.toMatch(/[@#`]|alert|bold|team/);
    expect(new Set(elementNames(html))).toEqual(new Set(['#comment', 'p', 'code', 'a', 'sub', 'h3']));
  });
});

/** The names of all elements. */
function elementNames(html: string): string[] {
  const collect = (content: readonly HtmlNode[]): string[] =>
    content.flatMap((part) => (typeof part === 'string' ? [] : [part.name, ...collect(part.content)]));
  return collect(parseHtml(html));
}

/** The text that is not inside `<code>`. */
function textOutsideCode(html: string): string {
  const collect = (content: readonly HtmlNode[]): string =>
    content
      .map((part) => (typeof part === 'string' ? part : part.name === 'code' ? '' : collect(part.content)))
      .join('');
  return collect(parseHtml(html));
}
