/** Writes the report to the file in `report-path`. */

import { formatError } from '../encryption/format.ts';
import type { Report } from '../reporting/report.ts';
import { replaceFile } from './files.ts';
import { hideSecrets } from './secrets.ts';

/** Writes the report as JSON, and creates missing folders. The error of a failed attempt names the path. */
export function writeReport(path: string, report: Report): void {
  try {
    replaceFile(path, `${JSON.stringify(report, toPrintable, 2)}\n`);
  } catch (cause) {
    throw new Error(
      `The report was not written: report-path is "${path}": ${formatError(cause)}. Give the path of a file that the step can write`,
      { cause }
    );
  }
}

/** Without secrets, and without a lone surrogate, which truncated text may end with and some JSON parsers reject. */
function toPrintable(_field: string, value: unknown): unknown {
  return typeof value === 'string' ? hideSecrets(value).toWellFormed() : value;
}
