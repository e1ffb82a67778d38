/** `max-changes`: at most so many changes in a run, in the order of selection, however many streams run at a time. */

/** What is known of a stream: whether it has taken a place for good, or never will. */
type Decision = 'undecided' | 'changed' | 'not-changed';

/**
 * The places for changes. A stream that needs a change is admitted as soon as it is certain whether it may change: it may if
 * all earlier streams together cannot take every place, and it may not once all places are taken. So a start that is refused
 * leaves its place to the next stream in the order of selection.
 */
export class ChangePlaces {
  readonly #max: number;
  readonly #decisions: Decision[];
  #taken = 0;
  /** The streams that wait to be admitted, by index. */
  readonly #waiting = new Map<number, (mayChange: boolean) => void>();

  constructor(max: number, streamCount: number) {
    this.#max = max;
    this.#decisions = Array.from({ length: streamCount }, () => 'undecided');
  }

  /** Resolves with whether the stream at this index, in the order of selection, may change. */
  admit(index: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.set(index, resolve);
    this.#admitCertain();
    return promise;
  }

  /** The stream has sent a change that was not refused: it keeps its place. */
  changed(index: number): void {
    this.#decide(index, 'changed');
  }

  /** The stream has ended; without a change it takes no place. */
  ended(index: number): void {
    this.#decide(index, 'not-changed');
  }

  /** The first decision counts. */
  #decide(index: number, decision: Decision): void {
    if (this.#decisions[index] !== 'undecided') return;
    this.#decisions[index] = decision;
    if (decision === 'changed') this.#taken += 1;
    this.#admitCertain();
  }

  #admitCertain(): void {
    let possible = 0;
    for (let index = 0; index < this.#decisions.length && possible < this.#max; index++) {
      if (this.#taken < this.#max) this.#answer(index, true);
      if (this.#decisions[index] !== 'not-changed') possible += 1;
    }
    if (this.#taken < this.#max) return;
    for (const index of [...this.#waiting.keys()]) this.#answer(index, false);
  }

  #answer(index: number, mayChange: boolean): void {
    this.#waiting.get(index)?.(mayChange);
    this.#waiting.delete(index);
  }
}
