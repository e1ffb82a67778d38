/** The workflow's inputs → one typed, validated request. Every fault is found before anything is asked of AWS. */

import { isAwsAlias, type KeyForm, KINESIS_AWS_ALIAS, keyForm } from './encryption/keys.ts';
import {
  type AskedKey,
  type KeyType,
  MODES,
  type Mode,
  type RunRequest,
  type StreamKind,
  type StreamRef
} from './encryption/model.ts';

/** Where the inputs come from. */
export interface InputSource {
  /** The input's text, trimmed; empty where it was left out. */
  readonly input: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The region of the AWS profile; rejects where there is none. */
  readonly profileRegion: () => Promise<string>;
}

/** The inputs are not a request. `faults` has a line for each fault, naming the input, the value and the way out. */
export class BadInputs extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'BadInputs';
    this.faults = faults;
  }
}

/** The defaults of action.yml. An input from an unset variable arrives empty, which is to mean the same as left out. */
const DEFAULTS: Readonly<Record<string, string>> = {
  mode: 'encrypt',
  'key-type': 'any',
  wait: 'true',
  'timeout-seconds': '600',
  'settle-seconds': '5',
  'verify-records': 'false'
};

/** Reads the request. Rejects with `BadInputs`, which names all faults at once. */
export async function readRequest({ input, env, profileRegion }: InputSource): Promise<RunRequest> {
  const faults = new Faults();
  const text = (name: string) => input(name) || (DEFAULTS[name] ?? '');

  const region = await readRegion(text('region'), env, profileRegion, faults);
  const stream = readStream(text('stream-kind'), text('stream-name'), region, faults);
  const mode = readMode(text('mode'), faults);
  const asked = readAskedKey(text('key-type'), text('key-id'), stream?.kind ?? null, mode, region, faults);
  const wait = readBoolean('wait', text('wait'), faults);
  const timeout = readSeconds('timeout-seconds', text('timeout-seconds'), 1, 86_400, faults);
  const settle = readSeconds('settle-seconds', text('settle-seconds'), 0, 60, faults);
  const verifyRecords = readBoolean('verify-records', text('verify-records'), faults);

  if (settle !== null && timeout !== null && settle >= timeout) {
    faults.add(
      'settle-seconds',
      text('settle-seconds'),
      `it counts inside timeout-seconds (${timeout}) and must be less; give a smaller one, or 0 (left out, it is 5)`
    );
  }
  if (verifyRecords && wait === false) {
    faults.add('verify-records', 'true', 'it needs the end of the change, so it cannot go with wait: false');
  }
  if (
    faults.none &&
    region !== null &&
    stream !== null &&
    mode !== null &&
    asked !== null &&
    wait !== null &&
    timeout !== null &&
    settle !== null &&
    verifyRecords !== null
  ) {
    const selection = { kinds: [stream.kind], choices: [{ by: 'name', stream } as const], tags: [] };
    const times = { timeoutMs: timeout * 1000, settleMs: settle * 1000 };
    return { region, selection, mode, asked, from: null, wait, ...times, verifyRecords, reportPath: null };
  }
  throw new BadInputs(faults.lines);
}

class Faults {
  readonly lines: string[] = [];

  /** Notes a fault; null stands for the value that could not be read. */
  add(name: string, value: string, wayOut: string): null {
    this.lines.push(value === '' ? `Input ${name} is missing: ${wayOut}` : `Input ${name} is "${value}": ${wayOut}`);
    return null;
  }

  get none(): boolean {
    return this.lines.length === 0;
  }
}

async function readRegion(
  given: string,
  env: InputSource['env'],
  profileRegion: () => Promise<string>,
  faults: Faults
): Promise<string | null> {
  const region =
    given || env.AWS_REGION?.trim() || env.AWS_DEFAULT_REGION?.trim() || (await profileRegion().catch(() => ''));
  // The region becomes part of a host name, so nothing but a region may pass.
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region)) return region;
  return faults.add(
    'region',
    region,
    'give a region such as eu-central-1, or set AWS_REGION, as aws-actions/configure-aws-credentials does'
  );
}

const NAMES: Readonly<Record<StreamKind, RegExp>> = {
  kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
  firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};

const NAME_RULES: Readonly<Record<StreamKind, string>> = {
  kinesis: 'a data stream name has 1 to 128 letters, digits, "_", "." and "-"',
  firehose: 'a delivery stream name has 1 to 64 letters, digits, "_", "." and "-"'
};

const STREAM_ARN =
  /^arn:aws[a-z-]*:(kinesis|firehose):([a-z0-9-]+):\d{12}:(?:stream|deliverystream)\/([a-zA-Z0-9_.-]{1,128})$/;

function readStream(kindText: string, name: string, region: string | null, faults: Faults): StreamRef | null {
  const kind = readKind(kindText, faults);
  if (name === '') return faults.add('stream-name', '', "give the stream's name or ARN");
  if (/[\n,]/.test(name)) return faults.add('stream-name', name, 'give one stream');
  if (name.startsWith('arn:')) return readStreamArn(kind, name, region, faults);
  if (kind === undefined) {
    faults.add('stream-kind', '', 'give kinesis or firehose, or the ARN of the stream as stream-name');
  }
  // Without a kind the wider rule still finds a name that no stream can have.
  const rule = kind ?? 'kinesis';
  if (!NAMES[rule].test(name)) return faults.add('stream-name', name, NAME_RULES[rule]);
  return kind ? { kind, name, arn: null } : null;
}

/** `undefined` where the input was left out, null where it has a fault. */
function readKind(text: string, faults: Faults): StreamKind | null | undefined {
  if (text === '') return undefined;
  if (text === 'kinesis' || text === 'firehose') return text;
  return faults.add('stream-kind', text, 'allowed are kinesis, firehose');
}

function readStreamArn(
  kindGiven: StreamKind | null | undefined,
  arn: string,
  region: string | null,
  faults: Faults
): StreamRef | null {
  const [, service, arnRegion, name = ''] = STREAM_ARN.exec(arn) ?? [];
  const kind = service === 'kinesis' || service === 'firehose' ? service : null;
  const path = kind === 'kinesis' ? ':stream/' : ':deliverystream/';
  if (kind === null || !arn.includes(path) || !NAMES[kind].test(name)) {
    return faults.add('stream-name', arn, 'this is not the ARN of a data stream or a delivery stream');
  }
  if (region !== null && arnRegion !== region) {
    faults.add('stream-name', arn, `this stream is in ${arnRegion}, but the run is in ${region}: set region`);
  }
  if (kindGiven && kindGiven !== kind) {
    return faults.add('stream-name', arn, `this is a ${kind} stream, but stream-kind says ${kindGiven}`);
  }
  return { kind, name, arn };
}

function readMode(text: string, faults: Faults): Mode | null {
  return MODES.find((mode) => mode === text) ?? faults.add('mode', text, `allowed are ${MODES.join(', ')}`);
}

type AskedType = KeyType | 'any';

const KEY_TYPES: ReadonlyMap<string, AskedType> = new Map([
  ['any', 'any'],
  ['aws-owned', 'aws-owned'],
  ['aws_owned_cmk', 'aws-owned'],
  ['customer-managed', 'customer-managed'],
  ['customer_managed_cmk', 'customer-managed']
]);

/** Reads which key is asked for. Without a kind (another fault) nothing is said of what only one service takes. */
function readAskedKey(
  typeText: string,
  id: string,
  kind: StreamKind | null,
  mode: Mode | null,
  region: string | null,
  faults: Faults
): AskedKey | null {
  const type =
    KEY_TYPES.get(typeText.toLowerCase()) ??
    faults.add('key-type', typeText, 'allowed are aws-owned, customer-managed, any');
  if (id !== '') return readKeyId(id, type, kind, region, faults);
  if (type !== 'customer-managed') return type && { which: type };
  if (mode === 'check') return { which: 'customer-managed' };
  return faults.add('key-id', '', 'key-type customer-managed needs the key to encrypt with');
}

/** Of two faults of a key the one is told that leaves the other nothing to say. */
function readKeyId(
  id: string,
  type: AskedType | null,
  kind: StreamKind | null,
  region: string | null,
  faults: Faults
): AskedKey | null {
  const form = keyForm(id);
  const ofAws = isAwsAlias(id);
  const wayOut = (ofAws ? whyNotAwsAlias(form, type, kind) : whyNotKey(form, type)) ?? whyElsewhere(form, region);
  if (wayOut !== null) return faults.add('key-id', id, wayOut);
  // Whose alias it is, in an ARN, shows when the stream has told its own.
  if (id === KINESIS_AWS_ALIAS) return { which: 'aws-owned' };
  return type && { which: 'one', id, mustBeCustomerManaged: type === 'customer-managed' };
}

function whyNotKey(form: KeyForm | null, type: AskedType | null): string | null {
  if (type === 'aws-owned') return 'key-type aws-owned takes no key-id: leave out one of the two';
  return form === null ? 'give a key ARN, a key id, an alias name (alias/…) or an alias ARN' : null;
}

function whyNotAwsAlias(form: KeyForm | null, type: AskedType | null, kind: StreamKind | null): string | null {
  if (type === 'customer-managed') return 'this is an AWS managed key, but key-type asks for customer-managed';
  if (kind === 'firehose') return 'Firehose takes no AWS managed key: use key-type aws-owned without key-id';
  return form?.alias === KINESIS_AWS_ALIAS ? null : `this AWS managed key is not for Kinesis: use ${KINESIS_AWS_ALIAS}`;
}

function whyElsewhere(form: KeyForm | null, region: string | null): string | null {
  if (!form?.region || region === null || form.region === region) return null;
  return `this key is in ${form.region}, but the run is in ${region}`;
}

function readBoolean(name: string, text: string, faults: Faults): boolean | null {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  return faults.add(name, text, 'allowed are true, false');
}

function readSeconds(name: string, text: string, least: number, most: number, faults: Faults): number | null {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= least && seconds <= most) return seconds;
  return faults.add(name, text, `give a decimal number of seconds from ${least} to ${most}`);
}
