/** Reads the workflow's inputs into one typed, validated request. All errors are found before any AWS request. */

import { formatError } from '../encryption/format.ts';
import { EMPTY_SELECTION_ACTIONS, MODES, type Mode, type RunRequest } from '../encryption/model.ts';
import { Cancelled } from '../encryption/ports.ts';
import { INPUT_DEFAULTS, type InputName, InputReader } from './input-reader.ts';
import { readCriteria, readFromKeys } from './key-inputs.ts';
import { readKind, readSelection } from './selection-inputs.ts';
import { unknownInputs } from './unknown-inputs.ts';

export interface InputSource {
  /** The input's text, trimmed; empty if it was left out. */
  readonly input: (name: string) => string;
  /** The environment of the step, in which the runner passes the inputs as `INPUT_…`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The region of the AWS profile; empty if it has none. Rejects if it cannot be read, or if the run is cancelled. */
  readonly profileRegion: () => Promise<string>;
}

/** Where the run is reported, besides the log, outputs and summary. */
export interface ReportingOptions {
  /** The path of the report; null if there is to be none. */
  readonly path: string | null;
  /** The token for the tracking issue; null if there is to be none. */
  readonly issueToken: string | null;
}

/** The inputs are invalid. `errors` has a line per error, with the input, the value and the remedy. */
export class InvalidInputs extends Error {
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(errors.join('\n'));
    this.name = 'InvalidInputs';
    this.errors = errors;
  }
}

/** Reads where to report the run, before anything of it can fail. What is invalid counts as left out; `readInputs` reports it. */
export function readReporting(input: InputSource['input']): ReportingOptions {
  const reader = new InputReader(input);
  return { path: readReportPath(reader), issueToken: readIssueToken(reader) };
}

/** Reads the inputs. Rejects with `InvalidInputs`, which has all errors at once, or with `Cancelled`. */
export async function readInputs({ input, env, profileRegion }: InputSource): Promise<RunRequest> {
  const reader = new InputReader(input);
  const region = await readRegion(reader, env, profileRegion);
  const kind = readKind(reader);
  const selection = readSelection(reader, kind, region);
  const ifNoStreamsFound = reader.choice('if-no-streams-found', EMPTY_SELECTION_ACTIONS);
  const mode = reader.choice('mode', MODES);
  const context = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
  const criteria = readCriteria(reader, context);
  const from = readFromKeys(reader, criteria, context);
  const maxChanges = readMaxChanges(reader, mode);
  const wait = readBoolean(reader, 'wait');
  const times = readTimes(reader);
  const verifyRecords = readVerifyRecords(reader, mode, wait);
  // For their errors: the values were read by `readReporting`, whatever else is wrong.
  readReportPath(reader);
  readIssueToken(reader);
  const errors = [...unknownInputs(env), ...reader.errors];
  if (
    errors.length === 0 &&
    region !== null &&
    selection !== null &&
    ifNoStreamsFound !== null &&
    mode !== null &&
    criteria !== null &&
    wait !== null &&
    times !== null &&
    verifyRecords !== null
  ) {
    const settings = { criteria, from, wait, ...times, verifyRecords, maxChanges };
    return { region, selection, ifNoStreamsFound, mode, ...settings };
  }
  throw new InvalidInputs(errors);
}

/** In the order in which they apply. */
const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

async function readRegion(
  reader: InputReader,
  env: InputSource['env'],
  profileRegion: () => Promise<string>
): Promise<string | null> {
  const given = reader.text('region');
  const variable = given === '' ? REGION_VARIABLES.find((name) => env[name]?.trim()) : undefined;
  const remedy =
    variable === undefined
      ? 'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does'
      : `this comes from ${variable}, which must be a region such as eu-central-1`;
  try {
    const region = given || env[variable ?? '']?.trim() || (await profileRegion());
    // The region becomes part of a host name, so only a region may pass.
    if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
    return reader.error('region', region, remedy);
  } catch (cause) {
    if (cause instanceof Cancelled) throw cause;
    return reader.error('region', '', `${formatError(cause)}; ${remedy}`);
  }
}

function readBoolean(reader: InputReader, name: InputName): boolean | null {
  const value = reader.choice(name, ['true', 'false']);
  return value === null ? null : value === 'true';
}

/** Null if the changes are not limited, or if the input is invalid. */
function readMaxChanges(reader: InputReader, mode: Mode | null): number | null {
  const text = reader.text('max-changes');
  if (text === '') return null;
  if (mode !== null && mode !== 'encrypt') {
    reader.error('max-changes', text, `works only in mode encrypt, but mode is ${mode}`);
  }
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  return reader.error('max-changes', text, 'must be a whole number, 1 or more');
}

/** A record proves something only after this run has waited for the change, so a request that could not put one is an error. */
function readVerifyRecords(reader: InputReader, mode: Mode | null, wait: boolean | null): boolean | null {
  const verifyRecords = readBoolean(reader, 'verify-records');
  if (verifyRecords !== true) return verifyRecords;
  const error = (remedy: string) => reader.error('verify-records', reader.text('verify-records'), remedy);
  if (mode !== null && mode !== 'encrypt') error(`works only in mode encrypt, but mode is ${mode}: remove one of them`);
  if (wait === false) error('it must wait for the change to end, so it cannot be combined with wait: false');
  return verifyRecords;
}

function readTimes(reader: InputReader): Pick<RunRequest, 'timeoutMs' | 'settleMs'> | null {
  const timeout = readSeconds(reader, 'timeout-seconds', 1, 86_400);
  const settle = readSeconds(reader, 'settle-seconds', 0, 60);
  if (timeout === null || settle === null) return null;
  if (settle < timeout) return { timeoutMs: timeout * 1000, settleMs: settle * 1000 };
  const settleText = reader.text('settle-seconds');
  if (settleText !== INPUT_DEFAULTS['settle-seconds']) {
    const remedy = `it is part of timeout-seconds (${timeout}) and must be less; give a smaller value, or 0`;
    return reader.error('settle-seconds', settleText, remedy);
  }
  const remedy = `must be greater than settle-seconds (${settle}), which is part of it: give a greater value, or settle-seconds: 0`;
  return reader.error('timeout-seconds', reader.text('timeout-seconds'), remedy);
}

function readSeconds(reader: InputReader, name: InputName, min: number, max: number): number | null {
  const text = reader.text(name);
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= min && seconds <= max) return seconds;
  return reader.error(name, text, `must be a decimal number of seconds from ${min} to ${max}`);
}

function readReportPath(reader: InputReader): string | null {
  const path = reader.text('report-path');
  if (path.endsWith('/')) return reader.error('report-path', path, 'this is a folder: give the path of a file in it');
  if (/^~($|[/\\])/.test(path)) {
    return reader.error('report-path', path, 'a path is used as it is, without expanding "~": give the full path');
  }
  return path || null;
}

function readIssueToken(reader: InputReader): string | null {
  const token = reader.text('github-token');
  if (readBoolean(reader, 'report-issue') !== true) return null;
  if (token === '') return reader.error('github-token', '', 'report-issue needs it: give github.token');
  // The value is a secret.
  if (/\s/.test(token))
    return reader.error(
      'github-token',
      '***',
      'it contains a blank or a line break, which no token does: give github.token'
    );
  return token;
}
