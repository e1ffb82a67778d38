/** The moments in a run at which a fault strikes, each told by the requests that have come by then: no time plays a part. */

import { DESCRIBE, type Kind, START } from '../end-to-end/step.ts';

/** How far the run and the stream are when a request comes; the request itself is not counted. */
export interface Progress {
  /** The Start… requests that came, accepted or not. */
  readonly starts: number;
  /** The Start… requests that took effect. */
  readonly accepted: number;
  /** The looks at the stream since the latest start, or since the beginning. */
  readonly looks: number;
  /** The look-ups of keys: the key asked for is looked up first, then the one in force. */
  readonly keyLookUps: number;
  /** A change of the stream is under way, the run's or another's. */
  readonly inFlight: boolean;
}

export interface Moment {
  /** The operation that the fault hits first. */
  readonly on: Readonly<Record<Kind, string>>;
  readonly hasCome: (progress: Progress) => boolean;
  /** Another's change is in flight when the run begins. */
  readonly another?: true;
  /** The run is asked to put a record. */
  readonly verifyRecords?: true;
}

export type MomentName =
  | 'key look-up'
  | 'old key look-up'
  | 'first look'
  | "another's change"
  | 'start'
  | 'first look after'
  | 'polling'
  | 'proof'
  | 'record';

const DESCRIBE_KEY = { kinesis: 'DescribeKey', firehose: 'DescribeKey' } as const;
const PUT_RECORD = { kinesis: 'PutRecord', firehose: 'PutRecord' } as const;

/** In the order in which a run comes to them. */
export const MOMENTS: Readonly<Record<MomentName, Moment>> = {
  'key look-up': { on: DESCRIBE_KEY, hasCome: () => true },
  'old key look-up': { on: DESCRIBE_KEY, hasCome: ({ keyLookUps }) => keyLookUps > 0 },
  'first look': { on: DESCRIBE, hasCome: ({ looks }) => looks === 0 },
  "another's change": { on: DESCRIBE, hasCome: ({ looks, inFlight }) => looks > 0 && inFlight, another: true },
  start: { on: START, hasCome: () => true },
  'first look after': { on: DESCRIBE, hasCome: ({ starts, looks }) => starts > 0 && looks === 0 },
  polling: { on: DESCRIBE, hasCome: ({ accepted, looks, inFlight }) => accepted > 0 && looks > 0 && inFlight },
  proof: { on: DESCRIBE, hasCome: ({ accepted, inFlight }) => accepted > 0 && !inFlight },
  record: { on: PUT_RECORD, hasCome: () => true, verifyRecords: true }
};

export const MOMENT_NAMES = [
  'key look-up',
  'old key look-up',
  'first look',
  "another's change",
  'start',
  'first look after',
  'polling',
  'proof',
  'record'
] as const satisfies readonly MomentName[];
