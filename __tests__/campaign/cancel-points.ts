/** The points at which a run over 40 streams is cancelled. The requests received so far identify a point. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Mode } from '../../src/encryption/model.ts';
import { DESCRIBE, type Kind, LIST, START } from '../end-to-end/step.ts';
import { THROTTLED } from './fault-effects.ts';

/** The progress of the run when a request arrives, including that request. */
export interface FleetProgress {
  /** How many requests of this operation the service received. */
  readonly count: (operation: string) => number;
  /** How many starts took effect. */
  readonly accepted: number;
  /** How many streams have the new key in force and no change in progress. */
  readonly changed: number;
}

export interface CancelPoint {
  readonly name: string;
  readonly isReached: (progress: FleetProgress, kind: Kind) => boolean;
  readonly mode?: Mode;
  /** Default: changes never end. */
  readonly changeMs?: number;
  readonly settleSeconds?: number;
  /** The effect of a fault that hits every start. */
  readonly startEffect?: FaultEffect;
  /** The run has not selected the streams yet. */
  readonly duringSelection?: true;
  /** Runs through the bundle, too. */
  readonly bundled?: true;
}

export const STREAMS = 40;

export const CANCEL_POINTS: readonly CancelPoint[] = [
  {
    name: 'while listing streams',
    isReached: ({ count }, kind) => count(LIST[kind]) === 1,
    duringSelection: true
  },
  { name: 'at the first describe', isReached: ({ count }, kind) => count(DESCRIBE[kind]) === 1 },
  { name: 'at the first key lookup', isReached: ({ count }) => count('DescribeKey') === 1 },
  { name: 'at the first start', isReached: ({ count }, kind) => count(START[kind]) === 1, bundled: true },
  { name: 'at the tenth start', isReached: ({ count }, kind) => count(START[kind]) === 10 },
  { name: 'at the last start', isReached: ({ count }, kind) => count(START[kind]) === STREAMS },
  {
    name: 'while starts are throttled',
    isReached: ({ count }, kind) => count(START[kind]) === 12,
    startEffect: THROTTLED
  },
  {
    name: 'while responses to starts are lost',
    isReached: ({ count }, kind) => count(START[kind]) === 6,
    startEffect: { hang: 'after' },
    bundled: true
  },
  {
    name: 'while starts are lost',
    isReached: ({ count }, kind) => count(START[kind]) === 6,
    startEffect: { hang: 'before' }
  },
  { name: 'while every stream changes', isReached: ({ accepted }) => accepted === STREAMS },
  {
    name: 'when half of the changes have ended',
    changeMs: 1_000,
    isReached: ({ changed }) => changed >= STREAMS / 2,
    bundled: true
  },
  {
    name: 'during the settle time',
    changeMs: 500,
    settleSeconds: 60,
    isReached: ({ changed }) => changed >= STREAMS / 2
  },
  { name: 'in mode plan', mode: 'plan', isReached: ({ count }, kind) => count(DESCRIBE[kind]) === STREAMS / 2 },
  { name: 'in mode check', mode: 'check', isReached: ({ count }, kind) => count(DESCRIBE[kind]) === STREAMS / 2 }
];
