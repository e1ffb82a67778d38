/** One stream as it truly is, through a whole history of faults, others' changes and slow answers. */

import type { Observation, StreamKind, StreamRef, TargetKey } from '../../../src/encryption/model.ts';
import { type ErrorKind, ServiceError, type StreamService } from '../../../src/encryption/ports.ts';
import { AWS_MANAGED } from '../account.ts';
import type { SimulatedKeys } from '../simulated-keys.ts';
import { hangs } from '../simulated-stream.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { elapse, keysOf, lookAt, meet, whatIsTold } from './answers.ts';
import {
  type Change,
  type End,
  formOf,
  type History,
  type KeyName,
  keyNamed,
  type Meeting,
  type OthersChange,
  type Standing,
  type StartMeeting,
  type WrittenKey
} from './history.ts';

/** A look that came back. */
export interface SeenLook {
  readonly askedMs: number;
  /** The moment that it tells of. */
  readonly ofMs: number;
  /** How the stream truly stood then. */
  readonly truth: Standing;
  readonly look: Observation;
}

/** A start as it went. */
export interface SentStart {
  readonly atMs: number;
  readonly toSet: TargetKey;
  readonly to: KeyName;
  /** What the caller had seen of the stream last. */
  readonly lastSeen: SeenLook | null;
  /** What the caller was told; `nothing` where it stopped waiting. */
  told: 'accepted' | 'nothing' | ErrorKind;
  /** The change that the service made of it; null where it took none. */
  taken: { readonly endsAtMs: number; readonly end: End } | null;
}

/** Whether the start counts as a change of the run. */
export function isNotRefused({ told }: SentStart): boolean {
  return told === 'accepted' || told === 'nothing' || told === 'unanswered';
}

/** The service of the one stream, and the keys that KMS knows; it notes what truly was so, and what callers saw. */
export class World implements StreamService {
  readonly minPollIntervalMs: number;
  readonly msAChange: number;
  readonly keys: SimulatedKeys;
  readonly seen: SeenLook[] = [];
  readonly starts: SentStart[] = [];
  /** When changes of others ended. */
  readonly othersEndedMs: number[] = [];

  readonly #history: History;
  readonly #clock: VirtualClock;
  readonly #timeline: { readonly fromMs: number; readonly standing: Standing }[] = [];
  readonly #unseen: { readonly fromMs: number; readonly untilMs: number; readonly before: Standing }[] = [];
  readonly #looks: Meeting[];
  readonly #starts: StartMeeting[];
  readonly #records: (Meeting & { readonly encrypted: boolean })[];
  readonly #others: OthersChange[];

  constructor(history: History, clock: VirtualClock) {
    this.#history = history;
    this.#clock = clock;
    this.msAChange = history.kind === 'kinesis' ? 200 : 400;
    this.minPollIntervalMs = history.kind === 'kinesis' ? 100 : 220;
    this.#looks = [...history.looks];
    this.#starts = [...history.starts];
    this.#records = [...history.records];
    this.#others = [...history.others].sort((a, b) => a.atMs - b.atMs);
    this.#timeline.push({ fromMs: Number.NEGATIVE_INFINITY, standing: history.stands });
    if (history.stands.is === 'in-flight') this.#othersEnd(history.stands, history.inFlight, 0);
    this.keys = keysOf(history, clock);
  }

  /** How the stream truly stood, or will if nothing more is done to it. */
  truthAt(ms: number): Standing {
    this.#letOthersCome();
    return this.#standingAt(ms);
  }

  /** Every standing that was true at some moment from a look until then. */
  truthsSince({ ofMs, truth }: SeenLook, untilMs: number): Standing[] {
    this.#letOthersCome();
    const later = this.#timeline.filter(({ fromMs }) => fromMs >= ofMs && fromMs <= untilMs);
    return [truth, ...later.map(({ standing }) => standing)];
  }

  async ready(): Promise<void> {}

  async glance(): Promise<null> {
    return null;
  }

  async describe(_stream: StreamRef, signal: AbortSignal): Promise<Observation> {
    signal.throwIfAborted();
    const askedMs = this.#clock.now();
    const meeting = this.#looks.shift() ?? AN_ANSWER;
    const { ofMs, truth } = this.#shownAt(askedMs, meeting.staleMs);
    const look = lookAt(this.#history, truth);
    await meet(meeting, this.#clock, signal);
    this.seen.push({ askedMs, ofMs, truth, look });
    return look;
  }

  async readyToStart(): Promise<void> {}

  async startEncryption(_stream: StreamRef, toSet: TargetKey, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { meets, ms, change } = this.#starts.shift() ?? TAKEN;
    const start: SentStart = {
      atMs: this.#clock.now(),
      toSet,
      to: keyNamed(toSet.id) ?? 'third',
      lastSeen: this.seen.at(-1) ?? null,
      told: 'nothing',
      taken: null
    };
    this.starts.push(start);
    const gotThere = meets === 'an-answer' || meets === 'lost-taken' || meets === 'hang-taken';
    const refusal = gotThere ? this.#whyRefused(toSet) : null;
    if (gotThere && refusal === null) start.taken = this.#take(start.to, toSet, change);
    if (meets === 'hang' || meets === 'hang-taken') await hangs(signal);
    await elapse(ms, this.#clock, signal);
    const answer = whatIsTold(meets, refusal);
    start.told = answer;
    if (answer !== 'accepted') throw new ServiceError(answer, `the start was ${answer}`);
  }

  async putRecord(_stream: StreamRef, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const meeting = this.#records.shift() ?? { ...AN_ANSWER, encrypted: true };
    await meet(meeting, this.#clock, signal);
    return meeting.encrypted;
  }

  /** What a look tells of: the moment of the question or before, and nothing yet of a change that is unseen. */
  #shownAt(askedMs: number, staleMs: number): { ofMs: number; truth: Standing } {
    const unseen = this.#unseen.find(({ fromMs, untilMs }) => fromMs <= askedMs && askedMs < untilMs);
    if (unseen !== undefined) return { ofMs: unseen.fromMs, truth: unseen.before };
    const ofMs = Math.max(0, askedMs - staleMs);
    return { ofMs, truth: this.truthAt(ofMs) };
  }

  #standingAt(ms: number): Standing {
    const past = this.#timeline.filter(({ fromMs }) => fromMs <= ms);
    return past.at(-1)?.standing ?? this.#history.stands;
  }

  #whyRefused(toSet: TargetKey): ErrorKind | null {
    const now = this.truthAt(this.#clock.now());
    const to = keyNamed(toSet.id);
    if (now.is === 'in-flight' || now.is === 'deleting') return 'busy';
    if (now.is === 'fed' || now.is === 'not-created' || to === null) return 'refused';
    if (to === 'new' && this.#history.newKeyIs !== 'usable') return 'refused';
    if (this.#history.kind === 'kinesis') return null;
    // Firehose refuses the configuration that is in force, and a key that AWS manages.
    return now.key?.key === to || toSet.id === AWS_MANAGED ? 'refused' : null;
  }

  #take(to: KeyName, toSet: TargetKey, { ms, unseenMs, end }: Change): SentStart['taken'] {
    const key: WrittenKey = { key: to, form: formOf(toSet.id) };
    const now = this.#clock.now();
    const endsAtMs = now + ms;
    this.#unseen.push({ fromMs: now, untilMs: now + unseenMs, before: this.truthAt(now) });
    this.#show(now, endsAtMs, key, end);
    return { endsAtMs, end };
  }

  /** Lets the others make their changes that are due by now, each unless it finds another in flight. */
  #letOthersCome(): void {
    const now = this.#clock.now();
    for (let [next] = this.#others; next !== undefined && next.atMs <= now; [next] = this.#others) {
      this.#others.shift();
      const { is, key } = this.#standingAt(next.atMs);
      if (is !== 'at-rest' && is !== 'failed') continue;
      this.#othersEnd({ is: 'in-flight', key, to: next.to }, { ms: next.ms, end: 'takes' }, next.atMs);
    }
  }

  #othersEnd(
    { to }: Extract<Standing, { is: 'in-flight' }>,
    { ms, end }: Pick<Change, 'ms' | 'end'>,
    atMs: number
  ): void {
    this.#show(atMs, atMs + ms, to, end);
    this.othersEndedMs.push(atMs + ms);
  }

  #show(fromMs: number, toMs: number, to: WrittenKey | null, end: End): void {
    const { key } = this.#standingAt(fromMs);
    this.#timeline.push({ fromMs, standing: { is: 'in-flight', key, to } });
    this.#timeline.push({ fromMs: toMs, standing: endOf(this.#history.kind, key, to, end) });
    if (end === 'overtaken') this.othersEndedMs.push(toMs);
  }
}

/** What a call meets for which the history says nothing else. */
const AN_ANSWER: Meeting = { meets: 'an-answer', ms: 0, staleMs: 0 };
/** What a start meets for which the history says nothing else. */
const TAKEN: StartMeeting = { meets: 'an-answer', ms: 0, change: { ms: 1_000, unseenMs: 0, end: 'takes' } };

function endOf(kind: StreamKind, before: WrittenKey | null, to: WrittenKey | null, end: End): Standing {
  switch (end) {
    case 'takes':
      return { is: 'at-rest', key: to };
    case 'overtaken':
      return { is: 'at-rest', key: { key: to?.key === 'third' ? 'old' : 'third', form: 'arn' } };
    case 'comes-back':
      return { is: 'at-rest', key: before };
    default:
      // Kinesis has no word for a failure.
      if (kind === 'kinesis') return { is: 'at-rest', key: before };
      return { is: 'failed', key: before, forAGrant: end === 'fails-for-a-grant' };
  }
}
