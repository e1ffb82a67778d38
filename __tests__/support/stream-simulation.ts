import { expect } from '@jest/globals';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { KeyDescription, Observation, Result, StreamKind, StreamRequest } from '../../src/encryption/model.ts';
import { Cancelled, type ErrorKind, type StreamService } from '../../src/encryption/ports.ts';
import { check } from '../../src/encryption/stream/check.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { SourceCache } from '../../src/encryption/stream/source-cache.ts';
import { AWS_ALIAS, AWS_MANAGED, awsManagedKey, customerKey, NEW, OLD, THIRD } from './account.ts';
import { NO_FLEET } from './fleet-context.ts';
import { active } from './observations.ts';
import { request } from './requests.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { type Interceptor, type OnStart, SimulatedStream } from './simulated-stream.ts';
import { VirtualClock } from './virtual-clock.ts';

/** One stream and the keys of its account, simulated on a virtual clock. */
export class StreamSimulation {
  readonly clock = new VirtualClock();
  readonly stream: SimulatedStream;
  /** What the run calls: the stream, unless a test replaces it. */
  service: StreamService;
  /** The data stream that a delivery stream may have as its source. */
  readonly source: SimulatedStream;
  readonly keys = new SimulatedKeys();
  readonly log: string[] = [];
  /** The random number of the run. 0.5 leaves delays without jitter. */
  random = 0.5;
  fleet = NO_FLEET;
  readonly #kind: StreamKind;
  readonly #sources: SourceCache;
  readonly #cancel = new AbortController();

  constructor(observation: Observation, source: Observation) {
    this.#kind = observation.arn.includes(':kinesis:') ? 'kinesis' : 'firehose';
    this.stream = new SimulatedStream(this.clock, observation);
    this.service = this.stream;
    this.source = new SimulatedStream(this.clock, source);
    const dataStreams = async () => this.source;
    this.#sources = new SourceCache({ dataStreams, clock: this.clock, random: () => this.random });
    this.keys.add(customerKey(OLD), 'alias/old');
    this.keys.add(customerKey(NEW), 'alias/new');
    this.keys.add(customerKey(THIRD), 'alias/third');
    this.keys.add(awsManagedKey(AWS_MANAGED), AWS_ALIAS);
  }

  cancel(): void {
    this.#cancel.abort(new Cancelled());
  }

  cancelAt(ms: number): void {
    this.clock.at(ms, () => this.cancel());
  }

  encrypt(overrides: Partial<StreamRequest> = {}): Promise<Result> {
    return this.run(overrides);
  }

  check(overrides: Partial<StreamRequest> = {}): Promise<Result> {
    return this.run({ mode: 'check', ...overrides });
  }

  /** Runs the request in its mode. */
  run(overrides: Partial<StreamRequest> = {}): Promise<Result> {
    const tools = {
      service: this.service,
      keys: new KeyCache(this.keys),
      sources: this.#sources,
      clock: this.clock,
      random: () => this.random,
      log: (line: string) => this.log.push(line),
      cancelled: this.#cancel.signal,
      fleet: this.fleet
    };
    const runStream = overrides.mode === 'check' ? check : encrypt;
    return this.clock.finish(runStream(request({ kind: this.#kind, ...overrides }), tools));
  }

  /** The key ids of the starts, in their order. */
  get sentKeyIds(): readonly string[] {
    return this.stream.starts.map(({ key }) => key.id);
  }
}

/** Simulates a stream in this state, and the data stream that it may have as its source. */
export function simulate(observation: Observation, source: Observation = active()): StreamSimulation {
  return new StreamSimulation(observation, source);
}

/** Prepares a simulation before its run. */
export type SetUp = (simulation: StreamSimulation) => void;

export const nothing: SetUp = () => undefined;

/** The next starts behave like these. */
export function starts(...onStarts: readonly OnStart[]): SetUp {
  return ({ stream }) => stream.onNextStarts(...onStarts);
}

/** The next describe calls of the stream behave like these. */
export function describes(...interceptors: readonly Interceptor[]): SetUp {
  return ({ stream }) => stream.onNextDescribes(...interceptors);
}

/** The next key lookups behave like these. */
export function lookups(...interceptors: readonly Interceptor[]): SetUp {
  return ({ keys }) => keys.onNextDescribes(...interceptors);
}

/** The stream reports this observation later. */
export function later(ms: number, observation: Observation): SetUp {
  return ({ stream }) => stream.report(observation, ms);
}

/** KMS knows this key, also by these names. */
export function withKey(key: KeyDescription, ...names: readonly string[]): SetUp {
  return ({ keys }) => keys.add(key, ...names);
}

/** KMS refuses to look up this key. */
export function refusesKey(id: string, errorKind: ErrorKind, message = `${errorKind}: ${id}`): SetUp {
  return ({ keys }) => keys.refuse(id, errorKind, message);
}

/** The role lacks kms:DescribeKey. */
export const withoutDescribeKey: SetUp = ({ keys }) => keys.denyAll();

/** Whether the service confirms the encryption of the n-th record, from 1. */
export function records(onRecord: SimulatedStream['onRecord']): SetUp {
  return ({ stream }) => {
    stream.onRecord = onRecord;
  };
}

/** The run is cancelled at this time. */
export function cancelAt(ms: number): SetUp {
  return (simulation) => simulation.cancelAt(ms);
}

/** What a run is given beside its request, and how many starts or which key ids it is expected to send. */
export interface RunOptions extends Partial<StreamRequest> {
  /** The data stream that a delivery stream may have as its source. */
  readonly source?: Observation;
  readonly given?: SetUp | readonly SetUp[];
  readonly sent?: number | readonly string[];
}

/** Runs the request of this stream, expects this result, and returns the simulation. */
export async function expectRun(
  stream: Observation,
  { source, given = [], sent, ...request }: RunOptions,
  expected: object
): Promise<StreamSimulation> {
  const simulation = simulate(stream, source);
  for (const setUp of [given].flat()) setUp(simulation);
  expect(await simulation.run(request)).toMatchObject(expected);
  if (typeof sent === 'number') expect(simulation.stream.starts).toHaveLength(sent);
  else if (sent !== undefined) expect(simulation.sentKeyIds).toEqual(sent);
  return simulation;
}

/** Matches a text that contains all of these. */
export function says(...texts: readonly string[]) {
  return {
    asymmetricMatch: (value: unknown) => typeof value === 'string' && texts.every((text) => value.includes(text))
  };
}

/** Matches a number from `least` up to, but not including, `limit`. */
export function between(least: number, limit: number) {
  return { asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= least && value < limit };
}
