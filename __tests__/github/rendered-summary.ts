/** Renders job summaries for tests, and reads their tables as a browser does. */

import type { Result } from '../../src/encryption/model.ts';
import { renderSummary, type Summary } from '../../src/github/summary.ts';
import { contentOf, parseHtml, textOf } from '../end-to-end/html.ts';

/** The environment variables of the runner. */
export const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo-org/streams',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW: 'Nightly rotation',
  GITHUB_EVENT_NAME: 'schedule'
};

/** When the run of each stream ended. */
export const ENDED_AT = new Date('2026-03-01T22:30:00Z');

/** The content of the summary for these results. */
export function summaryContent(results: readonly Result[], overrides: Partial<Summary> = {}): Summary {
  const consoleUrl = 'https://console.example/?a=1&b=2';
  const rows = results.map((result) => ({ result, endedAt: ENDED_AT, consoleUrl }));
  return { request: 'us-east-1 · mode encrypt', rows, runOutcome: null, errors: [], reportPath: null, ...overrides };
}

/** The rendered summary for these results. */
export function renderResults(results: readonly Result[], overrides?: Partial<Summary>): string {
  return renderSummary(summaryContent(results, overrides), ENV);
}

/** The rows of the table below its head, each as the texts of its cells. */
export function tableRows(html: string): string[][] {
  return parseTable(html).slice(1);
}

export function columnTitles(html: string): string[] {
  return parseTable(html)[0] ?? [];
}

function parseTable(html: string): string[][] {
  const table = parseHtml(html).find((node) => typeof node !== 'string' && node.name === 'table');
  return contentOf(contentOf(table)[0]).map((row) => contentOf(row).map(textOf));
}
