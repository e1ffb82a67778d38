/** Renders job summaries for tests, and reads their tables as a browser does. */

import type { Result } from '../../src/encryption/model.ts';
import { renderSummary } from '../../src/github/summary.ts';
import type { EndedRun } from '../../src/reporting/ended-run.ts';
import { contentOf, type HtmlElement, type HtmlNode, parseHtml, textOf } from '../end-to-end/html.ts';
import { endedRun } from '../support/ended-runs.ts';

/** The environment variables of the runner. */
export const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo-org/streams',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW: 'Nightly rotation',
  GITHUB_EVENT_NAME: 'schedule'
};

/** What differs from the default run and the defaults of `renderSummary`. */
export interface SummaryOptions extends Partial<Omit<EndedRun, 'streams'>> {
  readonly reportPath?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly maxBytes?: number;
}

/** The rendered summary for these results. */
export function renderResults(results: readonly Result[], options: SummaryOptions = {}): string {
  const { reportPath = null, env = ENV, maxBytes, ...run } = options;
  return renderSummary({ run: endedRun(results, run), reportPath }, env, maxBytes);
}

/** The rows of all tables below their heads, each as the texts of its cells. */
export function tableRows(html: string): string[][] {
  return elements(parseHtml(html), 'table').flatMap((table) =>
    contentOf(contentOf(table)[0])
      .slice(1)
      .map((row) => contentOf(row).map(textOf))
  );
}

/** The visible text of each paragraph, in which a line break is a blank. */
export function paragraphs(html: string): string[] {
  return elements(parseHtml(html.replaceAll('<br>', ' ')), 'p').map(textOf);
}

/** The elements with this name, except those inside one another. */
function elements(nodes: readonly HtmlNode[], name: string): HtmlElement[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    return node.name === name ? [node] : elements(node.content, name);
  });
}
