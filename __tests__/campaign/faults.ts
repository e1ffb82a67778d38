/** The faults of the campaign by name: what each does, when it strikes, and how a run must then end. */

import type { FirehoseSeed } from '../../local-aws/delivery-stream.ts';
import type { FaultEffect } from '../../local-aws/faults.ts';
import type { KinesisSeed } from '../../local-aws/kinesis-stream.ts';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import type { LocalAws, LocalAwsOptions } from '../../local-aws/server.ts';
import { KINDS, type Kind } from '../end-to-end/step.ts';
import type { Ending } from './endings.ts';
import { KEY_FAULTS } from './key-faults.ts';
import { MOMENT_NAMES, type MomentName } from './moments.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { REFUSALS } from './refusals.ts';
import { TURNS_OF_EVENTS } from './turns-of-events.ts';

export interface NamedFault {
  readonly name: string;
  /** What becomes of the requests that it hits. */
  readonly effect?: FaultEffect | ((asked: Asked) => FaultEffect | undefined);
  /** How many requests it hits; 1 if left out. */
  readonly times?: number;
  /** Once it has struck it hits every operation, not only the moment's own. */
  readonly everywhere?: true;
  /** What happens in the account when it first strikes. */
  readonly happens?: (stage: StruckStage) => void;
  /** How a run must end, by the moment at which it strikes. */
  readonly ends: Endings;
  /** The moments that are tried through the bundle too. */
  readonly bundled?: readonly MomentName[];

  /** The stream is encrypted with the old key, if left out. */
  readonly from?: 'not encrypted';
  /** The new key as the request writes it: by its ARN, if left out. */
  readonly keyId?: string;
  readonly timeoutSeconds?: number;
  /** How many seconds of the run pass in one of real time. */
  readonly speed?: number;
  /** After so long, in real time, the client gives a request up; ten seconds if left out. */
  readonly requestTimeoutMs?: number;
  /** A change ends when so many looks have come at it; three if left out. */
  readonly looksAChangeTakes?: number;
  readonly aws?: LocalAwsOptions;
  readonly kinesis?: Partial<KinesisSeed>;
  readonly firehose?: Partial<FirehoseSeed>;
}

/** One ending for both kinds, or one for each. */
export type Endings = Partial<Readonly<Record<MomentName, Ending | EndingByKind>>>;
export type EndingByKind = Partial<Readonly<Record<Kind, Ending>>>;

/** The request that a fault hits. */
export interface Asked {
  readonly kind: Kind;
  /** The IAM action. */
  readonly action: string;
  /** The Start… requests that came before it. */
  readonly starts: number;
}

/** What a fault can act on. */
export interface StruckStage {
  readonly aws: LocalAws;
  readonly kind: Kind;
  readonly newKey: KmsKey;
  /** Another's change of the stream, which takes so long. */
  change(key: string, ms: number): void;
  /** Another deletes the stream. */
  delete(): void;
}

/** One fault at one moment, on a stream of one kind. */
export interface Case {
  readonly fault: NamedFault;
  readonly moment: MomentName;
  readonly kind: Kind;
  readonly ending: Ending;
}

export const FAULTS: readonly NamedFault[] = [...NETWORK_FAULTS, ...REFUSALS, ...KEY_FAULTS, ...TURNS_OF_EVENTS];

/** Every combination that makes sense, by the moment, so that those that wait long stand among those that do not. */
export const CASES: readonly Case[] = MOMENT_NAMES.flatMap((moment) =>
  FAULTS.flatMap((fault) =>
    KINDS.flatMap((kind) => {
      const ends = fault.ends[moment];
      const ending = ends === undefined || 'outcome' in ends ? ends : ends[kind];
      return ending === undefined ? [] : [{ fault, moment, kind, ending }];
    })
  )
);

/** Those that are tried through the bundle too. */
export const BUNDLED: readonly Case[] = CASES.filter(({ fault, moment }) => fault.bundled?.includes(moment));
