import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/reporting/report.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const validate = ajv.compile<Report>(JSON.parse(readFileSync('schema/report.schema.json', 'utf8')));

/** Parses a report file. Throws if it does not match schema/report.schema.json. */
export function parseReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!validate(report)) throw new Error(`The report does not match its schema: ${ajv.errorsText(validate.errors)}`);
  return report;
}
