/** Job summaries as the tests ask for them, and the parts of one as a browser shows them. */

import type { Result } from '../../src/encryption/model.ts';
import { renderSummary, type Summary } from '../../src/github/summary.ts';
import { contentOf, parseHtml, textOf } from '../end-to-end/html.ts';

/** What the runner tells of the run. */
export const ENV = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo-org/streams',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW: 'Nightly rotation',
  GITHUB_EVENT_NAME: 'schedule'
};

/** When each stream came to its end. */
export const ENDED = new Date('2026-03-01T22:30:00Z');

/** What there is to tell of a run with these results. */
export function toTell(results: readonly Result[], otherwise: Partial<Summary> = {}): Summary {
  const consoleUrl = 'https://console.example/?a=1&b=2';
  const rows = results.map((one) => ({ result: one, endedAt: ENDED, consoleUrl }));
  return { request: 'us-east-1 · mode encrypt', rows, runOutcome: null, errors: [], reportPath: null, ...otherwise };
}

/** The summary of a run with these results. */
export function summaryWith(results: readonly Result[], otherwise?: Partial<Summary>): string {
  return renderSummary(toTell(results, otherwise), ENV);
}

/** The rows of the table below its head, each as the texts of its cells. */
export function rowsOf(html: string): string[][] {
  return tableOf(html).slice(1);
}

/** The titles of the table's columns. */
export function headOf(html: string): string[] {
  return tableOf(html)[0] ?? [];
}

function tableOf(html: string): string[][] {
  const table = parseHtml(html).find((shape) => typeof shape !== 'string' && shape.name === 'table');
  return contentOf(contentOf(table)[0]).map((row) => contentOf(row).map(textOf));
}
