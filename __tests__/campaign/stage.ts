/** One case at work: a local AWS with the stream `orders`, whose fault strikes when its moment has come. */

import type { Fault as LocalFault } from '../../local-aws/faults.ts';
import type { KmsKey } from '../../local-aws/kms-key.ts';
import { type LocalAws, type LocalAwsOptions, type RequestRecord, startLocalAws } from '../../local-aws/server.ts';
import { streamOf } from '../../local-aws/wire.ts';
import { createStream, DESCRIBE, type Kind, START } from '../end-to-end/step.ts';
import { EVER } from './effects.ts';
import { NEW_ID, OLD, OLD_ID, REGION, THIRD, THIRD_ID } from './endings.ts';
import type { Case, StruckStage } from './faults.ts';
import { MOMENTS, type Progress } from './moments.ts';

/** A change ends when so many looks have come at it, so that no slow machine makes a case miss its moment. */
const LOOKS_A_CHANGE_TAKES = 3;

/** The stream of either kind, as far as a case acts on it. */
interface StreamInHand {
  /** A change is under way. */
  readonly inFlight: () => boolean;
  /** Ends the change that is under way. */
  readonly end: () => void;
  /** Another's change, which takes so long. */
  readonly change: (key: string, ms: number) => void;
  readonly delete: () => void;
}

/** How long a change of another stream takes. */
const OTHERS_CHANGE_MS = 500;

/** The local AWS of a case, and what is counted there: of the requests those about the stream `orders`, and about keys. */
export class Stage implements StruckStage {
  readonly aws: LocalAws;
  readonly kind: Kind;
  readonly newKey: KmsKey;
  readonly #case: Case;
  readonly #stream: StreamInHand;
  #looksInFlight = 0;
  #hits = 0;

  private constructor(one: Case, aws: LocalAws, now: () => number, others: readonly string[]) {
    this.#case = one;
    this.aws = aws;
    this.kind = one.kind;
    aws.kms.createKey({ id: OLD_ID });
    aws.kms.createKey({ id: THIRD_ID });
    this.newKey = aws.kms.createKey({ id: NEW_ID });
    aws.kms.createAlias('alias/new', this.newKey);
    this.#stream = createOrders(one, aws, now);
    for (const [nth, name] of others.entries()) {
      createStream(aws, one.kind, { name, changeMs: OTHERS_CHANGE_MS, key: nth % 2 === 0 ? undefined : OLD });
    }
  }

  /** Opens one with further streams, which no fault hits: the first of them is not encrypted, the next one is, and so on. */
  static async open(one: Case, now: () => number, others: readonly string[] = []): Promise<Stage> {
    const options: LocalAwsOptions = { region: REGION, now, changeMs: EVER, ...one.fault.aws };
    let stage: Stage | undefined;
    const aws = await startLocalAws({ ...options, onRequest: (request) => stage?.take(request) });
    stage = new Stage(one, aws, now, others);
    return stage;
  }

  /** How often the fault has struck. */
  get hits(): number {
    return this.#hits;
  }

  get starts(): number {
    return this.aws.requests.filter((request) => isStart(request) && isOfTheCase(request)).length;
  }

  /** How many starts took effect on a stream. */
  writesOf(name: string): number {
    return this.aws.writes().filter(({ input }) => streamOf(input) === name).length;
  }

  change(key: string, ms: number): void {
    this.#stream.change(key, ms);
  }

  delete(): void {
    this.#stream.delete();
  }

  /** Takes a request before it is answered: brings the stream as far as it must be by then, and lets the fault strike. */
  take(request: RequestRecord): void {
    if (!isOfTheCase(request)) return;
    const { operation } = request;
    if (operation === DESCRIBE[this.kind] && this.#stream.inFlight()) this.#takeLook();
    const { fault, moment } = this.#case;
    const { times = 1, everywhere = false } = fault;
    const { on, hasCome } = MOMENTS[moment];
    if (this.#hits >= times || !(operation === on[this.kind] || (everywhere && this.#hits > 0))) return;
    if (this.#hits === 0 && !hasCome(this.#progress())) return;
    this.#hits += 1;
    if (this.#hits === 1) fault.happens?.(this);
    const effect = typeof fault.effect === 'function' ? fault.effect(this.#whatWasAsked(operation)) : fault.effect;
    if (effect !== undefined) this.aws.faults.add({ on: operation, ...effect } satisfies LocalFault);
  }

  #takeLook(): void {
    this.#looksInFlight += 1;
    const { looksAChangeTakes = LOOKS_A_CHANGE_TAKES } = this.#case.fault;
    if (this.#looksInFlight < looksAChangeTakes) return;
    this.#looksInFlight = 0;
    this.#stream.end();
  }

  #progress(): Progress {
    const earlier = this.aws.requests.slice(0, -1).filter(isOfTheCase);
    const lastStart = earlier.findLastIndex(isStart);
    return {
      starts: earlier.filter(isStart).length,
      accepted: this.writesOf('orders'),
      looks: earlier.slice(lastStart + 1).filter(({ operation }) => operation === DESCRIBE[this.kind]).length,
      keyLookUps: earlier.filter(({ operation }) => operation === 'DescribeKey').length,
      inFlight: this.#stream.inFlight()
    };
  }

  #whatWasAsked(operation: string) {
    const service = operation === 'DescribeKey' ? 'kms' : this.kind;
    return { kind: this.kind, action: `${service}:${operation}`, starts: this.#progress().starts };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.aws.close();
  }
}

/** A request about a key is about no stream. */
function isOfTheCase({ input }: RequestRecord): boolean {
  const stream = streamOf(input);
  return stream === undefined || stream === 'orders';
}

function isStart({ operation }: RequestRecord): boolean {
  return operation === START.kinesis || operation === START.firehose;
}

function createOrders({ fault, moment, kind }: Case, aws: LocalAws, now: () => number): StreamInHand {
  const another = MOMENTS[moment].another === true;
  const key = another ? THIRD : OLD;
  const encrypted = fault.from !== 'not encrypted';
  if (kind === 'kinesis') {
    const seed = { ...(encrypted && { keyId: key }), ...(another && { changing: { keyId: OLD, ms: EVER } }) };
    const stream = aws.kinesis.create({ name: 'orders', ...seed, ...fault.kinesis });
    return inHand(stream, now, () => aws.kinesis.delete(stream.name));
  }
  const seed = { ...(encrypted && { key }), ...(another && { changing: { key: OLD, ms: EVER } }) };
  const stream = aws.firehose.create({ name: 'orders', ...seed, ...fault.firehose });
  return inHand(stream, now, () => aws.firehose.delete(stream.name));
}

interface ModelStream<Change> {
  change: Change | undefined;
  start(key: string, ms: number): void;
  settle(): void;
}

function inHand<Change extends { readonly endsAt: number }>(
  stream: ModelStream<Change>,
  now: () => number,
  remove: () => void
): StreamInHand {
  return {
    inFlight: () => {
      stream.settle();
      return stream.change !== undefined;
    },
    end: () => {
      if (stream.change !== undefined) stream.change = { ...stream.change, endsAt: now() };
      stream.settle();
    },
    change: (to, ms) => {
      stream.start(to, ms);
      stream.settle();
    },
    delete: remove
  };
}
