/** The options of `npm run local-aws`: parsed, validated, and described in `HELP`. */

import { parseArgs } from 'node:util';
import { DAY_MS } from './account.ts';
import type { KeyState } from './kms-key.ts';
import type { Tags } from './tagging.ts';

export const DEFAULT_PORT = 4599;
export const DEFAULT_REGION = 'us-east-1';

export const HELP = `Starts a local AWS with Kinesis, Firehose and KMS on this machine, and serves it until you stop it with Ctrl-C.

  npm run local-aws -- [OPTION …]

  --key ALIAS[,state=STATE]     create a customer key with this alias, such as alias/old.
                                STATE: enabled (default), disabled, pending-deletion, pending-import
  --kinesis NAME[,DETAIL …]     create a data stream
  --firehose NAME[,DETAIL …]    create a delivery stream
      key=ALIAS                 it is encrypted with this customer key. Without key=, it is not encrypted
      key=aws-owned             it is encrypted with the key of AWS
      tag:NAME=VALUE            it has this tag
      source=kinesis:NAME       (--firehose) it reads from this data stream
      source=msk, source=database
                                (--firehose) it reads from an MSK cluster or a database
  --change-ms MS                how long a change takes (default: 500); Infinity: it never ends
  --region REGION               the region (default: ${DEFAULT_REGION})
  --port PORT                   the port on 127.0.0.1 (default: ${DEFAULT_PORT}, or a free one if it is in use; 0: a free one)
  --help                        show this text

--key, --kinesis, --firehose and tag: can be repeated.

Examples:

  npm run local-aws -- --kinesis orders --key alias/streams
  npm run local-aws -- --key alias/old --key alias/new --kinesis orders-eu,key=alias/old,tag:env=prod --change-ms 3000
  npm run local-aws -- --key alias/lost,state=pending-deletion --firehose clicks,key=alias/lost
  npm run local-aws -- --kinesis orders,key=aws-owned --firehose archive,source=kinesis:orders`;

/** What to serve. */
export interface ServeOptions {
  readonly help: boolean;
  /** Null if none was given. */
  readonly port: number | null;
  readonly region: string;
  readonly changeMs: number;
  readonly keys: readonly { readonly alias: string; readonly state: KeyState }[];
  readonly kinesis: readonly StreamOption[];
  readonly firehose: readonly FirehoseOption[];
}

export interface StreamOption {
  readonly name: string;
  /** An alias of `keys`, or the key of AWS; null if the stream is not encrypted. */
  readonly key: string | null;
  readonly tags: Tags;
}

export interface FirehoseOption extends StreamOption {
  /** Null for Direct PUT. */
  readonly source: SourceOption | null;
}

export type SourceOption = { readonly type: 'kinesis'; readonly name: string } | { readonly type: 'msk' | 'database' };

/** An option that is not valid. The message says which one, and what is allowed. */
export class InvalidOption extends Error {}

export const AWS_OWNED = 'aws-owned';

/** Reads the arguments of the command line. Throws an `InvalidOption`. */
export function readServeOptions(args: readonly string[]): ServeOptions {
  const values = parse(args);
  const keys = values.key.map(readKey);
  const kinesis = values.kinesis.map(readKinesis);
  const firehose = values.firehose.map(readFirehose);
  requireUnique(
    '--key',
    keys.map(({ alias }) => alias)
  );
  requireUnique(
    '--kinesis',
    kinesis.map(({ name }) => name)
  );
  requireUnique(
    '--firehose',
    firehose.map(({ name }) => name)
  );
  for (const { name, key } of [...kinesis, ...firehose]) {
    if (key === null || key === AWS_OWNED || keys.some(({ alias }) => alias === key)) continue;
    throw new InvalidOption(`${name}: there is no key ${key}. Create it with --key ${key}, or use ${AWS_OWNED}`);
  }
  for (const { name, source } of firehose) {
    if (source?.type !== 'kinesis' || kinesis.some((stream) => stream.name === source.name)) continue;
    throw new InvalidOption(`${name}: there is no data stream ${source.name}. Create it with --kinesis ${source.name}`);
  }
  return {
    help: values.help,
    port: values.port === undefined ? null : readNumber('--port', values.port, 65_535),
    region: readRegion(values.region),
    changeMs:
      values['change-ms'] === 'Infinity'
        ? Number.POSITIVE_INFINITY
        : readNumber('--change-ms', values['change-ms'], DAY_MS),
    keys,
    kinesis,
    firehose
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        region: { type: 'string', default: DEFAULT_REGION },
        'change-ms': { type: 'string', default: '500' },
        key: { type: 'string', multiple: true, default: [] },
        kinesis: { type: 'string', multiple: true, default: [] },
        firehose: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false }
      }
    }).values;
  } catch (error) {
    throw new InvalidOption(error instanceof Error ? error.message : String(error));
  }
}

const STATES: ReadonlyMap<string, KeyState> = new Map([
  ['enabled', 'Enabled'],
  ['disabled', 'Disabled'],
  ['pending-deletion', 'PendingDeletion'],
  ['pending-import', 'PendingImport']
]);

function readKey(value: string): ServeOptions['keys'][number] {
  const { name, details } = readDetails('--key', value, ['state']);
  if (!/^alias\/(?!aws\/)[\w/-]+$/.test(name)) {
    throw new InvalidOption(`--key ${value}: must be an alias such as alias/old, but not alias/aws/…`);
  }
  const text = details.get('state') ?? 'enabled';
  const state = STATES.get(text);
  if (state === undefined) {
    throw new InvalidOption(`--key ${value}: the state ${text} must be one of ${[...STATES.keys()].join(', ')}`);
  }
  return { alias: name, state };
}

function readKinesis(value: string): StreamOption {
  const { name, details } = readDetails('--kinesis', value, ['key', 'tag:']);
  requireStreamName(`--kinesis ${value}`, name, 128);
  return { name, key: details.get('key') ?? null, tags: tagsIn(details) };
}

function readFirehose(value: string): FirehoseOption {
  const option = `--firehose ${value}`;
  const { name, details } = readDetails('--firehose', value, ['key', 'tag:', 'source']);
  requireStreamName(option, name, 64);
  const source = details.get('source');
  const key = details.get('key') ?? null;
  if (source !== undefined && key !== null) {
    throw new InvalidOption(
      `${option}: a delivery stream with a source has no encryption of its own, so it takes no key=`
    );
  }
  return { name, key, tags: tagsIn(details), source: source === undefined ? null : readSource(option, source) };
}

function readSource(option: string, text: string): SourceOption {
  if (text === 'msk' || text === 'database') return { type: text };
  const [, name] = /^kinesis:(.+)$/.exec(text) ?? [];
  if (name === undefined) {
    throw new InvalidOption(`${option}: the source ${text} must be kinesis:NAME, msk or database`);
  }
  return { type: 'kinesis', name };
}

/** Splits `NAME,DETAIL=VALUE,…`. The name of a detail must be one of these, or begin with one that ends in a colon. */
function readDetails(
  option: string,
  value: string,
  allowed: readonly string[]
): { readonly name: string; readonly details: ReadonlyMap<string, string> } {
  const [name = '', ...parts] = value.split(',');
  const details = new Map<string, string>();
  for (const part of parts) {
    const [, detail = '', content] = /^([^=]+)=(.+)$/.exec(part) ?? [];
    const isAllowed = allowed.some((one) =>
      one.endsWith(':') ? detail.startsWith(one) && detail !== one : detail === one
    );
    if (!isAllowed || content === undefined) {
      const forms = allowed.map((one) => (one.endsWith(':') ? `${one}NAME=VALUE` : `${one}=VALUE`));
      throw new InvalidOption(`${option} ${value}: '${part}' must be ${forms.join(' or ')}`);
    }
    if (details.has(detail)) throw new InvalidOption(`${option} ${value}: ${detail} is given twice`);
    details.set(detail, content);
  }
  return { name, details };
}

function tagsIn(details: ReadonlyMap<string, string>): Tags {
  const tags = [...details].filter(([detail]) => detail.startsWith('tag:'));
  return Object.fromEntries(tags.map(([detail, value]) => [detail.slice('tag:'.length), value]));
}

function requireStreamName(option: string, name: string, maxLength: number): void {
  if (/^[\w.-]+$/.test(name) && name.length <= maxLength) return;
  throw new InvalidOption(
    `${option}: '${name}' must be a name of letters, digits, '_', '.' and '-', with at most ${maxLength} characters`
  );
}

function requireUnique(option: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new InvalidOption(`${option} ${repeated} is given twice`);
}

function readRegion(text: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw new InvalidOption(`--region ${text}: must be the code of a region, such as us-east-1`);
}

function readNumber(option: string, text: string, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= max) return number;
  throw new InvalidOption(`${option} ${text}: must be a whole number from 0 to ${max}`);
}
