/** The workflow's inputs → one typed, validated request. Every fault is found before anything is asked of AWS. */

import { MODES, type Mode, type RunRequest } from '../encryption/model.ts';
import { InputReader } from './input-reader.ts';
import { readCriteria, readFromKeys } from './key-inputs.ts';
import { readKind, readSelection } from './selection-inputs.ts';

/** Where the inputs come from. */
export interface InputSource {
  /** The input's text, trimmed; empty where it was left out. */
  readonly input: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The region of the AWS profile; rejects where there is none. */
  readonly profileRegion: () => Promise<string>;
}

/** Where else the end of the run is told. */
export interface Reporting {
  /** Where the report goes; null: nowhere. */
  readonly path: string | null;
  /** What the tracking issue is written with; null: there is to be none. */
  readonly issueToken: string | null;
}

export interface Inputs {
  readonly request: RunRequest;
  readonly reporting: Reporting;
}

/** The inputs are not a request. `faults` has a line for each fault, naming the input, the value and the way out. */
export class BadInputs extends Error {
  readonly faults: readonly string[];
  /** That they are bad is told there, too. */
  readonly reporting: Reporting;

  constructor(faults: readonly string[], reporting: Reporting) {
    super(faults.join('\n'));
    this.name = 'BadInputs';
    this.faults = faults;
    this.reporting = reporting;
  }
}

/** Reads the inputs. Rejects with `BadInputs`, which names all faults at once. */
export async function readInputs({ input, env, profileRegion }: InputSource): Promise<Inputs> {
  const given = new InputReader(input);
  const region = await readRegion(given, env, profileRegion);
  const kind = readKind(given);
  const selection = readSelection(given, kind, region);
  const mode = readMode(given);
  const around = { region, mode, kinds: selection?.kinds ?? (kind ? [kind] : []) };
  const criteria = readCriteria(given, around);
  const from = readFromKeys(given, criteria, around);
  const wait = readBoolean(given, 'wait');
  const times = readTimes(given);
  const verifyRecords = readBoolean(given, 'verify-records');
  if (verifyRecords && wait === false) {
    given.fault('verify-records', 'true', 'it needs the end of the change, so it cannot go with wait: false');
  }
  const reporting = { path: readReportPath(given), issueToken: readIssueToken(given) };
  if (
    given.faults.length === 0 &&
    region !== null &&
    selection !== null &&
    mode !== null &&
    criteria !== null &&
    wait !== null &&
    times !== null &&
    verifyRecords !== null
  ) {
    return { request: { region, selection, mode, criteria, from, wait, ...times, verifyRecords }, reporting };
  }
  throw new BadInputs(given.faults, reporting);
}

async function readRegion(
  given: InputReader,
  env: InputSource['env'],
  profileRegion: () => Promise<string>
): Promise<string | null> {
  const region =
    given.text('region') ||
    env.AWS_REGION?.trim() ||
    env.AWS_DEFAULT_REGION?.trim() ||
    (await profileRegion().catch(() => ''));
  // The region becomes part of a host name, so nothing but a region may pass.
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  return given.fault(
    'region',
    region,
    'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does'
  );
}

function readMode(given: InputReader): Mode | null {
  const text = given.text('mode');
  return MODES.find((mode) => mode === text) ?? given.fault('mode', text, `allowed are ${MODES.join(', ')}`);
}

function readBoolean(given: InputReader, name: string): boolean | null {
  const text = given.text(name);
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  return given.fault(name, text, 'allowed are true, false');
}

function readTimes(given: InputReader): Pick<RunRequest, 'timeoutMs' | 'settleMs'> | null {
  const timeout = readSeconds(given, 'timeout-seconds', 1, 86_400);
  const settle = readSeconds(given, 'settle-seconds', 0, 60);
  if (timeout === null || settle === null) return null;
  if (settle < timeout) return { timeoutMs: timeout * 1000, settleMs: settle * 1000 };
  return given.fault(
    'settle-seconds',
    given.text('settle-seconds'),
    `it counts inside timeout-seconds (${timeout}) and must be less; give a smaller one, or 0 (left out, it is 5)`
  );
}

function readSeconds(given: InputReader, name: string, least: number, most: number): number | null {
  const text = given.text(name);
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= least && seconds <= most) return seconds;
  return given.fault(name, text, `give a decimal number of seconds from ${least} to ${most}`);
}

function readReportPath(given: InputReader): string | null {
  const path = given.text('report-path');
  if (path.endsWith('/')) return given.fault('report-path', path, 'this is a folder: give the path of a file in it');
  return path || null;
}

function readIssueToken(given: InputReader): string | null {
  const token = given.text('github-token');
  if (readBoolean(given, 'report-issue') !== true) return null;
  if (token === '') return given.fault('github-token', '', 'report-issue needs it: give github.token');
  return token;
}
