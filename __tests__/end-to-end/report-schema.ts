import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/reporting/report.ts';

const schema = JSON.parse(readFileSync('schema/report.schema.json', 'utf8'));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

/** Reads the file of a report, and sees to it that it is as its schema says. */
export function parseReport(text: string): Report {
  const report: Report = JSON.parse(text);
  validate(report);
  expect(validate.errors).toBeNull();
  return report;
}
