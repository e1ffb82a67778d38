import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { Observation, Result, StreamKind, StreamRequest } from '../../src/encryption/model.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { check } from '../../src/encryption/stream/check.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { AWS_ALIAS, AWS_MANAGED, awsManagedKey, customerKey, NEW, OLD, THIRD } from './account.ts';
import { ALONE } from './fleet-context.ts';
import { request } from './requests.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { SimulatedStream } from './simulated-stream.ts';
import { VirtualClock } from './virtual-clock.ts';

/** One stream, the keys of its account, and a clock; each run is carried to its end in virtual time. */
export class Scene {
  readonly clock = new VirtualClock();
  readonly stream: SimulatedStream;
  readonly keys = new SimulatedKeys();
  readonly log: string[] = [];
  /** Half of the way, so that a pause is as long as it is meant to be. */
  random = 0.5;
  fleet = ALONE;
  readonly #kind: StreamKind;
  readonly #cancel = new AbortController();

  constructor(look: Observation) {
    this.#kind = look.arn.includes(':kinesis:') ? 'kinesis' : 'firehose';
    this.stream = new SimulatedStream(this.clock, look);
    this.keys.add(customerKey(OLD), 'alias/old');
    this.keys.add(customerKey(NEW), 'alias/new');
    this.keys.add(customerKey(THIRD), 'alias/third');
    this.keys.add(awsManagedKey(AWS_MANAGED), AWS_ALIAS);
  }

  cancelAt(ms: number): void {
    this.clock.at(ms, () => this.#cancel.abort(new Cancelled()));
  }

  encrypt(but: Partial<StreamRequest> = {}): Promise<Result> {
    return this.clock.finish(encrypt(this.#request(but), this.#tools()));
  }

  /** Whatever a check finds, it may have written nothing. */
  async check(but: Partial<StreamRequest> = {}): Promise<Result> {
    const writesBefore = this.#writes;
    const result = await this.clock.finish(check(this.#request({ mode: 'check', ...but }), this.#tools()));
    if (this.#writes > writesBefore) throw new Error('The check has written to the stream');
    return result;
  }

  /** The keys that starts were sent with, in their order. */
  get keysSent(): readonly string[] {
    return this.stream.starts.map(({ key }) => key.id);
  }

  get #writes(): number {
    return this.stream.starts.length + this.stream.recordsMs.length;
  }

  #request(but: Partial<StreamRequest>): StreamRequest {
    return request({ kind: this.#kind, ...but });
  }

  #tools() {
    return {
      service: this.stream,
      keys: new KeyCache(this.keys),
      clock: this.clock,
      random: () => this.random,
      log: (line: string) => this.log.push(line),
      cancelled: this.#cancel.signal,
      fleet: this.fleet
    };
  }
}

/** A scene whose stream stands as this look shows it. */
export function scene(look: Observation): Scene {
  return new Scene(look);
}
