/** What a fault of the campaign is: where it strikes, what it does, and how the run must end. */

import type { FirehoseSeed } from '../../local-aws/delivery-stream.ts';
import type { FaultEffect } from '../../local-aws/faults.ts';
import type { KinesisSeed } from '../../local-aws/kinesis-stream.ts';
import type { LocalAws, LocalAwsOptions } from '../../local-aws/server.ts';
import type { Outcome } from '../../src/encryption/model.ts';
import type { StreamReport } from '../../src/reporting/report.ts';
import { ALWAYS, CHANGING_STATUS, DESCRIBE, ENCRYPTED_STATUS, type Kind, START } from '../end-to-end/step.ts';
import { NEW_KEY, OLD_KEY, THIRD_KEY } from './account.ts';

/** The progress of the run and the stream when a request arrives, without that request. */
interface RunProgress {
  /** The Start… requests received, accepted or not. */
  readonly starts: number;
  readonly accepted: number;
  /** The Describe… requests since the latest start, or since the beginning. */
  readonly describes: number;
  /** The DescribeKey requests. A run looks up the target key first, then the key in force. */
  readonly keyLookups: number;
  /** A change is in progress, the run's own or a concurrent one. */
  readonly changing: boolean;
}

export interface InjectionPoint {
  readonly name: string;
  /** The operation that the fault hits first. */
  readonly operation: Readonly<Record<Kind, string>>;
  readonly isReached: (progress: RunProgress) => boolean;
}

const KEY = { kinesis: 'DescribeKey', firehose: 'DescribeKey' } as const;
const PUT = { kinesis: 'PutRecord', firehose: 'PutRecord' } as const;

/** In the order in which a run reaches them. The requests received so far identify a point, not the time. */
export const INJECTION_POINTS = [
  { name: 'target key lookup', operation: KEY, isReached: () => true },
  { name: 'current key lookup', operation: KEY, isReached: ({ keyLookups }) => keyLookups > 0 },
  { name: 'first describe', operation: DESCRIBE, isReached: () => true },
  // The change of another client is in progress when the run begins.
  { name: 'concurrent change', operation: DESCRIBE, isReached: ({ describes }) => describes > 0 },
  { name: 'start', operation: START, isReached: () => true },
  { name: 'describe after start', operation: DESCRIBE, isReached: ({ starts }) => starts > 0 },
  {
    name: 'polling',
    operation: DESCRIBE,
    isReached: ({ accepted, describes, changing }) => accepted > 0 && describes > 0 && changing
  },
  { name: 'confirmation', operation: DESCRIBE, isReached: ({ accepted, changing }) => accepted > 0 && !changing },
  // The run uses the input `verify-records`.
  { name: 'put record', operation: PUT, isReached: () => true }
] as const satisfies readonly InjectionPoint[];

export type PointName = (typeof INJECTION_POINTS)[number]['name'];

export interface Expectation {
  readonly outcome: Outcome;
  /** What the run saw of the stream. */
  readonly seen: (kind: Kind) => Partial<StreamReport>;
  /** How many Start… requests the service receives, and how many of them take effect. */
  readonly counts: { readonly starts?: number; readonly writes: number };
  /** Parts of the message: the cause of the problem, and what happened to the change. `ACTION` is the IAM action. */
  readonly parts: readonly string[];
}

/** One expectation for both kinds, or one for each. */
export type Expectations = Expectation | Partial<Readonly<Record<Kind, Expectation>>>;

export interface NamedFault {
  readonly name: string;
  /** The effect on the requests that the fault hits. `starts` is how many Start… requests came before. */
  readonly effect?: FaultEffect | ((request: { action: string; starts: number }) => FaultEffect | undefined);
  /** How many requests the fault hits. Default: 1. */
  readonly times?: number;
  /** After its first hit, the fault hits every operation, not only that of the injection point. */
  readonly allOperations?: true;
  /** Changes the account when the fault strikes for the first time. */
  readonly onFirstHit?: (aws: LocalAws, kind: Kind) => void;
  readonly expectations: Partial<Readonly<Record<PointName, Expectations>>>;
  /** The injection points that run through the bundle, too. */
  readonly bundled?: readonly PointName[];
  /** Other streams of the run have the fault, too. */
  readonly isShared?: true;

  /** Default: the stream is encrypted with the old key. */
  readonly initially?: 'not encrypted';
  /** The input `key-id`. Default: the ARN of the new key. */
  readonly keyId?: string;
  /** The run ends at its deadline, which is therefore short. */
  readonly untilDeadline?: true;
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** A change ends at this Describe… request. Default: the third. */
  readonly describesPerChange?: number;
  readonly aws?: LocalAwsOptions;
  /** How changes of the stream end. */
  readonly kinesis?: Pick<KinesisSeed, 'changeResult'>;
  readonly firehose?: Pick<FirehoseSeed, 'changeFails'>;
}

/** A fault of the start only. */
export function atStart(
  name: string,
  effect: NamedFault['effect'],
  start: Expectations,
  more: Partial<NamedFault> = {}
): NamedFault {
  return { name, ...(effect && { effect }), expectations: { start }, ...more };
}

/** The service returns this error. */
export function error(code: string, message: string, more: { status?: number; extra?: Record<string, unknown> } = {}) {
  return { error: { code, message, ...more } };
}

export function denied(action: string, resource: string) {
  const user = 'arn:aws:sts::111122223333:assumed-role/ci/run';
  const policy = `because no identity-based policy allows the ${action} action`;
  return error('AccessDeniedException', `User: ${user} is not authorized to perform: ${action}${resource} ${policy}`);
}

export const THROTTLED = error('ThrottlingException', 'Rate exceeded');
export const EXPIRED_TOKEN = error('ExpiredTokenException', 'The security token included in the request is expired');
export const UNKNOWN_CODE = error('MoonPhaseException', 'The moon is not full, try Tuesday');
export const EMPTY_RESPONSE = { body: '', status: 200, contentType: 'application/x-amz-json-1.1' };
export const EACH_TIME = { times: ALWAYS } as const;

/** Whether the stream is encrypted while its key changes: Kinesis reports it, Firehose does not. */
const DURING_CHANGE = { kinesis: 'true', firehose: 'unknown' } as const;

/** The stream is encrypted with this key, and no change is in progress. */
function atRest(changed: boolean, keyId: string, previousKeyId: string | null): Expectation['seen'] {
  return (kind) => ({ changed, encrypted: 'true', status: ENCRYPTED_STATUS[kind], keyId, previousKeyId });
}

function changing(keyId: string | null): Expectation['seen'] {
  return (kind) => ({
    changed: true,
    encrypted: DURING_CHANGE[kind],
    status: CHANGING_STATUS[kind],
    keyId,
    previousKeyId: keyId
  });
}

/** What the run saw of the stream. */
export const SEEN = {
  notObserved: () => ({ arn: null, changed: false, encrypted: 'unknown', status: null, keyId: null }),
  onOldKey: atRest(false, OLD_KEY, OLD_KEY),
  onNewKey: atRest(true, NEW_KEY, OLD_KEY),
  /** The stream was observed, but no key was looked up. */
  observedWithoutKeyLookup: atRest(false, OLD_KEY, null),
  /** The change was sent, and the stream was not observed after it. */
  startSent: (kind) => ({ ...changing(OLD_KEY)(kind), status: ENCRYPTED_STATUS[kind] }),
  changeInProgress: changing(OLD_KEY),
  /** A concurrent change from the third key to the old one is in progress. Firehose reports neither key meanwhile. */
  concurrentChangeInProgress: (kind) => ({
    ...changing(kind === 'kinesis' ? THIRD_KEY : null)(kind),
    changed: false,
    previousKeyId: null
  }),
  /** The change failed, and the old key is still in force. */
  stillOnOldKey: (kind) => ({ ...atRest(true, OLD_KEY, OLD_KEY)(kind), status: 'ENABLING_FAILED' }),
  revertedToOldKey: atRest(true, OLD_KEY, OLD_KEY),
  overtakenByThirdKey: atRest(true, THIRD_KEY, OLD_KEY),
  newlyEncrypted: atRest(true, NEW_KEY, null),
  fromThirdKeyToNewKey: atRest(true, NEW_KEY, THIRD_KEY),
  /** A concurrent change replaced the old key, which the run had observed, with the new one. */
  changedConcurrently: atRest(false, NEW_KEY, OLD_KEY),
  /** A concurrent change to the new key was in progress at the first observation. */
  changedConcurrentlyFromUnknownKey: atRest(false, NEW_KEY, null),
  alreadyOnNewKey: atRest(false, NEW_KEY, NEW_KEY)
} as const satisfies Readonly<Record<string, Expectation['seen']>>;

/** Message parts for a change that was sent, and for one that was not. */
export const CHANGE_CONTINUES = ['was sent', 'the service continues it by itself', 'Running again is safe'];
export const NO_CHANGE_SENT = ['No change was sent', 'Running again is safe'];

/** No start was sent. */
export const NOT_SENT = { starts: 0, writes: 0 } as const;
/** One start was sent, and took no effect. */
export const REJECTED = { starts: 1, writes: 0 } as const;
const ACCEPTED = { starts: 1, writes: 1 } as const;

type Overrides = { starts?: number; writes?: number; seen?: Expectation['seen'] };

/** The run changes the key in spite of the fault: one change, accepted and confirmed. */
export function rekeyed({ starts = 1, writes = 1, seen = SEEN.onNewKey }: Overrides = {}): Expectation {
  return { outcome: 'rekeyed', seen, counts: { starts, writes }, parts: ['the service now reports'] };
}

export function enabled({ starts = 1 } = {}): Expectation {
  return { ...rekeyed({ starts, seen: SEEN.newlyEncrypted }), outcome: 'enabled' };
}

/** The new key is in force, but this run did not change it. */
export function unchanged({ starts = 1, seen = SEEN.changedConcurrently }: Overrides = {}): Expectation {
  return { outcome: 'unchanged', seen, counts: { starts, writes: 0 }, parts: ['already encrypted'] };
}

/** Default of `counts`: one start, which took effect. */
export function failed(
  seen: Expectation['seen'],
  parts: readonly string[],
  counts: Expectation['counts'] = ACCEPTED
): Expectation {
  return { outcome: 'failed', seen, parts, counts };
}

export function timedOut(...expected: Parameters<typeof failed>): Expectation {
  return { ...failed(...expected), outcome: 'timed-out' };
}
