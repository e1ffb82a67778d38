/** Invariants about which streams a run changes and which it skips. */

import type { StreamKind } from '../../../src/encryption/model.ts';
import { type HistoryFromKey, type StreamState, targetKeyOf } from './history.ts';
import type { HistoryRun } from './run-history.ts';
import { mayHaveTakenEffect, type ReceivedObservation, type SentStart } from './stream-model.ts';

/**
 * A stream that a glob or tags selected keeps another customer key, unless the request sets `from-key-id`. The latest
 * observation before the start decides: a run cannot know about a concurrent change after it.
 */
export function keepsOtherCustomerKey({ history, model }: HistoryRun): string | null {
  if (history.named || history.from !== null) return null;
  for (const [index, { atMs, targetName }] of model.starts.entries()) {
    const received = receivedBefore(model.starts, index);
    if (hasOtherCustomerKey(received?.state, targetName)) return `the start at ${atMs} replaces a customer key`;
  }
  return null;
}

/** The latest observation before a start that shows a key: one of a failed change does not. */
function receivedBefore(starts: readonly SentStart[], index: number): ReceivedObservation | null {
  const lastReceived = starts[index]?.lastReceived ?? null;
  return index > 0 && lastReceived?.observation.phase === 'failed' ? receivedBefore(starts, index - 1) : lastReceived;
}

function hasOtherCustomerKey(state: StreamState | undefined, targetName: string): boolean {
  const key = state?.key?.key;
  return key !== undefined && key !== 'aws' && key !== targetName;
}

export function changesOnlyFromKeys({ history, model }: HistoryRun): string | null {
  const { from, kind } = history;
  if (from === null) return null;
  for (const [index, { atMs }] of model.starts.entries()) {
    const received = receivedBefore(model.starts, index);
    if (received === null) return `the start at ${atMs} was sent before any observation`;
    if (!usesFromKey(kind, from, received.state)) return `the start at ${atMs} changes another stream`;
  }
  return null;
}

/** `any` includes a key that the service does not report. No identifier refers to Firehose's AWS owned key. */
function usesFromKey(kind: StreamKind, from: readonly HistoryFromKey[], { status, key }: StreamState): boolean {
  return from.some((fromKey) => {
    if (fromKey === 'any') return key !== null || status !== 'at-rest';
    if (fromKey === 'aws-owned') return key?.key === 'aws';
    return key !== null && fromKey.key === key.key && !(kind === 'firehose' && key.key === 'aws');
  });
}

export function skipsOnlyExcludedStreams({ history, model, result: { outcome } }: HistoryRun): string | null {
  if (outcome !== 'skipped') return null;
  const { criteria, from, kind, keyLookups, named, newKeyState } = history;
  if (model.starts.some(mayHaveTakenEffect)) return 'a start was sent';
  const state = model.received.at(-1)?.state;
  if (state?.status !== 'at-rest') return `skipped while it was ${state?.status}`;
  // The run cannot know the key if KMS wrongly reports it as missing or returns another ARN.
  if (newKeyState === 'other-region' || keyLookups.some(({ result }) => result === 'missing')) return null;
  // The alias of a missing key cannot be resolved.
  if (newKeyState === 'missing' && state.key?.key === 'new') return null;
  const targetName = targetKeyOf(criteria);
  if (from !== null) return usesFromKey(kind, from, state) ? 'although it uses a from key' : null;
  return !named && hasOtherCustomerKey(state, targetName) ? null : 'although the request selects it';
}
