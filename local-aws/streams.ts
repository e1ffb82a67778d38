/** The streams of a service: found by name, and listed by the page. */

interface NamedStream {
  readonly name: string;
  /** Lets everything happen that is due by now. */
  settle(): void;
}

/** The streams of one service by name. To find one, and to go on in their list, costs the same however many there are. */
export class Streams<Stream extends NamedStream> {
  readonly #byName = new Map<string, Stream>();
  /** The names in order, until a stream comes or goes. */
  #names: readonly string[] | undefined;

  add(stream: Stream): void {
    if (this.#byName.has(stream.name)) throw new Error(`There is a stream ${stream.name} already`);
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

  /** The stream as it is now. */
  find(name: string): Stream | undefined {
    const stream = this.#byName.get(name);
    stream?.settle();
    return stream;
  }

  /** The stream as it is now; throws where there is none. */
  get(name: string): Stream {
    const stream = this.find(name);
    if (stream === undefined) throw new Error(`There is no stream ${name}`);
    return stream;
  }

  /** All of them as they are now, in the order in which they came. */
  *[Symbol.iterator](): Generator<Stream> {
    for (const stream of this.#byName.values()) {
      stream.settle();
      yield stream;
    }
  }

  /** Those whose names come after this one, as they are now, in the order of the names. */
  *after(name: string): Generator<Stream> {
    this.#names ??= [...this.#byName.keys()].sort();
    const names = this.#names;
    for (let index = firstAfter(names, name); index < names.length; index += 1) yield this.get(names[index] ?? '');
  }
}

/** The index of the first name that comes after this one. */
function firstAfter(names: readonly string[], name: string): number {
  let from = 0;
  let to = names.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((names[middle] ?? '') > name) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The first so many of those that fit, and whether more follow. */
export function firstPage<Item>(
  items: Iterable<Item>,
  limit: number,
  fits: (item: Item) => boolean = () => true
): { page: Item[]; more: boolean } {
  const page: Item[] = [];
  for (const item of items) {
    if (!fits(item)) continue;
    if (page.length === limit) return { page, more: true };
    page.push(item);
  }
  return { page, more: false };
}
