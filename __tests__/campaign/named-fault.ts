/** What a fault of the campaign consists of, and effects that several tables of faults share. */

import type { FirehoseSeed } from '../../local-aws/delivery-stream.ts';
import type { FaultEffect } from '../../local-aws/faults.ts';
import type { KinesisSeed } from '../../local-aws/kinesis-stream.ts';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import type { LocalAws, LocalAwsOptions } from '../../local-aws/server.ts';
import { ALWAYS, type Kind } from '../end-to-end/step.ts';
import type { Expectation } from './expectations.ts';
import type { InjectionPointName } from './injection-points.ts';

export interface NamedFault {
  readonly name: string;
  /** The effect on the requests that the fault hits. */
  readonly effect?: FaultEffect | ((request: FaultedRequest) => FaultEffect | undefined);
  /** How many requests the fault hits. Default: 1. */
  readonly times?: number;
  /** After its first hit, the fault hits every operation, not only that of the injection point. */
  readonly allOperations?: true;
  /** Changes the account when the fault strikes for the first time. */
  readonly onFirstHit?: (target: FaultTarget) => void;
  readonly expectations: ExpectationsByPoint;
  /** The injection points that run through the bundle, too. */
  readonly bundled?: readonly InjectionPointName[];

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
  /** How changes of the stream end, and its status. */
  readonly kinesis?: Pick<KinesisSeed, 'changeResult'>;
  readonly firehose?: Pick<FirehoseSeed, 'changeFails' | 'streamStatus'>;
}

/** One expectation for both kinds, or one for each. */
export type ExpectationsByPoint = Partial<Readonly<Record<InjectionPointName, Expectation | ExpectationByKind>>>;
export type ExpectationByKind = Partial<Readonly<Record<Kind, Expectation>>>;

/** A fault of the start only. */
export function atStart(
  name: string,
  effect: NamedFault['effect'],
  start: Expectation | ExpectationByKind,
  more: Partial<NamedFault> = {}
): NamedFault {
  return { name, ...(effect && { effect }), expectations: { start }, ...more };
}

/** The request that a fault hits. */
interface FaultedRequest {
  readonly kind: Kind;
  /** The IAM action. */
  readonly action: string;
  /** How many Start… requests came before this one. */
  readonly starts: number;
}

/** What a fault can change in the account. */
export interface FaultTarget {
  readonly aws: LocalAws;
  readonly kind: Kind;
  readonly newKey: KmsKey;
}

/** The service returns this error. */
export function error(code: string, message: string, more: { status?: number; extra?: Record<string, unknown> } = {}) {
  return { error: { code, message, ...more } };
}

/** The service denies this action, with these words after it. */
export function denied(action: string, rest = '') {
  const user = 'arn:aws:sts::111122223333:assumed-role/ci/run';
  const policy = `because no identity-based policy allows the ${action} action`;
  return error('AccessDeniedException', `User: ${user} is not authorized to perform: ${action}${rest} ${policy}`);
}

/** A response with status 200 and this body, which may be incomplete. */
export function okResponse(body: string) {
  return { body, status: 200, contentType: 'application/x-amz-json-1.1' };
}

export const THROTTLED = error('ThrottlingException', 'Rate exceeded');
export const RATE_EXCEEDED = error(
  'LimitExceededException',
  'Rate exceeded for stream orders under account 111122223333.'
);
export const INTERNAL_FAILURE = error('InternalFailure', 'an internal error', { status: 500 });
export const EXPIRED_TOKEN = error('ExpiredTokenException', 'The security token included in the request is expired');
export const UNKNOWN_CODE = error('MoonPhaseException', 'The moon is not full, try Tuesday');
/** A proxy returns an HTML page. */
export const HTML_PAGE = { body: '<html><body><h1>503 Service Unavailable</h1></body></html>', status: 503 };
export const EMPTY_RESPONSE = okResponse('');
/** No response, and the client notices after this time, which is real. A busy machine responds sooner. */
export const CLIENT_TIMEOUT = { requestTimeoutMs: 2_000 } as const;
export const NO_RESPONSE = { effect: { hang: 'before' }, ...CLIENT_TIMEOUT } as const;
export const EACH_TIME = { times: ALWAYS } as const;
