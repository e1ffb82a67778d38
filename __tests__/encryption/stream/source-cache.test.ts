import { describe, expect, test } from '@jest/globals';
import { TimedOut } from '../../../src/encryption/ports.ts';
import { SourceCache, type SourceWaiter } from '../../../src/encryption/stream/source-cache.ts';
import { NEW, OLD, STREAM_ARN } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { failsWith, hangs, SimulatedStream } from '../../support/simulated-stream.ts';
import { between } from '../../support/stream-simulation.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const SOURCE = { kind: 'kinesis', name: 'orders', arn: STREAM_ARN.kinesis } as const;
const FOUND = { answer: 'found', observation: active(OLD), observedMs: 0, waitedForChange: false };

function createCache(observation = active(OLD)) {
  const clock = new VirtualClock();
  const stream = new SimulatedStream(clock, observation);
  const cache = new SourceCache({ dataStreams: async () => stream, clock, random: () => 0.5 });
  return { clock, stream, cache };
}

function waiter(signal = new AbortController().signal, leftMs = 600_000): SourceWaiter & { statuses: string[] } {
  const statuses: string[] = [];
  return { signal, leftMs: () => leftMs, onChanging: ({ status }) => statuses.push(status), statuses };
}

describe('the source cache', () => {
  test('describes each source once, for all who ask at the same time and for all who ask later', async () => {
    const { stream, cache } = createCache();
    expect(await Promise.all([cache.lookUp(SOURCE, waiter()), cache.lookUp(SOURCE, waiter())])).toEqual([FOUND, FOUND]);
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(FOUND);
    expect(stream.describesMs).toHaveLength(1);
    await cache.lookUp({ ...SOURCE, arn: `${STREAM_ARN.kinesis}-eu` }, waiter());
    expect(stream.describesMs).toHaveLength(2);
  });

  test.each(['missing', 'denied'] as const)('keeps the answer that a source is %s', async (errorKind) => {
    const { stream, cache } = createCache();
    stream.onNextDescribes(failsWith(errorKind, 'the reason'));
    const answer = { answer: errorKind, why: 'the reason' };
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(answer);
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(answer);
  });

  test.each(['throttled', 'unanswered', 'refused'] as const)('does not keep an error that is %s', async (errorKind) => {
    const { stream, cache } = createCache();
    stream.onNextDescribes(failsWith(errorKind, 'not now'));
    await expect(cache.lookUp(SOURCE, waiter())).rejects.toThrow('not now');
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(FOUND);
  });

  test('shares the polls while a change is in flight, and reports each answer to all who wait', async () => {
    const { clock, stream, cache } = createCache(updating(OLD));
    stream.report(active(NEW), 250);
    const [first, second] = [waiter(), waiter()];
    const answers = await clock.finish(Promise.all([cache.lookUp(SOURCE, first), cache.lookUp(SOURCE, second)]));
    expect(answers[0]).toEqual({ answer: 'found', observation: active(NEW), observedMs: 300, waitedForChange: true });
    expect(answers[1]).toBe(answers[0]);
    expect(stream.describesMs).toEqual([0, 100, 200, 300]);
    for (const { statuses } of [first, second]) expect(statuses).toEqual(['UPDATING', 'UPDATING', 'UPDATING']);
  });

  test('polls within a tenth of the time waited, and for those who still wait lets other requests go first', async () => {
    const { clock, stream, cache } = createCache(updating(OLD));
    stream.report(active(NEW), 20_000);
    const gone = new AbortController();
    const left = cache.lookUp(SOURCE, waiter(gone.signal, 600_000));
    const waiting = cache.lookUp(SOURCE, waiter(undefined, 60_000));
    gone.abort(new TimedOut());
    await expect(left).rejects.toThrow(TimedOut);
    await clock.finish(waiting);
    expect(stream.describesMs.at(-1)).toEqual(between(20_000, 22_001));
    expect(stream.pollTimesLeftMs[0]).toBeNull();
    expect(new Set(stream.pollTimesLeftMs.slice(1))).toEqual(new Set([60_000]));
  });

  test('ends a shared request only when the last of those who wait has gone', async () => {
    const { clock, stream, cache } = createCache();
    let isAborted = false;
    stream.onNextDescribes((signal) =>
      hangs(signal).finally(() => {
        isAborted = true;
      })
    );
    const [first, second] = [new AbortController(), new AbortController()];
    const lookups = [cache.lookUp(SOURCE, waiter(first.signal)), cache.lookUp(SOURCE, waiter(second.signal))];
    first.abort(new TimedOut());
    await expect(lookups[0]).rejects.toThrow(TimedOut);
    expect(isAborted).toBe(false);
    second.abort(new TimedOut());
    await expect(lookups[1]).rejects.toThrow(TimedOut);
    expect(isAborted).toBe(true);
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(FOUND);
    expect(clock.timers).toBe(0);
  });
});
