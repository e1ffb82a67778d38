/**
 * Checks the job summary and the tracking issue as a browser and GitHub's Markdown renderer read them. What the action did not
 * escape would become an element, and would be missing in the visible text, which must have each text as it is.
 */

import { expect } from '@jest/globals';
import type { StreamReport } from '../../../src/reporting/report.ts';
import type { StepResult } from '../../../testing/runner.ts';
import type { LocalIssue } from '../../github/local-github.ts';
import { contentOf, element, type HtmlNode, parseHtml, textOf } from '../html.ts';
import { linesOf } from '../workflow-commands.ts';
import { failsStep, formatCounts, type ReportedRun, worstFirst } from './reported-run.ts';
import type { Origin } from './sandbox.ts';
import { expectStatements, statementsAbout } from './statements.ts';
import { oneLine } from './text.ts';

const ACCOUNT = '111122223333';
const BLOCK = /^<\/?(h3|p|ul|li|table|tr)\b/;
const NEXT_STEP = /^(Keep the previous key|(Before the change: )?Producers need) /;
/** Text that GitHub turns into a link, a mention or an emoji, unless it is inside `code`. */
const AUTOLINKED = /@\w|#\d|(?<![\w-])[a-z]+-\d|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,40}\b/i;

/** Expects one block of HTML in which each text is in its place and creates neither a link nor a mention. */
export function expectSummary({ summary, stdout }: StepResult, run: ReportedRun, origin: Origin): void {
  const { outcome, streams, errors } = run;
  expect(summary).toMatch(/^<h3>.*<\/p>\n$/s);
  for (const line of summary.trimEnd().split('\n')) expect(line).toMatch(BLOCK);
  expect(summary).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(summary.length).toBeLessThan(500_000);

  const [heading = '', ...blocks] = parseHtml(summary);
  expect(heading).toEqual(element('h3', textOf(heading)));
  const verdict = streams.length > 1 ? formatCounts(streams) : (streams[0]?.outcome ?? outcome);
  expect(textOf(heading)).toMatch(new RegExp(`^\\S+ Stream encryption: ${verdict}$`));
  expect(blocks.pop()).toEqual(expectedOrigin(origin));
  for (const block of blocks) expectHarmless(block);

  const tables = blocks.filter((block) => nameOf(block) === 'table');
  expect(tables).toHaveLength(Math.min(streams.length, 1));
  const causeCount = blocks.filter((block) => nameOf(contentOf(block)[0]) === 'strong').length;
  for (const table of tables) expectRows(table, streams, causeCount);

  const texts = blocks.flatMap((block) => {
    const name = nameOf(block);
    return name === 'table' ? [] : name === 'ul' ? contentOf(block).map(textOf) : [textOf(block)];
  });
  const [request = ''] = linesOf(stdout);
  if (run.request !== null) expect(request).toBe(oneLine(run.request));
  const hasPlace = run.request !== null || streams.length > 0;
  const nextSteps = linesOf(stdout).filter((line) => NEXT_STEP.test(line));
  for (const text of [...(hasPlace ? [request] : []), ...errors.map(oneLine), ...nextSteps]) {
    expect(texts).toContain(text);
    texts.splice(texts.indexOf(text), 1);
  }
  const isPlaceOrProof = /^((Account \d{12}(, \d{12})* · r|R)egion [a-z0-9-]+|Proof: After [a-z ,]+\.)$/;
  const stated = texts.filter((text) => !isPlaceOrProof.test(text)).map((text) => text.replace(/^Cause \d+: /, ''));
  expectStatements(stated, statementsAbout(streams), ({ stream, reason, text }) =>
    streams.length > 1 ? `${oneLine(stream.name)}: ${oneLine(reason)}` : oneLine(text)
  );
}

/** Expects one issue whose body is one block of HTML: two comments, two paragraphs, and the summary without account IDs. */
export function expectIssue(issues: readonly LocalIssue[], { summary, stdout }: StepResult): void {
  expect(issues).toHaveLength(1);
  expect(stdout).toMatch(/^Opened the tracking issue https:\/\/\S+\/issues\/1\.$/m);
  const [{ title = '', body = null } = {}] = issues;
  expect(title).toMatch(/^Stream encryption fails: [^@#`<>\n\p{Cc}\p{Cf}\p{Cs}]{0,256}$/u);

  const text = body ?? '';
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(text).not.toContain(ACCOUNT);
  const [marker = '', runs = '', ...lines] = text.trimEnd().split('\n');
  expect(marker).toMatch(/^<!-- stream-encryption tracks [^\s<>]+ [^\s<>]+ -->$/);
  expect(runs).toMatch(/^<!-- failing runs: 1, latest: 1658821493\.1, causes: [0-9a-f]{16} -->$/);
  for (const line of lines) expect(line).toMatch(BLOCK);

  const [, , introduction = '', footnote = '', ...embeddedSummary] = parseHtml(text);
  expect(textOf(introduction)).toMatch(/^Stream encryption fails in job .*Failing runs so far: 1\.$/s);
  const replaced = 'Each failing run replaces this text. The next successful run closes the issue.';
  expect(footnote).toEqual(element('p', element('sub', replaced)));
  expect(embeddedSummary).toEqual(parseHtml(summary.trimEnd().replaceAll(ACCOUNT, '************')));
}

function nameOf(node: HtmlNode | undefined): string | null {
  return node === undefined || typeof node === 'string' ? null : node.name;
}

const ALLOWED = ['p', 'ul', 'li', 'strong', 'br', 'sub', 'table', 'tbody', 'tr', 'th', 'td', 'a'];

/** Expects only elements of the action, links to the console only, and everything that GitHub would link in `code`. */
function expectHarmless(node: HtmlNode): void {
  if (typeof node === 'string') expect(node).not.toMatch(AUTOLINKED);
  else if (node.name === 'code') expect(node).toEqual(element('code', ...contentOf(node).map(textOf)));
  else {
    expect(ALLOWED).toContain(node.name);
    const href = expect.stringMatching(/^https:\/\/us-east-1\.console\.(aws\.amazon\.com|amazonaws\.cn)\/[!-~]+…?$/);
    expect(node.attributes).toEqual(node.name === 'a' ? { href } : {});
    for (const inner of node.content) expectHarmless(inner);
  }
}

function expectedOrigin({ repository, workflow, event }: Origin): HtmlNode {
  const href = oneLine(`https://github.com/${repository}/actions/runs/1658821493`);
  const link = { name: 'a', attributes: { href }, content: [code(`${workflow} #7`)] };
  return element('p', element('sub', 'Run ', link, ', triggered by ', code(event)));
}

function code(text: string): HtmlNode {
  return element('code', ...[oneLine(text)].filter((inner) => inner !== ''));
}

/** Expects a row per stream, worst outcome first, with its name, kind and keys. */
function expectRows(table: HtmlNode, streams: readonly StreamReport[], causeCount: number): void {
  const [head, ...rows] = contentOf(contentOf(table)[0]);
  expect(contentOf(head).map(textOf)).toEqual([
    'Outcome',
    'Stream',
    expect.stringMatching(/^Key( before → key now)?$/),
    'Time'
  ]);
  const expected = worstFirst(streams).map((stream) => {
    const label = failsStep(stream) && causeCount > 1 ? 'cause \\d+' : '';
    return [
      expect.stringMatching(new RegExp(`^\\S+ ${stream.outcome}${label}$`)),
      `${oneLine(stream.name)} ${stream.kind}`,
      expect.stringContaining(oneLine((stream.keyId ?? '').replace(`arn:aws:kms:us-east-1:${ACCOUNT}:key/`, ''))),
      expect.stringMatching(/^\d+\.\d\d\u00a0s$/)
    ];
  });
  expect(rows.map((row) => contentOf(row).map(textOf))).toEqual(expected);
  for (const [index, { arn }] of worstFirst(streams).entries()) {
    // The console of a made-up partition is not known.
    const hasLink = nameOf(contentOf(contentOf(rows[index])[1])[0]) === 'a';
    if (!hasLink) expect(arn).not.toMatch(/^(arn:aws(-cn)?:.*)?$/);
  }
}
