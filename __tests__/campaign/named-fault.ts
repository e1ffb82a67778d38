/** What a fault of the campaign consists of. */

import type { FirehoseSeed } from '../../local-aws/delivery-stream.ts';
import type { FaultEffect } from '../../local-aws/faults.ts';
import type { KinesisSeed } from '../../local-aws/kinesis-stream.ts';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import type { LocalAws, LocalAwsOptions } from '../../local-aws/server.ts';
import type { Kind } from '../end-to-end/step.ts';
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
  readonly timeoutSeconds?: number;
  /** The client's request timeout in real time. Default: none. */
  readonly requestTimeoutMs?: number;
  /** A change ends at this Describe… request. Default: the third. */
  readonly describesPerChange?: number;
  readonly aws?: LocalAwsOptions;
  readonly kinesis?: Partial<KinesisSeed>;
  readonly firehose?: Partial<FirehoseSeed>;
}

/** One expectation for both kinds, or one for each. */
export type ExpectationsByPoint = Partial<Readonly<Record<InjectionPointName, Expectation | ExpectationByKind>>>;
export type ExpectationByKind = Partial<Readonly<Record<Kind, Expectation>>>;

/** The request that a fault hits. */
export interface FaultedRequest {
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
  /** Starts a concurrent change of the stream. */
  startConcurrentChange(key: string, durationMs: number): void;
  deleteStream(): void;
}
