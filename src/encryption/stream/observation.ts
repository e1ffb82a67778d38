/** What an observation of a stream says: proof of a key, another stream, nothing to encrypt, or too little to decide. */

import { arnScope, isSameResource } from '../arn.ts';
import { compareKeys } from '../keys/compare.ts';
import type { ResolvedKey } from '../keys/resolved-key.ts';
import type { ResolvedTarget } from '../keys/target.ts';
import type { Observation, Source, StreamRef } from '../model.ts';

/** An observation with its key resolved. */
export interface ResolvedObservation extends Omit<Observation, 'key'> {
  readonly key: ResolvedKey | null;
}

/** Whether the observation proves that the target is in force: final, encrypted, and with that very key. */
export function isProof({ phase, encrypted, key }: ResolvedObservation, target: ResolvedTarget): boolean {
  return (
    phase === 'final' && encrypted === 'true' && key !== null && !key.viaAlias && compareKeys(key, target) === 'same'
  );
}

/** Whether the service plainly says that the stream is not encrypted. */
export function isPlainlyUnencrypted({ phase, encrypted }: ResolvedObservation): boolean {
  return phase === 'final' && encrypted === 'false';
}

/** The source in which the records of a delivery stream rest; null if the stream has encryption of its own. */
export function sourceOfRecords({ phase, source }: ResolvedObservation): Source | null {
  return phase === 'has-source' ? source : null;
}

/** Why the answer is not about the stream requested, or null. Different accounts may have streams of the same name. */
export function whyDifferentStream(requested: StreamRef, answeredArn: string): string | null {
  if (requested.arn === null || isSameResource(requested.arn, answeredArn)) return null;
  const account = arnScope(requested.arn).accountId;
  const answered = arnScope(answeredArn).accountId;
  return (
    `${requested.arn} is in account ${account}, but the credentials reach ${answeredArn} in account ${answered}: ` +
    `use credentials of account ${account}`
  );
}

/**
 * Why the answer is not about a stream in this region, or not about the one that an earlier answer of the run was about; null if
 * it may be.
 */
export function whyElsewhere(answeredArn: string, region: string, earlierArn: string | null): string | null {
  const answered = arnScope(answeredArn).region;
  if (answered !== region) {
    return `the answer is about ${answeredArn}, which is not in the region of the run, ${region}: set region to ${answered}, or correct AWS_ENDPOINT_URL…`;
  }
  if (earlierArn === null || isSameResource(earlierArn, answeredArn)) return null;
  return `the answers of this run are about different streams, ${earlierArn} and ${answeredArn}: use the same credentials and the same endpoint for the whole run`;
}

/** Why there is nothing to encrypt, and what that means for the result. */
export interface Obstacle {
  readonly action: 'not-applicable' | 'fail';
  readonly why: string;
}

/** Why the stream cannot be encrypted, or null. A stream that a glob or tags selected may be deleted during the run. */
export function whyNotEncryptable(observation: ResolvedObservation, named: boolean): Obstacle | null {
  switch (observation.phase) {
    case 'has-source':
      return { action: 'not-applicable', why: 'the delivery stream has no encryption of its own: encrypt its source' };
    case 'deleting':
      return { action: named ? 'fail' : 'not-applicable', why: formatDeleting(observation, named) };
    case 'not-created':
      return { action: 'fail', why: formatNotCreated(observation) };
    default:
      return null;
  }
}

function formatDeleting({ failure }: ResolvedObservation, named: boolean): string {
  if (failure !== null) {
    return `the stream could not be deleted${because(failure.reason)}: ${andThen(failure.advice, 'delete it again')}`;
  }
  return named
    ? 'the stream is being deleted: create it again, or leave it out of the run'
    : 'the stream is being deleted';
}

function formatNotCreated({ failure }: ResolvedObservation): string {
  const remedy = andThen(failure?.advice ?? '', 'delete it and create it again');
  return `the stream could not be created${because(failure?.reason)}: ${remedy}`;
}

function andThen(advice: string, next: string): string {
  return advice === '' ? next : `${advice}. Then ${next}`;
}

/**
 * Says that the status does not show whether the stream is encrypted, and what to do next. What made the latest attempt fail
 * comes first: the next attempt would fail for the same reason.
 */
export function formatUnclear({ status, failure, unclearReason }: ResolvedObservation, next: string): string {
  const unclear = `the status ${status}${because(failure?.reason ?? unclearReason)} does not show whether the stream is encrypted, or with which key`;
  return failure?.advice ? `${unclear}. ${failure.advice}. Then ${next}` : `${unclear}: ${next}`;
}

/** A reason in parentheses; nothing if there is none. */
export function because(reason: string | null | undefined): string {
  return reason ? ` (${reason})` : '';
}
