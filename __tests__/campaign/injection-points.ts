/** The points of a run at which a fault strikes. The requests received so far identify a point, not the time. */

import { DESCRIBE, type Kind, START } from '../end-to-end/step.ts';

/** The progress of the run and the stream when a request arrives, without that request. */
export interface RunProgress {
  /** The Start… requests received, accepted or not. */
  readonly starts: number;
  /** The Start… requests that took effect. */
  readonly accepted: number;
  /** The Describe… requests for the stream since the latest start, or since the beginning. */
  readonly describes: number;
  /** The DescribeKey requests. A run looks up the target key first, then the key in force. */
  readonly keyLookups: number;
  /** A change is in progress, the run's own or a concurrent one. */
  readonly changing: boolean;
}

/** In the order in which a run reaches them. */
export const INJECTION_POINT_NAMES = [
  'target key lookup',
  'current key lookup',
  'first describe',
  'concurrent change',
  'start',
  'describe after start',
  'polling',
  'confirmation',
  'put record'
] as const;
export type InjectionPointName = (typeof INJECTION_POINT_NAMES)[number];

interface InjectionPoint {
  /** The operation that the fault hits first. */
  readonly operation: Readonly<Record<Kind, string>>;
  readonly isReached: (progress: RunProgress) => boolean;
  /** A concurrent change is in progress when the run begins. */
  readonly concurrentChange?: true;
  /** The run uses the input `verify-records`. */
  readonly verifyRecords?: true;
}

const KEY = { kinesis: 'DescribeKey', firehose: 'DescribeKey' } as const;
const PUT = { kinesis: 'PutRecord', firehose: 'PutRecord' } as const;

export const INJECTION_POINTS: Readonly<Record<InjectionPointName, InjectionPoint>> = {
  'target key lookup': { operation: KEY, isReached: () => true },
  'current key lookup': { operation: KEY, isReached: ({ keyLookups }) => keyLookups > 0 },
  'first describe': { operation: DESCRIBE, isReached: ({ describes }) => describes === 0 },
  'concurrent change': {
    operation: DESCRIBE,
    isReached: ({ describes, changing }) => describes > 0 && changing,
    concurrentChange: true
  },
  start: { operation: START, isReached: () => true },
  'describe after start': { operation: DESCRIBE, isReached: ({ starts, describes }) => starts > 0 && describes === 0 },
  polling: {
    operation: DESCRIBE,
    isReached: ({ accepted, describes, changing }) => accepted > 0 && describes > 0 && changing
  },
  confirmation: { operation: DESCRIBE, isReached: ({ accepted, changing }) => accepted > 0 && !changing },
  'put record': { operation: PUT, isReached: () => true, verifyRecords: true }
};
