/** Calls that several streams share: one call per id, whose answer is kept. No stream can end it for the others. */

import { untilAborted } from './deadline.ts';

type Call<Answer> = (signal: AbortSignal) => Promise<Answer>;

/** A call in progress. It is aborted when the last of those who wait for it has gone. */
interface PendingCall<Answer> {
  readonly answer: Promise<Answer>;
  readonly abort: AbortController;
  waiting: number;
}

export class SharedCalls<Answer> {
  readonly #answers = new Map<string, Answer>();
  readonly #pending = new Map<string, PendingCall<Answer>>();

  /**
   * Resolves with the answer that is kept, or joins the call in progress, or starts `call`. Rejects with the error of the
   * call, which is not kept, or with the signal's reason.
   */
  async answer(id: string, signal: AbortSignal, call: Call<Answer>): Promise<Answer> {
    const kept = this.#answers.get(id);
    if (kept !== undefined) return kept;
    const pending = this.#pending.get(id) ?? this.#start(id, call);
    pending.waiting += 1;
    try {
      return await untilAborted(pending.answer, signal);
    } finally {
      pending.waiting -= 1;
      if (pending.waiting === 0) {
        this.#pending.delete(id);
        pending.abort.abort();
      }
    }
  }

  /** The answers kept so far, by id. */
  get answers(): ReadonlyMap<string, Answer> {
    return this.#answers;
  }

  /** Keeps an answer for another id as well. */
  keep(id: string, answer: Answer): void {
    this.#answers.set(id, answer);
  }

  #start(id: string, call: Call<Answer>): PendingCall<Answer> {
    const abort = new AbortController();
    const pending = { answer: this.#callAndKeep(id, abort.signal, call), abort, waiting: 0 };
    this.#pending.set(id, pending);
    return pending;
  }

  async #callAndKeep(id: string, signal: AbortSignal, call: Call<Answer>): Promise<Answer> {
    const answer = await call(signal);
    this.keep(id, answer);
    return answer;
  }
}
