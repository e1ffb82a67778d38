import type { Observation, StreamKind, StreamRef, Tag } from '../../src/encryption/model.ts';
import { type Directory, type Page, ServiceError } from '../../src/encryption/ports.ts';
import { ACCOUNT, REGION } from './account.ts';
import { active } from './observations.ts';
import type { Interceptor } from './simulated-stream.ts';

type Tags = Readonly<Record<string, string>>;

const PATHS: Readonly<Record<StreamKind, string>> = { kinesis: 'stream', firehose: 'deliverystream' };
const PAGE = 2;

/** The streams of an account in memory, in the order of their creation and with small pages. Records each call. */
export class SimulatedDirectory implements Directory {
  readonly calls: string[] = [];
  /** The maximum number of concurrent describe calls. */
  maxConcurrentDescribes = 0;
  #describing = 0;
  readonly #streams: { readonly stream: StreamRef & { readonly arn: string }; readonly tags: Tags }[] = [];
  readonly #interceptors: Interceptor[] = [];
  readonly #describeInterceptors = new Map<string, Interceptor>();

  add(kind: StreamKind, name: string, tags: Tags = {}, account = ACCOUNT): StreamRef & { readonly arn: string } {
    const stream = { kind, name, arn: arnOf(kind, name, account) };
    this.#streams.push({ stream, tags });
    return stream;
  }

  /** Adds a stream of another account, which only the list of tagged streams contains. */
  addElsewhere(kind: StreamKind, name: string, account: string, tags: Tags): void {
    this.add(kind, name, tags, account);
  }

  /** Sets interceptors for the next calls for a page, one per call. */
  onNextCalls(...interceptors: Interceptor[]): void {
    this.#interceptors.push(...interceptors);
  }

  /** Sets an interceptor for each describe call of this stream. */
  onDescribe(name: string, interceptor: Interceptor): void {
    this.#describeInterceptors.set(name, interceptor);
  }

  names(kind: StreamKind, next: string | null, signal: AbortSignal): Promise<Page<string>> {
    const names = this.#streams.flatMap(({ stream }) => (stream.kind === kind ? [stream.name] : []));
    return this.#page(`names ${kind}`, names, next, signal);
  }

  tagged(
    kinds: readonly StreamKind[],
    tags: readonly Tag[],
    next: string | null,
    signal: AbortSignal
  ): Promise<Page<StreamRef>> {
    const found = this.#streams.flatMap(({ stream, tags: actual }) => {
      const has = ({ key, value }: Tag) => actual[key] !== undefined && (value === null || actual[key] === value);
      return kinds.includes(stream.kind) && tags.every(has) ? [stream] : [];
    });
    return this.#page(`tagged ${kinds.join('+')}`, found, next, signal);
  }

  /** Describes the stream of the account by its name, whatever its ARN is. */
  async describe({ kind, name }: StreamRef, signal: AbortSignal): Promise<Observation> {
    this.calls.push(`describe ${kind} ${name}`);
    this.#describing += 1;
    this.maxConcurrentDescribes = Math.max(this.maxConcurrentDescribes, this.#describing);
    try {
      await this.#describeInterceptors.get(name)?.(signal);
      const known = this.#streams.find(({ stream }) => stream.arn === arnOf(kind, name));
      if (known === undefined) throw new ServiceError('missing', `there is no ${name}`);
      return { ...active(), arn: known.stream.arn };
    } finally {
      this.#describing -= 1;
    }
  }

  async #page<Item>(
    call: string,
    items: readonly Item[],
    next: string | null,
    signal: AbortSignal
  ): Promise<Page<Item>> {
    signal.throwIfAborted();
    this.calls.push(next === null ? call : `${call} ${next}`);
    await this.#interceptors.shift()?.(signal);
    const start = Number(next ?? 0);
    const end = start + PAGE;
    return { items: items.slice(start, end), next: end < items.length ? `${end}` : null };
  }
}

export function arnOf(kind: StreamKind, name: string, account: string = ACCOUNT): string {
  return `arn:aws:${kind}:${REGION}:${account}:${PATHS[kind]}/${name}`;
}
