/** The generated tables of docs/troubleshooting.md: made from the catalogues that the messages are made from. */

import { DeliveryStreamEncryptionStatus, DeliveryStreamStatus } from '@aws-sdk/client-firehose';
import { StreamStatus } from '@aws-sdk/client-kinesis';
import { KeyState } from '@aws-sdk/client-kms';
import { DENIAL_WORDINGS, denialRemedy } from '../src/aws/access-denied.ts';
import { Fields } from '../src/aws/answers.ts';
import type { Call } from '../src/aws/call.ts';
import { CATALOGUE, type CatalogueRow, setClock } from '../src/aws/error-catalogue.ts';
import { FAILURE_TYPES, type FailureType, failureType } from '../src/aws/failure-types.ts';
import { toObservation as toDeliveryStream } from '../src/aws/firehose.ts';
import { toObservation as toDataStream } from '../src/aws/kinesis.ts';
import { PERMISSIONS } from '../src/aws/permissions.ts';
import { whyUnusable } from '../src/encryption/keys/resolved-key.ts';
import type { Observation, Phase } from '../src/encryption/model.ts';
import type { ErrorKind } from '../src/encryption/ports.ts';

type Row = readonly string[];

/** A table: its head, and its rows. */
export interface Table {
  readonly head: Row;
  readonly rows: readonly Row[];
}

/** By the name of the part in the document. */
export const TROUBLESHOOTING_PARTS: ReadonlyMap<string, () => Table> = new Map([
  ['src/aws/error-catalogue.ts: error codes', () => errorTable('codes')],
  ['src/aws/error-catalogue.ts: codes inside InvalidKMSResourceException', () => errorTable('keyCodes')],
  ['src/aws/access-denied.ts: denials', denialTable],
  ['src/aws/failure-types.ts: types of failures', failureTable],
  ['src/aws/kinesis.ts: statuses', () => statusTable(Object.keys(StreamStatus), dataStream)],
  ['src/aws/firehose.ts: statuses', () => statusTable(Object.keys(DeliveryStreamStatus), deliveryStream)],
  [
    'src/aws/firehose.ts: encryption statuses',
    () => statusTable(Object.keys(DeliveryStreamEncryptionStatus), encryption)
  ],
  ['src/encryption/keys/resolved-key.ts: key states', keyStateTable]
]);

const REGION = 'REGION';
const SCOPE = 'eu-central-1:111122223333';

const RETRIES: Readonly<Record<ErrorKind, string>> = {
  throttled: 'yes, more slowly, until `timeout-seconds` have passed',
  unanswered:
    'yes, until `timeout-seconds` have passed; a start whose answer was lost is not sent again before the stream was described',
  busy: 'yes, when the other change has ended',
  limited: 'twice',
  missing: 'no',
  denied: 'no',
  refused: 'no'
};

function errorTable(field: 'codes' | 'keyCodes'): Table {
  const rows = CATALOGUE.flatMap((row) => {
    const codes = row[field] ?? [];
    return codes.length === 0 ? [] : [[codes.map(code).join(' '), row.cause, retriesOf(row), remedyOf(row, field)]];
  });
  return { head: ['code', 'meaning', 'retried', 'what the message says to do'], rows };
}

function retriesOf({ remedy, errorKind }: CatalogueRow): string {
  return remedy === setClock ? 'once, with the time of AWS' : RETRIES[errorKind];
}

/** The remedy for each call to which the row applies, and which it fits. */
function remedyOf(
  { remedy, appliesTo = () => true, errorKind, ...row }: CatalogueRow,
  field: 'codes' | 'keyCodes'
): string {
  if (errorKind === 'denied') return 'see [Access denied](#access-denied)';
  if (remedy === undefined) return '–';
  const isOfFirehose = field === 'keyCodes' || row.codes?.includes('InvalidKMSResourceException');
  const isAboutKey = isOfFirehose || row.keyCodes !== undefined;
  const actions = [...PERMISSIONS].flatMap(([action, { keyActions }]) => {
    if (isAboutKey && keyActions.length === 0) return [];
    if (isOfFirehose && !action.startsWith('firehose:')) return [];
    return appliesTo(callOf(action)) ? [action] : [];
  });
  const texts = Map.groupBy(actions, (action) =>
    remedy(callOf(action), { code: '', message: '', innerCode: '', status: 400 })
  );
  if (texts.size === 1) return [...texts.keys()].join('');
  return [...texts].map(([text, of]) => `${of.map(code).join(', ')}: ${text}`).join('<br>');
}

function callOf(action: string): Call {
  return { action, resource: 'the stream', region: REGION };
}

function denialTable(): Table {
  const rows = DENIAL_WORDINGS.map(({ example }) => [
    example,
    denialRemedy(example, callOf('kms:DescribeKey')).replace(/ on (…|the stream)/, ' on …')
  ]);
  return { head: ['words of AWS', 'what the message says to do'], rows };
}

function failureTable(): Table {
  const rows = [...FAILURE_TYPES].map(([type, failure]) => [code(type), failure.cause, ...remediesOf(failure)]);
  const unknown = ['any other', 'a type that is not known', ...remediesOf(failureType('any other', '', ''))];
  return { head: ['type', 'meaning', 'retried', 'what the message says to do'], rows: [...rows, unknown] };
}

/** Without the meaning, which some advice begins with. */
function remediesOf({ cause, advice, isRetryable }: FailureType): Row {
  const repeatsCause = advice.toLowerCase().startsWith(cause.toLowerCase());
  const remedy = repeatsCause ? advice.slice(cause.length).replace(/^(: |, and )/, '… ') : advice;
  return [isRetryable ? 'once, after 10 s' : 'no', remedy];
}

const PHASES: Readonly<Record<Phase, string>> = {
  final: 'no change is in flight: the stream is judged, or changed, as it is',
  changing: 'something is in flight: the step waits until it has ended, then continues',
  failed:
    'the latest change failed, for the reason that the message names. `check`: `non-compliant`. `encrypt` sets the key, if the request names the stream or its key',
  unclear:
    'not known, or it does not say which key is in force. `check`: `failed`. `encrypt` sets the key, if the request names the stream or its key; it sends at most three starts',
  deleting:
    'the stream is being deleted, or its deletion failed: `failed`; `not-applicable` if a glob or tags selected it',
  'not-created': 'the stream could not be created, for the reason that the message names: `failed`',
  'has-source': 'the stream reads from a source'
};

function statusTable(statuses: readonly string[], observe: (status: string) => Observation): Table {
  const rows = [...statuses, 'ANY_OTHER'].map((status) => [
    status === 'ANY_OTHER' ? 'any other' : code(status),
    PHASES[observe(status).phase]
  ]);
  return { head: ['status', 'what the step does'], rows };
}

function dataStream(status: string): Observation {
  const fields = { StreamARN: `arn:aws:kinesis:${SCOPE}:stream/name`, StreamStatus: status };
  const stream = { kind: 'kinesis', name: 'name', arn: null } as const;
  return toDataStream(stream, new Fields(callOf('kinesis:DescribeStreamSummary'), fields));
}

function deliveryStream(status: string, encryptionStatus = 'ENABLED'): Observation {
  const fields = {
    DeliveryStreamARN: `arn:aws:firehose:${SCOPE}:deliverystream/name`,
    DeliveryStreamStatus: status,
    DeliveryStreamEncryptionConfiguration: {
      Status: encryptionStatus,
      KeyType: 'CUSTOMER_MANAGED_CMK',
      KeyARN: `arn:aws:kms:${SCOPE}:key/name`
    }
  };
  const stream = { kind: 'firehose', name: 'name', arn: null } as const;
  return toDeliveryStream(stream, new Fields(callOf('firehose:DescribeDeliveryStream'), fields));
}

function encryption(status: string): Observation {
  return deliveryStream('ACTIVE', status);
}

function keyStateTable(): Table {
  const about = { arn: '…', type: null, usage: null, spec: null, deletionDate: null, validTo: null };
  const rows = [...Object.keys(KeyState), 'ANY_OTHER'].map((state) => [
    state === 'ANY_OTHER' ? 'any other' : code(state),
    (whyUnusable({ ...about, state }) ?? 'the key can be used').replaceAll('ANY_OTHER', '…')
  ]);
  return { head: ['key state', 'what the step says'], rows };
}

function code(text: string): string {
  return `\`${text}\``;
}
