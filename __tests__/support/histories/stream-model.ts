/**
 * Model of one stream's actual state, through concurrent changes, errors, and slow or stale responses. It is not built on
 * support/simulated-stream.ts, which has no actual state and reports what a test tells it to: the invariants compare what a run
 * reports with the actual state at each time.
 */

import type { Observation, StreamRef, TargetKey } from '../../../src/encryption/model.ts';
import {
  type DescribeOptions,
  type ErrorKind,
  MalformedAnswer,
  ServiceError,
  type StreamService
} from '../../../src/encryption/ports.ts';
import { AWS_MANAGED } from '../account.ts';
import {
  active,
  DATABASE,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  grantNotSpread,
  updating
} from '../observations.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { CallBehavior, ChangeBehavior, History, StartBehavior, StreamState } from './history.ts';
import { type KeyName, keyIdOf, keyNameOf } from './keys.ts';

/** An observation that the run received. */
export interface Received {
  /** The time whose state the observation shows, and the stream's actual state at that time. */
  readonly asOfMs: number;
  readonly state: StreamState;
  readonly observation: Observation;
}

/** A start that the run sent. */
export interface SentStart {
  readonly atMs: number;
  readonly id: string;
  readonly key: KeyName;
  /** The latest observation before it. That of a failed change of the run does not show the key, so it does not count. */
  readonly basis: Received | undefined;
  /** What the caller received; `unanswered` also if it stopped waiting. */
  response: 'accepted' | ErrorKind;
  /** The change that the start caused; null if it took no effect. */
  change: { readonly endsAtMs: number; readonly end: ChangeBehavior['end'] } | null;
}

/** The default for calls and starts that the history does not describe. */
const IMMEDIATE: CallBehavior = { result: 'response', latencyMs: 0, staleMs: 0 };
const CHANGE: ChangeBehavior = { durationMs: 1_000, hiddenMs: 0, end: 'succeeds' };
const SUCCESSFUL: StartBehavior = { result: 'response', latencyMs: 0, change: CHANGE };

/** The stream service of a history. It records the actual states and what the run received and sent. */
export class StreamModel implements StreamService {
  readonly minPollIntervalMs = 100;
  readonly received: Received[] = [];
  readonly starts: SentStart[] = [];
  /** When the changes made by others ended. */
  readonly otherChangeEndsMs: number[] = [];
  /** The events of the history that have not happened yet. */
  pendingEvents = 0;

  readonly #history: History;
  readonly #clock: VirtualClock;
  readonly #timeline: { readonly fromMs: number; readonly state: StreamState }[];
  /** Until this time, observations show the state before the latest start. */
  #hidden: { readonly untilMs: number; readonly asOfMs: number; readonly state: StreamState };
  readonly #describeCalls: Iterator<CallBehavior>;
  readonly #starts: Iterator<StartBehavior>;

  constructor(history: History, clock: VirtualClock) {
    const { initialState, describeCalls, starts, concurrentChanges } = history;
    this.#history = history;
    this.#clock = clock;
    this.#describeCalls = describeCalls.values();
    this.#starts = starts.values();
    this.#timeline = [{ fromMs: 0, state: initialState }];
    this.#hidden = { untilMs: 0, asOfMs: 0, state: initialState };
    for (const { atMs, target, change } of concurrentChanges) this.at(atMs, () => this.#changeByOther(target, change));
  }

  /** Plans an event of the history. At zero, it happens before the run begins. */
  at(ms: number, happen: () => void): void {
    if (ms === 0) {
      happen();
      return;
    }
    this.pendingEvents += 1;
    this.#clock.at(ms, () => {
      this.pendingEvents -= 1;
      happen();
    });
  }

  /** All actual states from an observation until now. */
  statesSince({ asOfMs, state }: Received): StreamState[] {
    const later = this.#timeline.filter(({ fromMs }) => fromMs >= asOfMs && fromMs <= this.#clock.now());
    return [state, ...later.map((entry) => entry.state)];
  }

  async describe(_stream: StreamRef, signal: AbortSignal, { onReady }: DescribeOptions = {}): Promise<Observation> {
    onReady?.();
    const now = this.#clock.now();
    const call = this.#describeCalls.next().value ?? IMMEDIATE;
    const asOfMs = Math.max(0, now - call.staleMs);
    const seen = now < this.#hidden.untilMs ? this.#hidden : { asOfMs, state: this.#stateAt(asOfMs) };
    await this.answer(call, signal);
    const observation = this.#observe(seen);
    this.received.push({ ...seen, observation });
    return observation;
  }

  async startEncryption(_stream: StreamRef, { id }: TargetKey, signal: AbortSignal, onSend: () => void): Promise<void> {
    onSend();
    const { result, latencyMs, change } = this.#starts.next().value ?? SUCCESSFUL;
    const key = keyNameOf(id) ?? 'third';
    const last = this.received.at(-1);
    const basis = last?.observation.phase === 'failed' ? (this.starts.at(-1)?.basis ?? last) : last;
    const atMs = this.#clock.now();
    const start: SentStart = { atMs, id, key, basis, response: 'unanswered', change: null };
    this.starts.push(start);
    const isProcessed = result === 'response' || result === 'response-lost';
    const rejection = isProcessed ? this.#rejectionOf(id, key) : null;
    if (isProcessed && rejection === null) {
      this.#hidden = { untilMs: atMs + change.hiddenMs, asOfMs: atMs, state: this.#stateAt(atMs) };
      start.change = { endsAtMs: this.#change(key, change), end: change.end };
    }
    await this.answer({ ...IMMEDIATE, latencyMs }, signal);
    if (result === 'response') start.response = rejection ?? 'accepted';
    else if (result !== 'request-lost' && result !== 'response-lost') start.response = result;
    if (start.response !== 'accepted') throw new ServiceError(start.response, `the start was ${start.response}`);
  }

  async putRecord(_stream: StreamRef, signal: AbortSignal): Promise<boolean> {
    await this.answer(this.#describeCalls.next().value ?? IMMEDIATE, signal);
    return true;
  }

  /** Returns if the call gets a response, and otherwise rejects with the error. */
  async answer({ result, latencyMs }: CallBehavior, signal: AbortSignal): Promise<void> {
    if (latencyMs > 0) await this.#clock.sleep(latencyMs, signal);
    const message = `the call was ${result}`;
    if (result === 'malformed') throw new MalformedAnswer(message);
    if (result !== 'response') throw new ServiceError(result, message);
  }

  #stateAt(ms: number): StreamState {
    return this.#timeline.findLast(({ fromMs }) => fromMs <= ms)?.state ?? this.#history.initialState;
  }

  /** Why the service rejects a start with this key now; null if it accepts it. */
  #rejectionOf(id: string, key: KeyName): ErrorKind | null {
    const { kind, newKeyState } = this.#history;
    const current = this.#stateAt(this.#clock.now());
    if (current.status === 'changing') return 'busy';
    if (key === 'new' && newKeyState !== 'usable') return 'refused';
    // Firehose rejects the configuration that is already in force, and keys that AWS manages.
    return kind === 'firehose' && (current.key === key || id === AWS_MANAGED) ? 'refused' : null;
  }

  #changeByOther(target: KeyName | null, change: ChangeBehavior): void {
    const isAtRest = ['at-rest', 'failed', 'failed-for-grant'].includes(this.#stateAt(this.#clock.now()).status);
    if (isAtRest) this.otherChangeEndsMs.push(this.#change(target, change));
  }

  /** Starts a change. Returns when it ends. */
  #change(target: KeyName | null, { durationMs, end }: ChangeBehavior): number {
    const fromMs = this.#clock.now();
    const untilMs = fromMs + durationMs;
    const { key } = this.#stateAt(fromMs);
    this.#timeline.push({ fromMs, state: { status: 'changing', key, target } });
    this.#timeline.push({ fromMs: untilMs, state: this.#stateAfter(key, target, end) });
    if (end === 'overtaken') this.otherChangeEndsMs.push(untilMs);
    return untilMs;
  }

  #stateAfter(key: KeyName | null, target: KeyName | null, end: ChangeBehavior['end']): StreamState {
    if (end === 'succeeds') return { status: 'at-rest', key: target };
    if (end === 'overtaken') return { status: 'at-rest', key: target === 'third' ? 'old' : 'third' };
    // Kinesis does not report that a change failed.
    if (end === 'reverts' || this.#history.kind === 'kinesis') return { status: 'at-rest', key };
    return { status: end === 'fails' ? 'failed' : 'failed-for-grant', key };
  }

  /** What the service reports of a stream in this state. */
  #observe({ asOfMs, state }: Pick<Received, 'asOfMs' | 'state'>): Observation {
    const { status, key } = state;
    const { kind, reportsTargetEarly } = this.#history;
    if (kind === 'kinesis') {
      const reported = status === 'changing' && reportsTargetEarly ? (state.target ?? key) : key;
      const id = reported && this.#reportedId(reported, asOfMs);
      if (status === 'changing') return updating(id);
      return status === 'unclear' || status === 'deleting' ? { ...active(id), phase: status } : active(id);
    }
    if (status === 'changing') return enabling();
    if (status === 'failed') return enablingFailed('DISABLED_KMS_KEY: disabled');
    if (status === 'failed-for-grant') return grantNotSpread();
    if (status !== 'at-rest') return { ...disabled(), phase: status, encrypted: 'unknown', source: DATABASE };
    return key === null ? disabled() : enabled(key === 'aws' ? '' : keyIdOf(key, 'arn'));
  }

  /** Kinesis reports a key as the run sent it, once that is in force. */
  #reportedId(key: KeyName, asOfMs: number): string {
    const isInForce = ({ change }: SentStart) => change?.end === 'succeeds' && change.endsAtMs <= asOfMs;
    const start = this.starts.find((sent) => sent.key === key && isInForce(sent));
    return start?.id ?? keyIdOf(key, this.#history.reportedForm);
  }
}
