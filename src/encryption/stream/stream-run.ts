/** One stream's way through a run: what is known of it so far, and the calls that ride out a passing trouble. */

import { formatObservation } from '../format.ts';
import type { KeyCache } from '../keys/key-cache.ts';
import { arnInScope, arnScope, isAwsAlias } from '../keys/key-id.ts';
import { type Lookup, type ResolvedKey, type ResolvedTarget, resolveKey } from '../keys/keys.ts';
import type { Observation, StreamRequest } from '../model.ts';
import { type Clock, type ErrorKind, ServiceError, type StreamService } from '../ports.ts';
import { PASSING_FOR_A_WRITE, retry } from '../retry.ts';
import { namesKeysByArn, resolveCriteria } from './criteria.ts';
import type { FleetContext } from './fleet-context.ts';
import { isProof, type ResolvedCriteria, type ResolvedObservation, whyDifferentStream } from './plan.ts';
import { type Deadline, lookMayYield, pollInterval, retryDelay } from './timing.ts';

/** What securing or checking a stream works with. */
export interface StreamTools {
  readonly service: StreamService;
  readonly keys: KeyCache;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  /** Aborts when the run is to end early: with `Cancelled`, or with what went wrong elsewhere. */
  readonly cancelled: AbortSignal;
  readonly fleet: FleetContext;
}

/** A change that this run has sent, and that was not refused. */
export interface SentChange {
  readonly to: ResolvedTarget;
  /** How the stream stood: 'the stream was …' can be said of it. */
  readonly from: string;
  /** What the stream looked like when the change was decided. */
  readonly before: ResolvedObservation;
  /** When the service answered, or its answer was given up for lost; until then, when the change was sent. */
  readonly sinceMs: number;
  /** The service has said that it takes the change. */
  readonly accepted: boolean;
}

/** Each start may count towards the daily limit of 25, also one that is refused as busy. */
const STARTS_REFUSED_AS_BUSY = 10;

export class StreamRun {
  readonly request: StreamRequest;
  readonly deadline: Deadline;
  readonly #tools: StreamTools;

  first: ResolvedObservation | null = null;
  last: ResolvedObservation | null = null;
  /** The latest state from before our change in which nothing was under way and the key was certain. */
  atRest: ResolvedObservation | null = null;
  change: SentChange | null = null;
  /** Our change has come to its end, good or bad. */
  changeEnded = false;
  /** A change was in flight that this run did not send. */
  waitedOut = false;
  /** How often in a row a start was refused as busy while no look showed what with. */
  #busyInARow = 0;
  /** When a look was answered last. */
  #lookedMs = Number.NEGATIVE_INFINITY;
  /** What the latest call came to, where it did not get through. */
  trouble: string | null = null;

  constructor(request: StreamRequest, tools: StreamTools, deadline: Deadline) {
    this.request = request;
    this.deadline = deadline;
    this.#tools = tools;
  }

  now(): number {
    return this.#tools.clock.now();
  }

  log(line: string): void {
    this.#tools.log(`${this.request.stream.kind} ${this.request.stream.name}: ${line}`);
  }

  sleep(ms: number): Promise<void> {
    return this.#tools.clock.sleep(ms, this.deadline.signal);
  }

  /** This stream waits for a change to end from now on, or no longer. */
  waits(isWaiting: boolean): void {
    this.#tools.fleet.setWaiting(isWaiting);
  }

  /**
   * Pauses, and looks again at something that has been waited for since `sinceMs`; `askedMs` is when it asked. What only
   * goes on being in flight is told by a glance where that is cheaper.
   */
  async lookAgain(sinceMs: number): Promise<{ readonly state: ResolvedObservation; readonly askedMs: number }> {
    const pausedMs = this.now();
    await this.#pause(sinceMs);
    const { service, fleet } = this.#tools;
    const { signal, at } = this.deadline;
    const leftMs = at - this.now();
    // What a list says of the stream may be long out of date: it is believed for no longer than what is left of the time.
    const isBelieved = this.now() - this.#lookedMs < leftMs;
    const glance = { sinceMs: pausedMs, waiting: fleet.waiting(), withinMs: leftMs / 4 };
    const status = isBelieved ? await service.glance(this.request.stream, glance, signal) : null;
    const askedMs = this.now();
    if (this.last === null || status === null) return { state: await this.look(lookMayYield(at - askedMs)), askedMs };
    this.#note({ ...this.last, status, phase: 'changing' });
    return { state: this.last, askedMs };
  }

  /** The end of one stream is noticed soon enough where others have longer to go. */
  #pause(sinceMs: number): Promise<void> {
    const now = this.now();
    const { service, random, fleet } = this.#tools;
    const waitedMs = Math.max(now - sinceMs, fleet.estimatedRemainingMs());
    return this.sleep(pollInterval(waitedMs, this.deadline.at - now, service.minPollIntervalMs, random()));
  }

  /**
   * Looks at the stream, and makes out its key. Refuses an answer about another stream than the one asked for. Where
   * requests queue, it lets others go first, for up to `yieldMs`.
   */
  async look(yieldMs = 0): Promise<ResolvedObservation> {
    const [look, criteria] = await Promise.all([this.#lookOnce(yieldMs), this.#lookUpAskedKey()]);
    const state = { ...look, key: await this.#makeOutKey(look, criteria) };
    this.first ??= state;
    this.#tools.fleet.observed();
    this.#note(state);
    if (state.phase === 'final' && this.change === null) this.atRest = state;
    return state;
  }

  /** Asks the service alone, and notes its answer at once: KMS may be long in telling the rest. */
  async #lookOnce(yieldMs: number): Promise<Observation> {
    const { stream } = this.request;
    const look = await this.#patiently((signal) => this.#tools.service.describe(stream, signal, yieldMs));
    this.#lookedMs = this.now();
    const another = whyDifferentStream(stream, look.arn);
    if (another !== null) throw new ServiceError('refused', another);
    const { status, key } = look;
    if (this.last?.status !== status || this.last.key?.id !== key?.id) this.log(formatObservation(look));
    this.#note({ ...look, key: key === null ? null : resolveKey(key, null, arnScope(look.arn)) });
    return look;
  }

  /** Pauses longer each time before a start is sent again that was refused as busy. */
  pauseAfterBusy(): Promise<void> {
    return this.sleep(retryDelay(2 + this.#busyInARow, this.#tools.random()));
  }

  /** The service's own word that our change is in force ends it, also where nobody gets to hear of the rest. */
  #note(state: ResolvedObservation): void {
    this.last = state;
    if (state.phase === 'changing') this.#busyInARow = 0;
    if (this.change !== null && isProof(state, this.change.to)) this.changeEnded = true;
  }

  async #makeOutKey({ key, phase, arn }: Observation, criteria: Lookup | null): Promise<ResolvedKey | null> {
    if (key === null) return null;
    // An alias of AWS' own needs a look only to be compared with what may be such a key; a key in transit needs none.
    const comparedByArn = mayBeAwsManaged(criteria) || namesKeysByArn(this.request);
    const worthLookingUp = isAwsAlias(key.id) ? comparedByArn : key.id !== '';
    const home = arnScope(arn);
    // A stream of another account, which only its ARN reaches, writes ids and aliases of that account.
    const id = this.request.stream.arn === null ? key.id : arnInScope(key.id, home);
    const lookup = phase === 'final' && worthLookingUp ? await this.#lookUp(id) : null;
    return resolveKey(key, lookup, home);
  }

  /** What is wanted of this stream where it stands so, with the keys that the request names made out. */
  wanted(state: ResolvedObservation): Promise<ResolvedCriteria> {
    return resolveCriteria(this.request, state, (id) => this.#lookUp(id));
  }

  #lookUpAskedKey(): Promise<Lookup | null> {
    const { criteria } = this.request;
    return criteria.which === 'one' ? this.#lookUp(criteria.id) : Promise.resolve(null);
  }

  #lookUp(id: string): Promise<Lookup> {
    return this.#patiently((signal) => this.#tools.keys.lookUp(id, signal));
  }

  /**
   * Sends the change. `busy`: another change is in flight, ours was not taken. `lost`: no answer came, so it may have been.
   * Any other refusal is thrown.
   */
  async send(
    to: ResolvedTarget,
    from: string,
    before: ResolvedObservation
  ): Promise<{ answer: 'accepted' | 'lost'; change: SentChange } | { answer: 'busy' }> {
    const change = (accepted = false) => ({ to, from, before, sinceMs: this.now(), accepted });
    try {
      await this.#patiently((signal) => this.#sendOnce(change, signal), PASSING_FOR_A_WRITE);
      this.change = change(true);
      return { answer: 'accepted', change: this.change };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.errorKind === 'busy' && ++this.#busyInARow < STARTS_REFUSED_AS_BUSY) return { answer: 'busy' };
      if (error.errorKind !== 'unanswered') throw error;
      this.change = change();
      this.changeEnded = false;
      return { answer: 'lost', change: this.change };
    }
  }

  /** A change that is not taken leaves what was sent before it: a start whose answer was lost may still take effect. */
  async #sendOnce(change: () => SentChange, signal: AbortSignal): Promise<void> {
    // A start that waits for its turn has not been sent.
    await this.#tools.service.readyToStart(signal);
    const earlier = { change: this.change, ended: this.changeEnded };
    this.change = change();
    this.changeEnded = false;
    try {
      await this.#tools.service.startEncryption(this.request.stream, this.change.to.toSet, signal);
    } catch (error) {
      if (error instanceof ServiceError) {
        this.change = earlier.change;
        this.changeEnded = earlier.ended;
      }
      throw error;
    }
  }

  /** Puts a record; tells whether the service says that it was encrypted. */
  putRecord(): Promise<boolean> {
    return this.#patiently((signal) => this.#tools.service.putRecord(this.request.stream, signal));
  }

  /** Calls until it gets through, or meets a trouble that does not pass. The deadline ends it. */
  async #patiently<T>(call: (signal: AbortSignal) => Promise<T>, passing?: ReadonlySet<ErrorKind>): Promise<T> {
    const onTrouble = (error: ServiceError, triesAgain: boolean) => {
      this.trouble = error.message;
      if (triesAgain) this.log(`${error.message}; trying again`);
    };
    const { clock, random } = this.#tools;
    const answer = await retry(call, { clock, random, signal: this.deadline.signal, onError: onTrouble }, passing);
    this.trouble = null;
    return answer;
  }
}

function mayBeAwsManaged(criteria: Lookup | null): boolean {
  return criteria?.answer === 'denied' || (criteria?.answer === 'found' && criteria.key.type === 'aws-owned');
}
