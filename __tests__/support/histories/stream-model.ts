/**
 * Model of one stream's actual state, through concurrent changes, errors, and slow or stale responses. It is not built on
 * support/simulated-stream.ts, which has no actual state and reports what a test tells it to: the invariants compare what a run
 * reports with the actual state at each time.
 */

import type { Observation, StreamKind, StreamRef, TargetKey } from '../../../src/encryption/model.ts';
import {
  type DescribeOptions,
  type ErrorKind,
  ServiceError,
  type StreamService
} from '../../../src/encryption/ports.ts';
import { AWS_MANAGED } from '../account.ts';
import type { SimulatedKeys } from '../simulated-keys.ts';
import { hangs } from '../simulated-stream.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import {
  type CallBehavior,
  type ChangeBehavior,
  type ChangeEnd,
  type ConcurrentChange,
  type History,
  type KeyName,
  type KeyReference,
  keyFormOf,
  keyNameOf,
  type RecordBehavior,
  type StartBehavior,
  type StreamState
} from './history.ts';
import { createKeyService, simulateCall, simulateLatency, startResponse, toObservation } from './responses.ts';

/** An observation that the run received. */
export interface ReceivedObservation {
  readonly requestedMs: number;
  /** The time whose state the observation shows. */
  readonly asOfMs: number;
  /** The stream's actual state at that time. */
  readonly state: StreamState;
  readonly observation: Observation;
}

/** A start that the run sent. */
export interface SentStart {
  readonly atMs: number;
  readonly target: TargetKey;
  readonly targetName: KeyName;
  /** The latest observation that the run had received. */
  readonly lastReceived: ReceivedObservation | null;
  /** What the caller received; `none` if it stopped waiting. */
  response: 'accepted' | 'none' | ErrorKind;
  /** The change that the start caused; null if it took no effect. */
  change: { readonly endsAtMs: number; readonly end: ChangeEnd } | null;
}

/** Whether the start may have taken effect, as far as the run knows. */
export function mayHaveTakenEffect({ response }: SentStart): boolean {
  return response === 'accepted' || response === 'none' || response === 'unanswered';
}

/** The stream service and the keys of a history. It records the actual states and what the run received and sent. */
export class StreamModel implements StreamService {
  readonly minPollIntervalMs: number;
  readonly keys: SimulatedKeys;
  readonly received: ReceivedObservation[] = [];
  readonly starts: SentStart[] = [];
  /** When the changes made by others ended. */
  readonly concurrentChangeEndsMs: number[] = [];

  readonly #history: History;
  readonly #clock: VirtualClock;
  readonly #timeline: { readonly fromMs: number; readonly state: StreamState }[] = [];
  readonly #hiddenChanges: { readonly fromMs: number; readonly untilMs: number; readonly before: StreamState }[] = [];
  readonly #describeCalls: Iterator<CallBehavior>;
  readonly #starts: Iterator<StartBehavior>;
  readonly #records: Iterator<RecordBehavior>;
  readonly #concurrentChanges: ConcurrentChange[];

  constructor(history: History, clock: VirtualClock) {
    const { kind, initialState, initialChange } = history;
    this.#history = history;
    this.#clock = clock;
    this.minPollIntervalMs = kind === 'kinesis' ? 100 : 220;
    this.#describeCalls = history.describeCalls.values();
    this.#starts = history.starts.values();
    this.#records = history.records.values();
    this.#concurrentChanges = history.concurrentChanges.toSorted((a, b) => a.atMs - b.atMs);
    if (initialState.status === 'changing') this.#addConcurrentChange(0, initialState.target, initialChange);
    this.keys = createKeyService(history, clock);
  }

  /** The actual state at this time; for a future time, if nothing more happens to the stream. */
  stateAt(ms: number): StreamState {
    this.#applyDueConcurrentChanges();
    return this.#timelineStateAt(ms);
  }

  /** All actual states from an observation until this time. */
  statesSince({ asOfMs, state }: ReceivedObservation, untilMs: number): StreamState[] {
    this.#applyDueConcurrentChanges();
    const later = this.#timeline.filter(({ fromMs }) => fromMs >= asOfMs && fromMs <= untilMs);
    return [state, ...later.map((entry) => entry.state)];
  }

  async describe(_stream: StreamRef, signal: AbortSignal, { onReady }: DescribeOptions = {}): Promise<Observation> {
    signal.throwIfAborted();
    onReady?.();
    const requestedMs = this.#clock.now();
    const behavior = this.#describeCalls.next().value ?? IMMEDIATE_RESPONSE;
    const { asOfMs, state } = this.#observableState(requestedMs, behavior.staleMs);
    const observation = toObservation(this.#history, state);
    await simulateCall(behavior, this.#clock, signal);
    this.received.push({ requestedMs, asOfMs, state, observation });
    return observation;
  }

  async startEncryption(_stream: StreamRef, target: TargetKey, signal: AbortSignal, onSend: () => void): Promise<void> {
    signal.throwIfAborted();
    onSend();
    const { result, latencyMs, change } = this.#starts.next().value ?? SUCCESSFUL_START;
    const start: SentStart = {
      atMs: this.#clock.now(),
      target,
      targetName: keyNameOf(target.id) ?? 'third',
      lastReceived: this.received.at(-1) ?? null,
      response: 'none',
      change: null
    };
    this.starts.push(start);
    const isProcessed = result === 'response' || result === 'response-lost' || result === 'response-hangs';
    const rejection = isProcessed ? this.#rejectionOf(target) : null;
    if (isProcessed && rejection === null) start.change = this.#acceptStart(start.targetName, target, change);
    if (result === 'request-hangs' || result === 'response-hangs') await hangs(signal);
    await simulateLatency(latencyMs, this.#clock, signal);
    const response = startResponse(result, rejection);
    start.response = response;
    if (response !== 'accepted') throw new ServiceError(response, `the start was ${response}`);
  }

  async putRecord(_stream: StreamRef, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const behavior = this.#records.next().value ?? { ...IMMEDIATE_RESPONSE, encrypted: true };
    await simulateCall(behavior, this.#clock, signal);
    return behavior.encrypted;
  }

  /** The state that a describe call returns: possibly stale, and without a change that is still hidden. */
  #observableState(requestedMs: number, staleMs: number): { asOfMs: number; state: StreamState } {
    const hidden = this.#hiddenChanges.find(({ fromMs, untilMs }) => fromMs <= requestedMs && requestedMs < untilMs);
    if (hidden !== undefined) return { asOfMs: hidden.fromMs, state: hidden.before };
    const asOfMs = Math.max(0, requestedMs - staleMs);
    return { asOfMs, state: this.stateAt(asOfMs) };
  }

  #timelineStateAt(ms: number): StreamState {
    return this.#timeline.findLast(({ fromMs }) => fromMs <= ms)?.state ?? this.#history.initialState;
  }

  /** Why the service rejects a start with this key now; null if it accepts it. */
  #rejectionOf(target: TargetKey): ErrorKind | null {
    const current = this.stateAt(this.#clock.now());
    const targetName = keyNameOf(target.id);
    if (current.status === 'changing' || current.status === 'deleting') return 'busy';
    if (current.status === 'has-source' || current.status === 'not-created' || targetName === null) return 'refused';
    if (targetName === 'new' && this.#history.newKeyState !== 'usable') return 'refused';
    if (this.#history.kind === 'kinesis') return null;
    // Firehose rejects the configuration that is already in force, and keys that AWS manages.
    return current.key?.key === targetName || target.id === AWS_MANAGED ? 'refused' : null;
  }

  #acceptStart(targetName: KeyName, target: TargetKey, change: ChangeBehavior): SentStart['change'] {
    const now = this.#clock.now();
    this.#hiddenChanges.push({ fromMs: now, untilMs: now + change.hiddenMs, before: this.stateAt(now) });
    const endsAtMs = this.#addChange(now, { key: targetName, form: keyFormOf(target.id) }, change);
    return { endsAtMs, end: change.end };
  }

  /** Applies the concurrent changes that are due, unless another change is in progress at their time. */
  #applyDueConcurrentChanges(): void {
    const now = this.#clock.now();
    const due = this.#concurrentChanges.filter(({ atMs }) => atMs <= now);
    this.#concurrentChanges.splice(0, due.length);
    for (const { atMs, target, durationMs } of due) {
      const { status } = this.#timelineStateAt(atMs);
      const isAtRest = status === 'at-rest' || status === 'failed';
      if (isAtRest) this.#addConcurrentChange(atMs, target, { durationMs, end: 'succeeds' });
    }
  }

  #addConcurrentChange(fromMs: number, target: KeyReference | null, change: Omit<ChangeBehavior, 'hiddenMs'>): void {
    this.concurrentChangeEndsMs.push(this.#addChange(fromMs, target, change));
  }

  /** Returns when the change ends. */
  #addChange(
    fromMs: number,
    target: KeyReference | null,
    { durationMs, end }: Omit<ChangeBehavior, 'hiddenMs'>
  ): number {
    const { key } = this.#timelineStateAt(fromMs);
    const untilMs = fromMs + durationMs;
    this.#timeline.push({ fromMs, state: { status: 'changing', key, target } });
    this.#timeline.push({ fromMs: untilMs, state: stateAfterChange(this.#history.kind, key, target, end) });
    if (end === 'overtaken') this.concurrentChangeEndsMs.push(untilMs);
    return untilMs;
  }
}

/** The default for calls that the history does not describe. */
const IMMEDIATE_RESPONSE: CallBehavior = { result: 'response', latencyMs: 0, staleMs: 0 };
/** The default for starts that the history does not describe. */
const SUCCESSFUL_START: StartBehavior = {
  result: 'response',
  latencyMs: 0,
  change: { durationMs: 1_000, hiddenMs: 0, end: 'succeeds' }
};

function stateAfterChange(
  kind: StreamKind,
  previous: KeyReference | null,
  target: KeyReference | null,
  end: ChangeEnd
): StreamState {
  if (end === 'succeeds') return { status: 'at-rest', key: target };
  if (end === 'overtaken') {
    return { status: 'at-rest', key: { key: target?.key === 'third' ? 'old' : 'third', form: 'arn' } };
  }
  // Kinesis does not report that a change failed.
  if (end === 'reverts' || kind === 'kinesis') return { status: 'at-rest', key: previous };
  return { status: 'failed', key: previous, isGrantFailure: end === 'fails-for-grant' };
}
