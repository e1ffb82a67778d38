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

  test.each([
    ['hides account ids, which the runner does not mask in an issue, in a public repository', false, HIDDEN],
    ['shows account ids in a private repository', true, SHOWN]
  ])('%s', async (_name, isPrivate, expected) => {
    github.isPrivate = isPrivate;
    const content = (id: string) => ({ summary: () => SHOWN, causes: [{ id, text: SHOWN }] });
    await trackFailure(github, 7, content('one'));
    await trackFailure(github, 8, content('two'));
    expect(github.issues[0]?.body).toContain(expected);
    const [comment = ''] = github.issues[0]?.comments ?? [];
    expect(comment).toContain('1234567890123');
    expect(/111122223333|444455556666|777788889999/.test(comment)).toBe(isPrivate);
  });

  test('hides account ids if GitHub says neither true nor false, or nothing', async () => {
    for (const [run, answer] of ['false', 'true', 1, {}].entries()) {
      github.isPrivate = answer;
      await trackFailure(github, run, { summary: () => `${SHOWN} ${run}` });
      expect(github.issues[0]?.body).toContain(`${HIDDEN} ${run}`);
    }
    github.isPrivate = true;
    github.showsRepository = false;
    expect((await trackFailure(github, 9, { summary: () => `${SHOWN} 9` })).warnings).toEqual([]);
    expect(github.issues[0]?.body).toContain(`${HIDDEN} 9`);
  });

  test('asks GitHub only if the event does not say whether the repository is public', async () => {
    const trackEvent = async (run: number, event: string) => {
      const path = join(folder, 'event.json');
      writeFileSync(path, event);
      await trackFailure(github, run, { summary: () => SHOWN, env: { GITHUB_EVENT_PATH: path } });
    };
    await trackEvent(7, '{"repository":{"private":true}}');
    expect(github.issues[0]?.body).toContain(SHOWN);
    await trackEvent(8, '{"repository":{"private":false}}');
    expect(github.issues[0]?.body).toContain(HIDDEN);
    const asked = () => github.requests.filter((request) => request === `GET /repos/${REPOSITORY}`);
    expect(asked()).toEqual([]);
    for (const event of ['{"repository":{}}', 'null', 'no JSON']) await trackEvent(9, event);
    expect(asked()).toHaveLength(3);
  });

  test.each([
    ['the end of a comment and markup', '--> <img src=x onerror=alert(1)>'],
    ['lines of Markdown', 'a\n\n# @team\n\n--> `b`'],
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
  const outside = (part: HtmlNode): string => {
    if (typeof part === 'string') return part;
    return part.name === 'code' ? '' : part.content.map(outside).join('');
  };
  return parseHtml(html).map(outside).join('');
}
