import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** The fields of the report that the tests read. */
export interface Report {
  readonly version: number;
  readonly request: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly outcome: string;
  readonly changed: boolean;
  readonly encrypted: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
  readonly noStreams: string | null;
  readonly streams: readonly StreamReport[];
}

export interface StreamReport {
  readonly kind: string;
  readonly name: string;
  readonly arn: string | null;
  readonly named: boolean;
  readonly outcome: string;
  readonly changed: boolean;
  readonly encrypted: string;
  readonly status: string | null;
  readonly keyType: string | null;
  readonly keyId: string | null;
  readonly previousKeyType: string | null;
  readonly previousKeyId: string | null;
  readonly source: string | null;
  readonly previousKeyNeededUntil: string | null;
  readonly message: string;
  readonly lastObservedAt: string | null;
  readonly warnings: readonly string[];
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const validate = ajv.compile<Report>(JSON.parse(readFileSync('schema/report.schema.json', 'utf8')));

/** Parses a report file. Throws if it does not match schema/report.schema.json. */
export function parseReport(text: string): Report {
  const report: unknown = JSON.parse(text);
  if (!validate(report)) throw new Error(`The report does not match its schema: ${ajv.errorsText(validate.errors)}`);
  return report;
}
