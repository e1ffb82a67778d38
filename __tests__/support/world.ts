/** One stream and its keys as they truly are, through a whole history of faults, others' changes and slow answers. */

import type { KeyDescription, KeyToSet, Look, Mode, StreamKind, StreamRef } from '../../src/encryption/model.ts';
import { ServiceError, type StreamService, type Trouble } from '../../src/encryption/services.ts';
import { AWS_ALIAS, AWS_MANAGED, aliasArn, awsManagedKey, customerKey, NEW, OLD, THIRD } from './account.ts';
import {
  active,
  disabled,
  enabled,
  enabling,
  enablingFailed,
  fedByKinesis,
  grantNotKnownYet,
  notCreated,
  suspended,
  updating
} from './looks.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { hangs, type Step } from './simulated-stream.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const KEY_NAMES = ['old', 'new', 'third', 'aws'] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export const FORMS = ['arn', 'id', 'alias', 'alias-arn'] as const;
export type Form = (typeof FORMS)[number];

/** A key, and how someone wrote it. */
export interface WrittenKey {
  readonly key: KeyName;
  readonly form: Form;
}

/** How a change ends. `comes-back`: at rest with what was there before, and no word of a failure. */
export type End = 'takes' | 'fails' | 'fails-for-a-grant' | 'comes-back' | 'overtaken';

/** What a change does: it is under way for so long, and then ends so. For a while the looks may show nothing of it. */
export interface Change {
  readonly ms: number;
  readonly unseenMs: number;
  readonly end: End;
}

/** How the stream truly stands. */
export type Standing =
  | { readonly is: 'at-rest'; readonly key: WrittenKey | null }
  | { readonly is: 'in-flight'; readonly key: WrittenKey | null; readonly to: WrittenKey | null }
  | { readonly is: 'failed'; readonly key: WrittenKey | null; readonly forAGrant: boolean }
  | { readonly is: 'unclear'; readonly key: WrittenKey | null }
  | { readonly is: 'deleting' | 'not-created' | 'fed'; readonly key: null };

/** What a call meets. Its answer takes `ms`, and tells how things were `staleMs` before the call. */
export interface Meeting {
  readonly meets: 'an-answer' | 'silence' | 'a-hang' | Trouble;
  readonly ms: number;
  readonly staleMs: number;
}

/** What a start meets. `lost` and `hang` never got there; the `taken` ones did, and their answer did not come back. */
export interface StartMeeting {
  readonly meets: 'an-answer' | 'lost' | 'lost-taken' | 'hang' | 'hang-taken' | Exclude<Trouble, 'unanswered'>;
  readonly ms: number;
  readonly change: Change;
}

/** Somebody else's change, or null for turning encryption off. The service refuses it while another is in flight. */
export interface OthersChange {
  readonly atMs: number;
  readonly to: WrittenKey | null;
  readonly ms: number;
}

export type NewKeyIs = 'usable' | 'disabled' | 'pending-deletion' | 'asymmetric' | 'elsewhere' | 'missing';

export type Asked =
  | { readonly which: 'any' | 'aws-owned' | 'customer-managed' }
  | { readonly which: 'one'; readonly written: WrittenKey; readonly mustBeCustomerManaged: boolean }
  | { readonly which: 'approved'; readonly written: readonly WrittenKey[] };

/** A key that streams are to be moved off. */
export type Old = 'any' | 'aws-owned' | WrittenKey;

/** All that decides a run, in plain data, so that a counterexample can be read. */
export interface History {
  readonly kind: StreamKind;
  readonly stands: Standing;
  /** A change in flight when the run begins, which is another's. */
  readonly inFlight: Change;
  readonly mode: Mode;
  readonly asked: Asked;
  readonly from: readonly Old[] | null;
  /** The request names the stream; else a glob or tags chose it. */
  readonly named: boolean;
  readonly streamArn: 'not-given' | 'given' | 'of-another-account';
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly settleMs: number;
  readonly verifyRecords: boolean;
  readonly newKeyIs: NewKeyIs;
  readonly mayDescribeKeys: boolean;
  /** A data stream under way shows the key it goes to, as some do, rather than the one of before. */
  readonly showsKeyEarly: boolean;
  readonly looks: readonly Meeting[];
  readonly lookUps: readonly Meeting[];
  readonly starts: readonly StartMeeting[];
  readonly records: readonly (Meeting & { readonly encrypted: boolean })[];
  readonly others: readonly OthersChange[];
  readonly cancelAtMs: number | null;
  readonly seed: number;
}

/** A look that came back. */
export interface SeenLook {
  readonly askedMs: number;
  /** The moment that it tells of. */
  readonly ofMs: number;
  /** How the stream truly stood then. */
  readonly truth: Standing;
  readonly look: Look;
}

/** A start as it went. */
export interface SentStart {
  readonly atMs: number;
  readonly toSet: KeyToSet;
  readonly to: KeyName;
  /** What the caller had seen of the stream last. */
  readonly lastSeen: SeenLook | null;
  /** What the caller was told; `nothing` where it stopped waiting. */
  told: 'accepted' | 'nothing' | Trouble;
  /** The change that the service made of it; null where it took none. */
  taken: { readonly endsAtMs: number; readonly end: End } | null;
}

const ARNS: Readonly<Record<KeyName, string>> = { old: OLD, new: NEW, third: THIRD, aws: AWS_MANAGED };
const ALIASES: Readonly<Record<KeyName, string>> = {
  old: 'alias/old',
  new: 'alias/new',
  third: 'alias/third',
  aws: AWS_ALIAS
};
const ELSEWHERE = NEW.replace('eu-central-1', 'us-east-1');

/** The key in the form it is written in. */
export function written({ key, form }: WrittenKey): string {
  switch (form) {
    case 'arn':
      return ARNS[key];
    case 'id':
      return ARNS[key].replace(/^.*key\//, '');
    case 'alias':
      return ALIASES[key];
    case 'alias-arn':
      return aliasArn(ALIASES[key]);
  }
}

/** Which key a text means; an empty one is Firehose's word for the AWS owned key. */
export function keyNamed(text: string): KeyName | null {
  if (text === '') return 'aws';
  if (text === ELSEWHERE) return 'new';
  return KEY_NAMES.find((key) => FORMS.some((form) => written({ key, form }) === text)) ?? null;
}

export class World implements StreamService {
  readonly shortestPauseMs: number;
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
    this.shortestPauseMs = history.kind === 'kinesis' ? 100 : 220;
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

  async look(_stream: StreamRef, signal: AbortSignal): Promise<Look> {
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

  async start(_stream: StreamRef, toSet: KeyToSet, signal: AbortSignal): Promise<void> {
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

  #whyRefused(toSet: KeyToSet): Trouble | null {
    const now = this.truthAt(this.#clock.now());
    const to = keyNamed(toSet.id);
    if (now.is === 'in-flight' || now.is === 'deleting') return 'busy';
    if (now.is === 'fed' || now.is === 'not-created' || to === null) return 'refused';
    if (to === 'new' && this.#history.newKeyIs !== 'usable') return 'refused';
    if (this.#history.kind === 'kinesis') return null;
    // Firehose refuses the configuration that is in force, and a key that AWS manages.
    return now.key?.key === to || toSet.id === AWS_MANAGED ? 'refused' : null;
  }

  #take(to: KeyName, toSet: KeyToSet, { ms, unseenMs, end }: Change): SentStart['taken'] {
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

const AN_ANSWER: Meeting = { meets: 'an-answer', ms: 0, staleMs: 0 };
const TAKEN: StartMeeting = { meets: 'an-answer', ms: 0, change: { ms: 1_000, unseenMs: 0, end: 'takes' } };

function formOf(text: string): Form {
  return FORMS.find((form) => KEY_NAMES.some((key) => written({ key, form }) === text)) ?? 'arn';
}

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

function whatIsTold(meets: StartMeeting['meets'], refusal: Trouble | null): 'accepted' | Trouble {
  if (meets === 'an-answer') return refusal ?? 'accepted';
  return meets === 'lost' || meets === 'lost-taken' || meets === 'hang' || meets === 'hang-taken'
    ? 'unanswered'
    : meets;
}

async function meet({ meets, ms }: Meeting, clock: VirtualClock, signal: AbortSignal): Promise<void> {
  if (meets === 'a-hang') await hangs(signal);
  await elapse(ms, clock, signal);
  if (meets === 'an-answer' || meets === 'a-hang') return;
  const trouble = meets === 'silence' ? 'unanswered' : meets;
  throw new ServiceError(trouble, `the call was ${trouble}`);
}

/** Rejects as a service does: with the signal's reason. */
async function elapse(ms: number, clock: VirtualClock, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What the service tells of a stream that stands so. */
function lookAt({ kind, showsKeyEarly }: History, standing: Standing): Look {
  const { key } = standing;
  const id = key === null ? null : written(key);
  if (kind === 'kinesis') {
    switch (standing.is) {
      case 'in-flight':
        return updating(showsKeyEarly && standing.to !== null ? written(standing.to) : id);
      case 'unclear':
        return { ...active(), phase: 'unclear', encrypted: 'unknown' };
      case 'deleting':
        return { ...active(), status: 'DELETING', phase: 'deleting' };
      default:
        return active(id);
    }
  }
  switch (standing.is) {
    case 'at-rest':
      return key === null ? disabled() : enabled(key.key === 'aws' ? '' : (id ?? ''));
    case 'in-flight':
      return enabling();
    case 'failed':
      return standing.forAGrant ? grantNotKnownYet() : enablingFailed('DISABLED_KMS_KEY: it is disabled');
    case 'unclear':
      return suspended();
    case 'deleting':
      return { ...disabled(), phase: 'deleting', encrypted: 'unknown' };
    case 'not-created':
      return notCreated();
    case 'fed':
      return fedByKinesis();
  }
}

const NEW_KEY: Readonly<Record<Exclude<NewKeyIs, 'missing'>, KeyDescription>> = {
  usable: customerKey(NEW),
  disabled: customerKey(NEW, { enabled: false, state: 'Disabled' }),
  'pending-deletion': customerKey(NEW, { enabled: false, state: 'PendingDeletion' }),
  asymmetric: customerKey(NEW, { spec: 'RSA_2048' }),
  elsewhere: customerKey(ELSEWHERE)
};

function keysOf({ newKeyIs, mayDescribeKeys, lookUps }: History, clock: VirtualClock): SimulatedKeys {
  const keys = new SimulatedKeys();
  const add = (name: KeyName, key: KeyDescription) =>
    keys.add(key, ...FORMS.map((form) => written({ key: name, form })));
  add('old', customerKey(OLD));
  add('third', customerKey(THIRD));
  add('aws', awsManagedKey(AWS_MANAGED));
  if (newKeyIs !== 'missing') add('new', NEW_KEY[newKeyIs]);
  if (!mayDescribeKeys) keys.denyAll();
  const steps: Step[] = lookUps.map((meeting) => (signal) => meet(meeting, clock, signal));
  keys.nextAsked(...steps);
  return keys;
}
