import { describe, expect, test } from '@jest/globals';
import { NEW, OLD } from '../../support/account.ts';
import { active, DATA_STREAM, enabled, enablingFailed, updating, withSource } from '../../support/observations.ts';
import { ANY, targetKey } from '../../support/requests.ts';
import { FIRST_POLL_MS, failsWith, hangs, reports } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 };

describe('the reason of a result', () => {
  test.each([
    [TO_NEW, active(OLD), `was encrypted with ${OLD}, but the request requires encryption with ${NEW}`],
    [TO_NEW, active(), `was not encrypted, but the request requires encryption with ${NEW}`],
    [{ criteria: ANY }, active(), 'was not encrypted, but the request requires encryption with any key'],
    [
      { criteria: targetKey(NEW, true) },
      active(OLD),
      `was encrypted with ${OLD}, but the request requires encryption with customer managed key ${NEW}`
    ]
  ])('of a changed stream is how it was, and what the request requires (%#)', async (request, before, reason) => {
    const simulation = simulate(before);
    simulation.stream.onNextStarts(reports(active(request.criteria === ANY ? 'alias/aws/kinesis' : NEW)));
    expect(await simulation.encrypt(request)).toMatchObject({ changed: true, reason });
  });

  test('of a change that failed is why it was sent, because the message says why it failed', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(reports(enablingFailed()));
    const { reason, message } = await simulation.encrypt(TO_NEW);
    expect(reason).toBe(`was encrypted with ${OLD}, but the request requires encryption with ${NEW}`);
    expect(message).not.toContain(reason);
  });

  test.each([
    ['unchanged', active(NEW)],
    ['planned', active(OLD)],
    ['non-compliant', active(OLD)]
  ])('of a stream that was not changed is the message: %s', async (outcome, observation) => {
    const simulation = simulate(observation);
    const result = await (outcome === 'non-compliant'
      ? simulation.check(TO_NEW)
      : simulation.encrypt({ ...TO_NEW, mode: outcome === 'planned' ? 'plan' : 'encrypt' }));
    expect(result).toMatchObject({ outcome, changed: false, reason: result.message });
  });
});

describe('the time of the last observation', () => {
  test('is that of the proof, before settling', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    expect(await simulation.encrypt({ ...TO_NEW, settleMs: 5_000 })).toMatchObject({
      outcome: 'rekeyed',
      lastObservedMsAgo: 5_000
    });
    expect(simulation.stream.describesMs).toEqual([0, FIRST_POLL_MS]);
  });

  test('is that of the last answer if the run ends later without another one', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.onNextDescribes(() => {}, hangs);
    const { outcome, lastObservedMsAgo } = await simulation.encrypt({ ...TO_NEW, timeoutMs: 60_000 });
    expect({ outcome, lastObservedMsAgo }).toEqual({ outcome: 'timed-out', lastObservedMsAgo: 60_000 });
  });

  test('is null if the service never described the stream', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextDescribes(failsWith('denied', 'no'));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'failed', lastObservedMsAgo: null });
  });

  test('is that of the source if it decides, also where it was described earlier for another delivery stream', async () => {
    const simulation = simulate(withSource(DATA_STREAM), active(NEW));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', lastObservedMsAgo: 0 });
    await simulation.clock.finish(simulation.clock.sleep(7_000, new AbortController().signal));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', lastObservedMsAgo: 7_000 });
  });

  test('is that of the source, too, if its change does not end before the deadline', async () => {
    const simulation = simulate(withSource(DATA_STREAM), updating(OLD));
    const { outcome, lastObservedMsAgo } = await simulation.check({ ...TO_NEW, timeoutMs: 60_000 });
    const lastDescribeMs = simulation.source.describesMs.at(-1) ?? 0;
    expect({ outcome, lastObservedMsAgo }).toEqual({
      outcome: 'timed-out',
      lastObservedMsAgo: 60_000 - lastDescribeMs
    });
    expect(lastDescribeMs).toBeGreaterThan(50_000);
  });
});
