/** The state of one stream's run: what was observed, and how far its change has come. All transitions are here. Pure. */

import type { ResolvedTarget } from '../keys/target.ts';
import { isProof, type ResolvedObservation } from './observation.ts';

/**
 * A change of this run:
 * - `sent`: the request has left, and no answer has come (yet, or at all);
 * - `accepted`: the service has accepted it;
 * - `ended`: it succeeded or failed.
 */
export interface SentChange {
  readonly stage: 'sent' | 'accepted' | 'ended';
  readonly target: ResolvedTarget;
  /** How the stream was, completing 'the stream was …'. */
  readonly stateBefore: string;
  readonly warnings: readonly string[];
  /** The observation on which the change was decided. */
  readonly before: ResolvedObservation;
  /** When it was sent; later, when its answer came or was considered lost. */
  readonly sinceMs: number;
}

export type Change = { readonly stage: 'none' } | SentChange;

const NONE: Change = { stage: 'none' };

export interface StreamState {
  readonly first: ResolvedObservation | null;
  readonly last: ResolvedObservation | null;
  /** The latest observation before our change in which no change was in flight and the key was certain. */
  readonly beforeChange: ResolvedObservation | null;
  readonly change: Change;
  /** The earlier change, restored if the service refuses `change`: if its answer was lost, it may still take effect. */
  readonly changeIfRefused: Change;
  /** Whether the service refused a change. */
  readonly isRefused: boolean;
  /** Whether a change failed and a second attempt was made. */
  readonly isSecondAttempt: boolean;
  /** Whether a change was in flight that this run did not send, on the stream or on its source. */
  readonly waitedForOther: boolean;
  /** The state of the data stream that a delivery stream reads from; null if it was not described. */
  readonly source: StreamState | null;
  /** Whether the service confirmed that a test record was encrypted. */
  readonly recordVerified: boolean;
}

export const INITIAL_STATE: StreamState = {
  first: null,
  last: null,
  beforeChange: null,
  change: NONE,
  changeIfRefused: NONE,
  isRefused: false,
  isSecondAttempt: false,
  waitedForOther: false,
  source: null,
  recordVerified: false
};

/** The service described the stream; its key is not resolved yet. If this proves the target, the change has ended. */
export function described(state: StreamState, last: ResolvedObservation): StreamState {
  const { change } = state;
  const isProved = isSent(change) && isProof(last, change.target);
  return { ...state, last, change: isProved ? { ...change, stage: 'ended' } : change };
}

/** The key of the description was resolved. */
export function observed(state: StreamState, observation: ResolvedObservation): StreamState {
  const isCertain = observation.phase === 'final' && state.change.stage === 'none';
  return {
    ...described(state, observation),
    first: state.first ?? observation,
    beforeChange: isCertain ? observation : state.beforeChange
  };
}

/** The source of the delivery stream was described, and its key resolved. */
export function sourceObserved(state: StreamState, observation: ResolvedObservation): StreamState {
  return { ...state, source: observed(state.source ?? INITIAL_STATE, observation) };
}

/** A change of another caller is in flight, or was made just before ours. */
export function waitingForOther(state: StreamState): StreamState {
  return { ...state, waitedForOther: true };
}

/** The request for a change has left. */
export function sent(state: StreamState, change: Omit<SentChange, 'stage'>): StreamState {
  return { ...state, change: { ...change, stage: 'sent' }, changeIfRefused: state.change };
}

/** The service refused the change. */
export function refused(state: StreamState): StreamState {
  return { ...state, change: state.changeIfRefused, isRefused: true };
}

/** The service accepted the change. */
export function accepted(state: StreamState, sinceMs: number): StreamState {
  return isSent(state.change) ? { ...state, change: { ...state.change, stage: 'accepted', sinceMs } } : state;
}

/** The answer to the change was given up as lost. */
export function answerLost(state: StreamState, sinceMs: number): StreamState {
  return isSent(state.change) ? { ...state, change: { ...state.change, sinceMs } } : state;
}

/** The change succeeded or failed. */
export function ended(state: StreamState): StreamState {
  return isSent(state.change) ? { ...state, change: { ...state.change, stage: 'ended' } } : state;
}

/** The change failed in a way that a second attempt may overcome. */
export function secondAttempt(state: StreamState): StreamState {
  return { ...ended(state), isSecondAttempt: true };
}

/** The service confirmed that a test record was encrypted. */
export function recordVerified(state: StreamState): StreamState {
  return { ...state, recordVerified: true };
}

/** Whether a change was sent and not refused. */
export function isSent(change: Change): change is SentChange {
  return change.stage !== 'none';
}

/** Whether a change was sent whose end was not observed. */
export function isInFlight({ stage }: Change): boolean {
  return stage === 'sent' || stage === 'accepted';
}
