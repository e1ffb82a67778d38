/** Checks the tracking issue: hidden comments, the intended paragraphs and the summary, without mentions. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import type { LocalIssue } from '../../github/local-github.ts';
import { element, parseHtml, textOf } from '../html.ts';

const ACCOUNT = '111122223333';

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
  for (const line of lines) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);

  const [, , introduction = '', footnote = '', ...embeddedSummary] = parseHtml(text);
  expect(textOf(introduction)).toMatch(/^Stream encryption fails in job .*Failing runs so far: 1\.$/s);
  expect(footnote).toEqual(
    element('p', element('sub', 'Each failing run replaces this text. The next successful run closes the issue.'))
  );
  expect(embeddedSummary).toEqual(parseHtml(summary.trimEnd().replaceAll(ACCOUNT, '************')));
}
