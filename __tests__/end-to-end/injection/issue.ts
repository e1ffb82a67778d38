/** What the tracking issue must be: hidden comments of its own, and the summary, in which nobody is mentioned. */

import { expect } from '@jest/globals';
import type { StepResult } from '../../../testing/runner.ts';
import type { LocalIssue } from '../../github/local-github.ts';
import { element, shapesOf, textOf } from '../html.ts';

const ACCOUNT = '111122223333';

/** One issue with one block of HTML: two comments, two paragraphs of its own, and the summary without account ids. */
export function expectIssue(issues: readonly LocalIssue[], { summary, stdout }: StepResult): void {
  expect(issues).toHaveLength(1);
  expect(stdout).toMatch(/^Opened the tracking issue https:\/\/\S+\/issues\/1\.$/m);
  const [{ title = '', body = null } = {}] = issues;
  expect(title).toMatch(/^Stream encryption fails: [^@#`<>\n\p{Cc}\p{Cf}\p{Cs}]{0,256}$/u);

  const text = body ?? '';
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(text).not.toContain(ACCOUNT);
  const [marker = '', memory = '', ...lines] = text.trimEnd().split('\n');
  expect(marker).toMatch(/^<!-- stream-encryption tracks [^\s<>]+ [^\s<>]+ -->$/);
  expect(memory).toBe('<!-- failing runs: 1, latest: 1658821493.1 -->');
  for (const line of lines) expect(line).toMatch(/^<\/?(h3|p|ul|li|table|tr)\b/);

  const [, , where = '', how = '', ...told] = shapesOf(text);
  expect(textOf(where)).toMatch(/^The step that encrypts streams fails in job .*Failing runs so far: 1\.$/s);
  expect(how).toEqual(
    element('p', element('sub', 'Each failing run replaces this text; a later run that is well closes the issue.'))
  );
  expect(told).toEqual(shapesOf(summary.trimEnd().replaceAll(ACCOUNT, '************')));
}
