/** How a case must end: outcome, outputs, writes, and what the message says. */

import type { Outcome } from '../../src/encryption/model.ts';
import type { Kind } from '../end-to-end/step.ts';

export const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

export const OLD_ID = '00000000-0000-4000-8000-000000000001';
export const NEW_ID = '00000000-0000-4000-8000-000000000002';
export const THIRD_ID = '00000000-0000-4000-8000-000000000003';
export const OLD = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${OLD_ID}`;
export const NEW = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${NEW_ID}`;
export const THIRD = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${THIRD_ID}`;

export const STREAM_ARN: Readonly<Record<Kind, string>> = {
  kinesis: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`
};

/** What the outputs must be, but for those that are the same in every case. */
export interface Ending {
  readonly outcome: Outcome;
  readonly stands: Standing;
  /** How many Start… requests the service gets; `several`: two or more. */
  readonly starts: number | 'several';
  /** How many of them take effect. */
  readonly writes: number;
  /** What the message says, of the troubles and of what became of the change. */
  readonly says: readonly string[];
  /** Another ending that is as true where `changed` is true. */
  readonly or?: Ending;
}

/** The outputs that tell how the stream stands. */
export type Standing = (kind: Kind) => Readonly<Record<string, string>>;

const AT_REST: Readonly<Record<Kind, string>> = { kinesis: 'ACTIVE', firehose: 'ENABLED' };
const IN_FLIGHT: Readonly<Record<Kind, string>> = { kinesis: 'UPDATING', firehose: 'ENABLING' };
/** Whether a stream is encrypted while its key changes: Kinesis says so itself, Firehose does not. */
const MEANWHILE: Readonly<Record<Kind, string>> = { kinesis: 'true', firehose: 'unknown' };

function standing(changed: boolean, encrypted: string, status: string, key: string, previous: string) {
  const typeOf = (id: string) => (id === '' ? '' : 'customer-managed');
  return {
    changed: String(changed),
    encrypted,
    status,
    'key-type': typeOf(key),
    'key-id': key,
    'previous-key-type': typeOf(previous),
    'previous-key-id': previous
  };
}

export const NOTHING_KNOWN: Standing = () => ({
  ...standing(false, 'unknown', '', '', ''),
  'stream-arn': ''
});
export const ON_OLD_KEY: Standing = (kind) => standing(false, 'true', AT_REST[kind], OLD, OLD);
export const ON_NEW_KEY: Standing = (kind) => standing(true, 'true', AT_REST[kind], NEW, OLD);
/** The stream was seen, and its keys could not be looked up: Kinesis does not tell whose they are. */
export const KEY_NOT_LOOKED_UP: Standing = (kind) => ({
  ...standing(false, 'true', AT_REST[kind], OLD, ''),
  'key-type': kind === 'kinesis' ? '' : 'customer-managed'
});
/** The key asked for could not be resolved, the one in force could not be looked up. */
export const ON_OLD_KEY_NOT_LOOKED_UP: Standing = (kind) => ({
  ...ON_OLD_KEY(kind),
  ...(kind === 'kinesis' && { 'key-type': '', 'previous-key-type': '' })
});
/** Moved from key to key without a look at either. */
export const KEYS_NOT_LOOKED_UP: Standing = (kind) => ({
  ...ON_NEW_KEY(kind),
  ...(kind === 'kinesis' && { 'key-type': '', 'previous-key-type': '' })
});
export const OLD_KEY_NOT_LOOKED_UP: Standing = (kind) => ({
  ...ON_NEW_KEY(kind),
  ...(kind === 'kinesis' && { 'previous-key-type': '' })
});
/** The change was sent, and the stream has not been seen since. */
export const SENT: Standing = (kind) => standing(true, MEANWHILE[kind], AT_REST[kind], OLD, OLD);
export const MOVING: Standing = (kind) => standing(true, MEANWHILE[kind], IN_FLIGHT[kind], OLD, OLD);
/** The first change of this stream was sent, and is under way. */
export const BECOMING_ENCRYPTED: Standing = (kind) => standing(true, 'false', IN_FLIGHT[kind], '', '');
/** Another's change from a third key to the old one is under way: Firehose then tells neither. */
export const ANOTHERS_MOVING: Standing = (kind) => ({
  ...standing(false, MEANWHILE[kind], IN_FLIGHT[kind], kind === 'kinesis' ? THIRD : '', ''),
  'key-type': ''
});
/** The change ended, and the old key is still in force. */
export const STILL_ON_OLD_KEY: Standing = (kind) =>
  standing(true, 'true', kind === 'kinesis' ? 'ACTIVE' : 'ENABLING_FAILED', OLD, OLD);
export const BACK_ON_OLD_KEY: Standing = (kind) => standing(true, 'true', AT_REST[kind], OLD, OLD);
export const OVERTAKEN: Standing = (kind) => standing(true, 'true', AT_REST[kind], THIRD, OLD);
export const STILL_NOT_ENCRYPTED: Standing = () => standing(true, 'false', 'ENABLING_FAILED', '', '');
export const NEWLY_ENCRYPTED: Standing = (kind) => standing(true, 'true', AT_REST[kind], NEW, '');
/** Another's change was waited out: to the key asked for, or from a third key to it. */
const ON_NEW_KEY_UNTOUCHED: Standing = (kind) => standing(false, 'true', AT_REST[kind], NEW, OLD);
export const FOUND_MOVED_TO_NEW_KEY: Standing = (kind) => standing(false, 'true', AT_REST[kind], NEW, '');
export const NOW_ON_NEW_KEY: Standing = (kind) => ({
  changed: 'false',
  encrypted: 'true',
  status: AT_REST[kind],
  'key-type': 'customer-managed',
  'key-id': NEW
});
/** It was there before the first look. */
export const FOUND_NEW_KEY: Standing = (kind) => standing(false, 'true', AT_REST[kind], NEW, NEW);
export const FROM_THIRD_KEY: Standing = (kind) => standing(true, 'true', AT_REST[kind], NEW, THIRD);

/** Firehose's encryption has a status of its own, and of a stream that is going its key is not read. */
export const BEING_DELETED: Standing = (kind) =>
  kind === 'kinesis'
    ? { changed: 'false', status: 'DELETING', 'key-id': OLD }
    : { changed: 'false', status: 'ENABLED' };
export const BEING_DELETED_AFTER_START: Standing = (kind) =>
  kind === 'kinesis' ? { changed: 'true', status: 'DELETING', 'key-id': OLD } : { changed: 'true', status: 'ENABLING' };

/** What a message says of a change that was sent, and of one that was not. */
export const GOES_ON = ['had been sent', 'the service goes on with it by itself', 'Running again is safe'];
export const NOT_SENT = ['No change was sent', 'Running again is safe'];

type But = Partial<Omit<Ending, 'outcome'>>;

/** It was ridden out: one change, accepted and proved. */
export function rekeyed(but: But = {}): Ending {
  return { outcome: 'rekeyed', stands: ON_NEW_KEY, starts: 1, writes: 1, says: ['now the service itself'], ...but };
}

export function enabled(but: But = {}): Ending {
  return { ...rekeyed({ stands: NEWLY_ENCRYPTED, ...but }), outcome: 'enabled' };
}

/** It is as asked, and not of this run's doing. */
export function unchanged(but: But = {}): Ending {
  const says = ['already encrypted'];
  return { outcome: 'unchanged', stands: ON_NEW_KEY_UNTOUCHED, starts: 1, writes: 0, says, ...but };
}

export function failed(stands: Standing, but: But = {}): Ending {
  return { outcome: 'failed', stands, starts: 1, writes: 1, says: [], ...but };
}

export function timedOut(stands: Standing, but: But = {}): Ending {
  return { outcome: 'timed-out', stands, starts: 1, writes: 1, says: [], ...but };
}
