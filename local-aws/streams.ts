interface NamedStream {
  readonly name: string;
  /** Applies everything that is due by now. */
  settle(): void;
}

/** The streams of one service. Lookup by name and the start of a page stay fast with thousands of streams. */
export class Streams<Stream extends NamedStream> {
  readonly #byName = new Map<string, Stream>();
  /** The sorted names, cached until a stream is added or deleted. */
  #names: readonly string[] | undefined;

  add(stream: Stream): void {
    if (this.#byName.has(stream.name)) throw new Error(`Stream ${stream.name} already exists`);
    this.#byName.set(stream.name, stream);
    this.#names = undefined;
  }

  delete(name: string): void {
    this.#byName.delete(name);
    this.#names = undefined;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Returns the stream in its current state. */
  find(name: string): Stream | undefined {
    const stream = this.#byName.get(name);
    stream?.settle();
    return stream;
  }

  /** Like `find`, but throws if the stream does not exist. */
  get(name: string): Stream {
    const stream = this.find(name);
    if (stream === undefined) throw new Error(`Stream ${name} does not exist`);
    return stream;
  }

  /** All streams in their current state, in the order of creation. */
  *[Symbol.iterator](): Generator<Stream> {
    for (const stream of this.#byName.values()) {
      stream.settle();
      yield stream;
    }
  }

  /** The streams whose names sort after this one, in their current state and in the order of names. */
  *after(name: string): Generator<Stream> {
    this.#names ??= [...this.#byName.keys()].sort();
    const names = this.#names;
    for (let index = firstIndexAfter(names, name); index < names.length; index += 1) yield this.get(names[index] ?? '');
  }
}

/** Binary search for the first name that sorts after this one. */
function firstIndexAfter(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? '') > name) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns up to `limit` matching items, and whether more follow. */
export function firstPage<Item>(
  items: Iterable<Item>,
  limit: number,
  matches: (item: Item) => boolean = () => true
): { page: Item[]; more: boolean } {
  const page: Item[] = [];
  for (const item of items) {
    if (!matches(item)) continue;
    if (page.length === limit) return { page, more: true };
    page.push(item);
  }
  return { page, more: false };
}
