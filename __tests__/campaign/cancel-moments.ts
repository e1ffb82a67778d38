/** The moments at which a run over forty streams is cancelled, each told by what has come to the local AWS by then. */

import type { FaultEffect } from '../../local-aws/faults.ts';
import type { Mode } from '../../src/encryption/model.ts';
import { DESCRIBE, type Kind, LIST, START } from '../end-to-end/step.ts';
import { THROTTLE } from './effects.ts';

/** How far the run is when a request has come, that request included. */
export interface FleetProgress {
  /** How often this operation was asked for. */
  readonly count: (operation: string) => number;
  /** The starts that took effect. */
  readonly accepted: number;
  /** The streams that are at rest with the new key. */
  readonly moved: number;
}

export interface CancelMoment {
  readonly name: string;
  readonly hasCome: (progress: FleetProgress, kind: Kind) => boolean;
  readonly mode?: Mode;
  /** How long a change takes; for ever if left out. */
  readonly changeMs?: number;
  readonly settleSeconds?: number;
  /** What becomes of each start. */
  readonly starts?: FaultEffect;
  /** The streams are not known yet. */
  readonly choosing?: true;
  /** It is tried through the bundle too. */
  readonly bundled?: true;
}

/** How many streams there are. */
export const STREAMS = 40;

export const CANCEL_MOMENTS: readonly CancelMoment[] = [
  { name: 'while they are listed', hasCome: ({ count }, kind) => count(LIST[kind]) === 1, choosing: true },
  { name: 'at the first look', hasCome: ({ count }, kind) => count(DESCRIBE[kind]) === 1 },
  { name: 'at the first look-up of a key', hasCome: ({ count }) => count('DescribeKey') === 1 },
  { name: 'at the first start', hasCome: ({ count }, kind) => count(START[kind]) === 1, bundled: true },
  { name: 'at the tenth start', hasCome: ({ count }, kind) => count(START[kind]) === 10 },
  { name: 'at the last start', hasCome: ({ count }, kind) => count(START[kind]) === STREAMS },
  {
    name: 'while starts are throttled',
    hasCome: ({ count }, kind) => count(START[kind]) === 12,
    starts: THROTTLE
  },
  {
    name: 'while the answers to starts are lost',
    hasCome: ({ count }, kind) => count(START[kind]) === 6,
    starts: { hang: 'after' },
    bundled: true
  },
  {
    name: 'while starts are lost',
    hasCome: ({ count }, kind) => count(START[kind]) === 6,
    starts: { hang: 'before' }
  },
  { name: 'while all wait', hasCome: ({ accepted }) => accepted === STREAMS },
  {
    name: 'when half of them have ended',
    changeMs: 1_000,
    hasCome: ({ moved }) => moved >= STREAMS / 2,
    bundled: true
  },
  { name: 'while they settle', changeMs: 500, settleSeconds: 60, hasCome: ({ moved }) => moved >= STREAMS / 2 },
  { name: 'in mode plan', mode: 'plan', hasCome: ({ count }, kind) => count(DESCRIBE[kind]) === STREAMS / 2 },
  { name: 'in mode check', mode: 'check', hasCome: ({ count }, kind) => count(DESCRIBE[kind]) === STREAMS / 2 }
];
