import type { Observation, StreamKind, StreamRef, Tag } from '../../src/encryption/model.ts';
import { type Directory, type Page, ServiceError } from '../../src/encryption/ports.ts';
import { ACCOUNT, REGION } from './account.ts';
import { active } from './observations.ts';
import type { Step } from './simulated-stream.ts';

type Tags = Readonly<Record<string, string>>;

const PATHS: Readonly<Record<StreamKind, string>> = { kinesis: 'stream', firehose: 'deliverystream' };
const PAGE = 2;

/** The streams of an account, in memory, a few a page and in the order in which they came; it notes each call. */
export class SimulatedDirectory implements Directory {
  readonly calls: string[] = [];
  /** The most looks that were under way at a time. */
  mostLooks = 0;
  #looks = 0;
  readonly #streams: { readonly stream: StreamRef & { readonly arn: string }; readonly tags: Tags }[] = [];
  readonly #steps: Step[] = [];
  readonly #lookSteps = new Map<string, Step>();

  add(kind: StreamKind, name: string, tags: Tags = {}): StreamRef & { readonly arn: string } {
    const stream = { kind, name, arn: arnOf(kind, name) };
    this.#streams.push({ stream, tags });
    return stream;
  }

  /** What the next calls for a page meet, one each, before any gets through. */
  nextCalls(...steps: Step[]): void {
    this.#steps.push(...steps);
  }

  /** What each look at the stream meets. */
  onLook(name: string, step: Step): void {
    this.#lookSteps.set(name, step);
  }

  async names(kind: StreamKind, next: string | null, signal: AbortSignal): Promise<Page<string>> {
    await this.#call(`names ${kind} ${next ?? ''}`.trimEnd(), signal);
    return page(
      this.#streams.flatMap(({ stream }) => (stream.kind === kind ? [stream.name] : [])),
      next
    );
  }

  async tagged(
    kinds: readonly StreamKind[],
    tags: readonly Tag[],
    next: string | null,
    signal: AbortSignal
  ): Promise<Page<StreamRef>> {
    await this.#call(`tagged ${kinds.join('+')} ${next ?? ''}`.trimEnd(), signal);
    const found = this.#streams.filter(({ stream, tags: its }) => {
      const has = ({ key, value }: Tag) => its[key] !== undefined && (value === null || its[key] === value);
      return kinds.includes(stream.kind) && tags.every(has);
    });
    return page(
      found.map(({ stream }) => stream),
      next
    );
  }

  /** An account is asked by name, whatever ARN is given. */
  async look({ kind, name }: StreamRef, signal: AbortSignal): Promise<Observation> {
    this.calls.push(`look ${kind} ${name}`);
    this.#looks += 1;
    this.mostLooks = Math.max(this.mostLooks, this.#looks);
    try {
      await this.#lookSteps.get(name)?.(signal);
      const known = this.#streams.find(({ stream }) => stream.kind === kind && stream.name === name);
      if (known === undefined) throw new ServiceError('missing', `there is no ${name}`);
      return { ...active(), arn: known.stream.arn };
    } finally {
      this.#looks -= 1;
    }
  }

  async #call(call: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.calls.push(call);
    await this.#steps.shift()?.(signal);
  }
}

export function arnOf(kind: StreamKind, name: string, account: string = ACCOUNT): string {
  return `arn:aws:${kind}:${REGION}:${account}:${PATHS[kind]}/${name}`;
}

function page<Item>(items: readonly Item[], next: string | null): Page<Item> {
  const start = Number(next ?? 0);
  const end = start + PAGE;
  return { items: items.slice(start, end), next: end < items.length ? `${end}` : null };
}
