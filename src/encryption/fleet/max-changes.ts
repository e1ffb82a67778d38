/** `max-changes`: at most so many changes in a run, in the order of selection, however many streams run at a time. */

/** What is known of a stream: whether it has taken a place for good, or never will. */
type Decision = 'undecided' | 'changed' | 'not-changed';

/**
 * The places for changes. A stream is admitted as soon as it is certain whether it may change: it may if all earlier streams
 * together cannot take every place, and it may not once all places are taken. Until then it is not started, so that a start
 * that is refused leaves its place to the next stream in the order of selection.
 */
export class ChangePlaces {
  readonly #max: number;
  readonly #decisions: Decision[];
  #taken = 0;
  /** Called after each decision, once. */
  #onDecision: (() => void)[] = [];

  constructor(max: number, streamCount: number) {
    this.#max = max;
    this.#decisions = Array.from({ length: streamCount }, () => 'undecided');
  }

  /** Resolves with whether the stream at this index, in the order of selection, may change. */
  async admit(index: number): Promise<boolean> {
    for (;;) {
      if (this.#taken >= this.#max) return false;
      const earlier = this.#decisions.slice(0, index);
      if (earlier.filter((decision) => decision !== 'not-changed').length < this.#max) return true;
      await new Promise<void>((resolve) => this.#onDecision.push(resolve));
    }
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
    for (const tell of this.#onDecision.splice(0)) tell();
  }
}
