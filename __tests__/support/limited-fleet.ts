import { runFleet } from '../../src/encryption/fleet/fleet.ts';
import { KeyCache } from '../../src/encryption/keys/key-cache.ts';
import type { SelectedStream, StreamKind } from '../../src/encryption/model.ts';
import { Cancelled } from '../../src/encryption/ports.ts';
import { encrypt } from '../../src/encryption/stream/encrypt.ts';
import { customerKey, NEW, OLD } from './account.ts';
import { active } from './observations.ts';
import { request, targetKey } from './requests.ts';
import { SimulatedKeys } from './simulated-keys.ts';
import { type OnStart, SimulatedStream } from './simulated-stream.ts';
import { NO_SOURCES } from './sources.ts';
import { VirtualClock } from './virtual-clock.ts';

/** How a stream is, and how its starts are answered. */
interface Behavior {
  readonly observation?: ReturnType<typeof active>;
  readonly onStarts?: readonly OnStart[];
  /** When a change by another client, which the observation shows, ends with the old key. */
  readonly otherChangeEndsAtMs?: number;
}

const SETTINGS = { criteria: targetKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;

/** Encrypts these streams, of both kinds in turn, with at most `maxChanges` changes. */
export async function runLimited(behaviors: readonly Behavior[], maxChanges: number, cancelAtMs?: number) {
  const clock = new VirtualClock();
  const cancel = new AbortController();
  if (cancelAtMs !== undefined) clock.at(cancelAtMs, () => cancel.abort(new Cancelled()));
  const keys = new SimulatedKeys();
  for (const arn of [OLD, NEW]) keys.add(customerKey(arn));
  const services = behaviors.map(({ observation = active(OLD), onStarts = [], otherChangeEndsAtMs }) => {
    const service = new SimulatedStream(clock, observation);
    if (otherChangeEndsAtMs !== undefined) service.report(active(OLD), otherChangeEndsAtMs);
    service.onNextStarts(...onStarts);
    return service;
  });
  const streams = behaviors.map((_, index): SelectedStream => {
    const kind: StreamKind = index % 2 === 0 ? 'kinesis' : 'firehose';
    return { stream: { kind, name: `${index}`, arn: null }, named: true };
  });
  const [firstService = new SimulatedStream(clock, active(OLD))] = services;
  const tools = {
    serviceOf: async () => firstService,
    maxChanges,
    keys: new KeyCache(keys),
    sources: NO_SOURCES,
    clock,
    random: () => 0.5,
    cancelled: cancel.signal,
    onProgress: () => undefined
  };
  const results = await clock.finish(
    runFleet(streams, tools, (selected, streamTools) => {
      const service = services[Number(selected.stream.name)] ?? firstService;
      return encrypt({ ...request(SETTINGS), ...selected }, { ...streamTools, service, log: () => undefined });
    })
  );
  return { results, services };
}
