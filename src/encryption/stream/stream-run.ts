/** One stream's run: its deadline, its calls with their retries, and the state they lead to. */

import { arnScope, parseStreamArn, withRegionPartition } from '../arn.ts';
import { createDeadline, type Deadline, untilAborted } from '../deadline.ts';
import { formatObservation } from '../format.ts';
import type { KeyCache } from '../keys/key-cache.ts';
import { arnInScope, isAwsAlias } from '../keys/key-id.ts';
import { type Lookup, type ResolvedKey, resolveKey } from '../keys/resolved-key.ts';
import type { Observation, Result, Source, StreamRef, StreamRequest } from '../model.ts';
import { type Clock, type DescribeOptions, ServiceError, type StreamService } from '../ports.ts';
import { RETRIED, type RetryOptions, retry, retryDelay } from '../retry.ts';
import { mayListAwsManagedKey, type ResolvedCriteria, resolveCriteria, targetToLookUp } from './criteria.ts';
import { type ResolvedObservation, whyDifferentStream, whyElsewhere } from './observation.ts';
import type { PlannedChange } from './plan.ts';
import { toResult, type Verdict, verdictOnError } from './result.ts';
import type { SourceView } from './source.ts';
import type { SourceCache, SourceLookup } from './source-cache.ts';
import {
  accepted,
  answerLost,
  described,
  INITIAL_STATE,
  isSent,
  observed,
  refused,
  type SentChange,
  type StreamState,
  sent,
  sourceObserved,
  waitingForOther
} from './state.ts';

/** What a stream needs to know of the fleet it is part of, and reports to it. */
export interface FleetContext {
  /** Resolves with whether `max-changes` leaves this stream a change; null if the changes of the run are not limited. */
  readonly admit: (() => Promise<boolean>) | null;
  /** A change was sent and not refused: it counts towards `max-changes`. */
  changed(): void;
  /** How long the streams that have not started yet will take, in milliseconds. */
  estimatedRemainingMs(): number;
  /** The first request may be sent: from now on a slow answer makes the start-up slot expire. */
  ready(): void;
  /** The stream was described: its start-up slot no longer expires. */
  described(): void;
  /** The stream waits, to retry a call or to be admitted. Releases its start-up slot, so that it delays no other stream. */
  releaseSlot(): void;
  /** Sets whether the stream waits for a change to end. Releases its start-up slot. */
  setWaiting(isWaiting: boolean): void;
}

export interface StreamTools {
  readonly service: StreamService;
  readonly keys: KeyCache;
  readonly sources: SourceCache;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Aborts if the run is to end early: with `Cancelled`, or with an uncaught error. */
  readonly cancelled: AbortSignal;
  readonly fleet: FleetContext;
}

/**
 * Runs one stream under its deadline, and turns what ends it into a result. Never rejects: the deadline, a cancelled
 * run, a refusal and a defect all end in a result that says what is known.
 */
export async function runStream(
  request: StreamRequest,
  tools: StreamTools,
  story: (run: StreamRun) => Promise<Verdict>
): Promise<Result> {
  const run = new StreamRun(request, tools);
  const finish = (verdict: Verdict) => {
    const durationMs = request.timeoutMs - run.deadline.leftMs();
    return toResult(request, run.state, verdict, { durationMs, lastObservedMsAgo: run.lastObservedMsAgo() });
  };
  try {
    const { refusal } = request;
    return finish(refusal === undefined ? await story(run) : { outcome: 'failed', message: refusal });
  } catch (error) {
    const { aborted, reason } = run.deadline.signal;
    return finish(verdictOnError(request, run.state, aborted ? reason : error, run.lastError));
  } finally {
    // Also a change whose answer was lost, or did not come before the deadline.
    if (isSent(run.state.change)) run.fleet.changed();
    run.deadline.stop();
  }
}

/** How the service answered a start. `busy`: another change is in flight. `lost`: no answer, it may have been accepted. */
export type StartAnswer = { readonly answer: 'accepted' | 'lost'; readonly change: SentChange } | { answer: 'busy' };

/** The most starts of one stream in a run. Each may count towards the limit of 25 changes a day, even one that is refused. */
const MAX_STARTS = 10;
/** The most starts in a status without a known meaning, in which the service may accept no change at all. */
const MAX_STARTS_IF_UNCLEAR = 3;
/** A start is retried less often than other calls, so that ten of them outlast other callers that use up the rate. */
const MAX_START_DELAY_MS = 60_000;

export class StreamRun {
  readonly request: StreamRequest;
  /** Starts when the first describe request may be sent. */
  readonly deadline: Deadline;
  readonly #tools: StreamTools;
  #state = INITIAL_STATE;
  #lastError: string | null = null;
  #lastObservedMs: number | null = null;
  #isAdmitted = false;
  /** How many starts were sent, and why the latest of them was not accepted. */
  #starts = 0;
  #startError: ServiceError | null = null;

  constructor(request: StreamRequest, tools: StreamTools) {
    this.request = request;
    this.#tools = tools;
    this.deadline = createDeadline(tools.clock, request.timeoutMs, tools.cancelled);
  }

  get state(): StreamState {
    return this.#state;
  }

  /** The error of the latest call, if it has not succeeded since. */
  get lastError(): string | null {
    return this.#lastError;
  }

  /** How long ago the stream was last described, or the source that encrypts its records; null if it never was. */
  lastObservedMsAgo(): number | null {
    return this.#lastObservedMs === null ? null : this.now() - this.#lastObservedMs;
  }

  get minPollIntervalMs(): number {
    return this.#tools.service.minPollIntervalMs;
  }

  get fleet(): FleetContext {
    return this.#tools.fleet;
  }

  now(): number {
    return this.#tools.clock.now();
  }

  random(): number {
    return this.#tools.random();
  }

  log(line: string): void {
    this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
  }

  sleep(ms: number): Promise<void> {
    return this.#tools.clock.sleep(ms, this.deadline.signal);
  }

  /** Applies a transition of the stream's state. */
  apply(transition: (state: StreamState) => StreamState): void {
    this.#state = transition(this.#state);
  }

  /** Describes the stream and resolves its key. Rejects if the answer is about another stream than the one requested. */
  async describe(options: DescribeOptions = {}): Promise<ResolvedObservation> {
    const [observation, target] = await Promise.all([this.#describeOnce(options), this.#lookUpTarget()]);
    const resolved = { ...observation, key: await this.#resolveKey(this.request, observation, target) };
    this.fleet.described();
    this.apply((state) => observed(state, resolved));
    return resolved;
  }

  /** Notes the service's answer at once: KMS may take long to resolve its key. */
  async #describeOnce(options: DescribeOptions): Promise<Observation> {
    const { stream, region } = this.request;
    const { last } = this.state;
    const onReady = () => this.#onReady();
    const observation = await this.#retry((signal) =>
      this.#tools.service.describe(stream, signal, { onReady, ...options })
    );
    const different =
      whyDifferentStream(stream, observation.arn) ?? whyElsewhere(observation.arn, region, last?.arn ?? null);
    if (different !== null) throw new ServiceError('refused', different);
    const { status, key } = observation;
    if (last?.status !== status || last.key?.id !== key?.id) this.log(formatObservation(observation));
    this.#lastObservedMs = this.now();
    this.apply((state) => described(state, withoutLookup(observation)));
    return observation;
  }

  #onReady(): void {
    this.deadline.start();
    this.fleet.ready();
  }

  async #resolveKey(
    request: StreamRequest,
    { key, phase, arn }: Observation,
    target: Lookup | null
  ): Promise<ResolvedKey | null> {
    if (key === null) return null;
    // Keys are not looked up while a change is in flight, and an AWS alias only to compare it with a key behind it.
    const needsArn = mayBeAwsManaged(target) || mayListAwsManagedKey(request);
    const isLookedUp = phase === 'final' && (isAwsAlias(key.id) ? needsArn : key.id !== '');
    const scope = arnScope(arn);
    // A bare id or alias that the service reports belongs to the stream's account, which may be another one than that of the
    // credentials if the stream is given by its ARN.
    const id = request.stream.arn === null ? withRegionPartition(key.id) : arnInScope(key.id, scope);
    return resolveKey(key, isLookedUp ? await this.#lookUp(id) : null, scope);
  }

  #lookUpTarget(): Promise<Lookup | null> {
    const id = targetToLookUp(this.request);
    return id === null ? Promise.resolve(null) : this.#lookUp(id);
  }

  #lookUp(id: string): Promise<Lookup> {
    return this.#retry((signal) => this.#tools.keys.lookUp(id, signal));
  }

  /** The request's criteria for a stream in this state. */
  resolveCriteria(observation: ResolvedObservation, request = this.request): Promise<ResolvedCriteria> {
    return resolveCriteria(request, observation, (id) => this.#lookUp(id));
  }

  /**
   * Observes the source of this delivery stream, a data stream once no change is in flight on it. That it does not exist, or
   * may not be described, is an answer.
   */
  async observeSource(source: Source): Promise<SourceView> {
    if (source.kind !== 'data-stream') return null;
    // The SDK refuses to send an ARN of another partition.
    const stream = parseStreamArn(withRegionPartition(source.arn ?? ''))?.stream;
    if (stream?.kind !== 'kinesis') return { unseen: 'Firehose does not report the ARN of a data stream' };
    // A stream with a source never starts a change.
    this.fleet.setWaiting(false);
    const lookup = await this.#lookUpSource(stream);
    if (lookup.answer !== 'found') {
      return { unseen: lookup.answer === 'missing' ? `${lookup.why}. ${SOURCE_IS_GONE}` : lookup.why };
    }
    const { observation, observedMs, waitedForChange } = lookup;
    const different = whyDifferentStream(stream, observation.arn);
    if (different !== null) return { unseen: different };
    if (waitedForChange) this.apply(waitingForOther);
    const request = this.#requestFor(stream);
    const resolved = { ...observation, key: await this.#resolveKey(request, observation, await this.#lookUpTarget()) };
    // The source may have been described earlier, for another delivery stream.
    this.#lastObservedMs = observedMs;
    this.apply((state) => sourceObserved(state, resolved));
    return { request, observation: resolved, criteria: await this.resolveCriteria(resolved, request) };
  }

  #lookUpSource(stream: StreamRef): Promise<SourceLookup> {
    const waiter = {
      leftMs: () => this.deadline.leftMs(),
      onChanging: (observation: Observation) => {
        if (!this.state.waitedForOther) this.log(`a change of ${stream.arn} is in flight: waiting for it to end`);
        this.apply(waitingForOther);
        this.#lastObservedMs = this.now();
        this.apply((state) => sourceObserved(state, withoutLookup(observation)));
        this.fleet.setWaiting(true);
      }
    };
    return this.#retry((signal) => this.#tools.sources.lookUp(stream, { ...waiter, signal }));
  }

  /**
   * The request as if it were for this source. The account of a delivery stream is that of the credentials, so a source in
   * it is treated like a data stream that is given by its name.
   */
  #requestFor({ kind, name, arn }: StreamRef): StreamRequest {
    const isOwn = arnScope(arn ?? '').accountId === arnScope(this.state.last?.arn ?? '').accountId;
    return { ...this.request, stream: { kind, name, arn: isOwn ? null : arn }, named: true };
  }

  /**
   * Whether `max-changes` leaves this stream a change. Waits until that is certain, which depends on other streams, so that
   * the time does not count towards the deadline.
   */
  async admit(): Promise<'admitted' | 'admitted-later' | 'not-admitted'> {
    const { admit } = this.fleet;
    if (admit === null || this.#isAdmitted) return 'admitted';
    this.fleet.releaseSlot();
    this.deadline.pause();
    this.#isAdmitted = await untilAborted(admit(), this.deadline.signal);
    return this.#isAdmitted ? 'admitted-later' : 'not-admitted';
  }

  /**
   * Sends the change. Rejects with any refusal but `busy`, and once the start was sent ten times (three times in an unclear
   * status) without being accepted, regardless of the error.
   */
  async startEncryption(
    { target, stateBefore, warnings }: PlannedChange,
    before: ResolvedObservation
  ): Promise<StartAnswer> {
    const unclear = unclearStatus(before);
    const maxStarts = unclear === null ? MAX_STARTS : MAX_STARTS_IF_UNCLEAR;
    const mayStart = () => this.#starts < maxStarts;
    if (!mayStart()) throw tooManyStarts(this.#starts, unclear, this.#startError);
    let hasLeft = false;
    const onSend = () => {
      // The service sends a start again only if it was refused, because of the clock.
      if (hasLeft) this.apply(refused);
      hasLeft = true;
      this.#starts += 1;
      this.apply((state) => sent(state, { target, stateBefore, warnings, before, sinceMs: this.now() }));
    };
    const send = async (signal: AbortSignal) => {
      hasLeft = false;
      await this.#tools.service.startEncryption(this.request.stream, target, signal, onSend, mayStart);
    };
    const onError = (error: ServiceError) => {
      this.#startError = error;
      if (hasLeft && error.errorKind !== 'unanswered') this.apply(refused);
    };
    try {
      await this.#retry(send, {
        // A request that never left cannot have taken effect, so it may be retried.
        isRetried: ({ errorKind }) => (hasLeft ? errorKind === 'throttled' && mayStart() : RETRIED.has(errorKind)),
        onError,
        maxDelayMs: MAX_START_DELAY_MS
      });
      this.apply((state) => accepted(state, this.now()));
      this.fleet.changed();
      return this.#answer('accepted');
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.errorKind === 'unanswered' && hasLeft) {
        this.apply((state) => answerLost(state, this.now()));
        return this.#answer('lost');
      }
      if (error.errorKind !== 'busy' && error.errorKind !== 'throttled') throw error;
      if (!mayStart()) throw tooManyStarts(this.#starts, unclear, error);
      return { answer: 'busy' };
    }
  }

  #answer(answer: 'accepted' | 'lost'): StartAnswer {
    const { change } = this.state;
    if (!isSent(change)) throw new Error('The service answered a change that was not sent');
    return { answer, change };
  }

  /** Waits before the next start; longer after each one. */
  delayAfterBusy(): Promise<void> {
    return this.sleep(retryDelay(2 + this.#starts, this.random()));
  }

  /** Puts a record; resolves with whether the service confirms that it was encrypted. */
  putRecord(): Promise<boolean> {
    return this.#retry((signal) => this.#tools.service.putRecord(this.request.stream, signal));
  }

  async #retry<T>(
    call: (signal: AbortSignal) => Promise<T>,
    options: Partial<Pick<RetryOptions, 'isRetried' | 'maxDelayMs'>> & { onError?: (error: ServiceError) => void } = {}
  ): Promise<T> {
    const { clock, random } = this.#tools;
    const onError = (error: ServiceError, willRetry: boolean) => {
      this.#lastError = error.message;
      options.onError?.(error);
      if (!willRetry) return;
      this.log(`${error.message}; retrying`);
      this.fleet.releaseSlot();
    };
    const answer = await retry(call, { clock, random, signal: this.deadline.signal, ...options, onError });
    this.#lastError = null;
    return answer;
  }
}

const SOURCE_IS_GONE = 'Firehose still reads from it: create the data stream again, or delete the delivery stream';

function unclearStatus({ phase, status, unusualStatus }: ResolvedObservation): string | null {
  return unusualStatus ?? (phase === 'unclear' ? status : null);
}

function tooManyStarts(starts: number, unclear: string | null, error: ServiceError | null): ServiceError {
  const subject = unclear === null ? 'one stream' : `a stream in status ${unclear}`;
  const why = error === null ? '' : `. The latest was not accepted: ${error.message}`;
  return new ServiceError(
    'refused',
    `the start was sent ${starts} times, the most for ${subject} in a run, because each may count towards the 25 changes that AWS allows in 24 hours${why}. ${remedyFor(unclear, error)}`
  );
}

function remedyFor(unclear: string | null, error: ServiceError | null): string {
  if (unclear !== null) return `Find out why the status is ${unclear}, and run again when that has ended`;
  return error?.errorKind === 'busy'
    ? 'Find out which other change keeps the stream busy, and run again when it has ended'
    : 'Run again later';
}

/** An observation with as much of its key as is certain without KMS. */
function withoutLookup(observation: Observation): ResolvedObservation {
  const { key, arn } = observation;
  return { ...observation, key: key === null ? null : resolveKey(key, null, arnScope(arn)) };
}

function mayBeAwsManaged(target: Lookup | null): boolean {
  return target?.answer === 'denied' || (target?.answer === 'found' && target.key.type !== 'customer-managed');
}
