import { describe, expect, test } from '@jest/globals';
import { TimedOut } from '../../../src/encryption/ports.ts';
import { SourceCache, type SourceWaiter } from '../../../src/encryption/stream/source-cache.ts';
import { NEW, OLD, STREAM_ARN } from '../../support/account.ts';
import { active, updating } from '../../support/observations.ts';
import { failsWith, hangs, SimulatedStream } from '../../support/simulated-stream.ts';
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
  test('describes a source once, for all who ask at the same time and for all who ask later', async () => {
    const { stream, cache } = createCache();
    expect(await Promise.all([cache.lookUp(SOURCE, waiter()), cache.lookUp(SOURCE, waiter())])).toEqual([FOUND, FOUND]);
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(FOUND);
    expect(stream.describesMs).toHaveLength(1);
  });

  test('describes each source separately', async () => {
    const { stream, cache } = createCache();
    await cache.lookUp(SOURCE, waiter());
    await cache.lookUp({ ...SOURCE, arn: `${STREAM_ARN.kinesis}-eu` }, waiter());
    expect(stream.describesMs).toHaveLength(2);
  });

  test.each(['missing', 'denied'] as const)('keeps the answer that a source is %s', async (errorKind) => {
    const { stream, cache } = createCache();
    stream.onNextDescribes(failsWith(errorKind, 'the reason'));
    const answer = { answer: errorKind, why: 'the reason' };
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(answer);
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(answer);
    expect(stream.describesMs).toHaveLength(1);
  });

  test.each(['throttled', 'unanswered', 'refused'] as const)('does not keep an error that is %s', async (errorKind) => {
    const { stream, cache } = createCache();
    stream.onNextDescribes(failsWith(errorKind, 'not now'));
    await expect(cache.lookUp(SOURCE, waiter())).rejects.toThrow('not now');
    expect(await cache.lookUp(SOURCE, waiter())).toEqual(FOUND);
  });

  test('shares the polls while a change is in flight, and tells everyone who waits', async () => {
    const { clock, stream, cache } = createCache(updating(OLD));
    stream.report(active(NEW), 10_000);
    const [first, second] = [waiter(), waiter()];
    const alone = createCache(updating(OLD));
    alone.stream.report(active(NEW), 10_000);
    await alone.clock.finish(alone.cache.lookUp(SOURCE, waiter()));

    const answers = await clock.finish(Promise.all([cache.lookUp(SOURCE, first), cache.lookUp(SOURCE, second)]));
    const observedMs = stream.describesMs.at(-1);
    expect(answers[0]).toEqual({ answer: 'found', observation: active(NEW), observedMs, waitedForChange: true });
    expect(answers[1]).toBe(answers[0]);
    expect(stream.describesMs).toEqual(alone.stream.describesMs);
    expect(first.statuses).toContain('UPDATING');
    expect(second.statuses).toEqual(first.statuses);
  });

  test('polls within a tenth of the time waited, and lets other requests go first as long as those who still wait have time left', async () => {
    const { clock, stream, cache } = createCache(updating(OLD));
    stream.report(active(NEW), 20_000);
    const gone = new AbortController();
    const lookups = [gone.signal, undefined].map((signal) =>
      cache.lookUp(SOURCE, waiter(signal, signal === undefined ? 60_000 : 600_000))
    );
    gone.abort(new TimedOut());
    await expect(lookups[0]).rejects.toThrow(TimedOut);
    await clock.finish(Promise.all(lookups.slice(1)));
    expect(stream.describesMs.at(-1)).toBeGreaterThanOrEqual(20_000);
    expect(stream.describesMs.at(-1)).toBeLessThanOrEqual(22_000);
    expect(stream.pollTimesLeftMs[0]).toBeNull();
    expect(new Set(stream.pollTimesLeftMs.slice(1))).toEqual(new Set([60_000]));
  });

  test('ends a shared request only when the last of those who wait has gone', async () => {
    const { clock, stream, cache } = createCache();
    let isAborted = false;
    stream.onNextDescribes((signal) => {
      signal.addEventListener('abort', () => {
        isAborted = true;
      });
      return hangs(signal);
    });
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
