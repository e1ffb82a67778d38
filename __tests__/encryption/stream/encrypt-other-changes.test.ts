import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import {
  active,
  enabled,
  enabling,
  enablingFailed,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { failsWith, repeated } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';
import { intervals } from '../../support/virtual-clock.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

const busy = failsWith('busy', 'ResourceInUseException');

describe('an earlier change in flight', () => {
  test('delays the run, which sends nothing if the change puts the target key in force', async () => {
    const simulation = simulate(updating(OLD));
    simulation.stream.report(active(NEW), 20_000);
    const result = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, encrypted: 'true', key: { id: NEW } });
    expect(simulation.log.join('\n')).toContain('another change is in flight');
  });

  test('delays the start if it puts another key in force', async () => {
    const simulation = simulate(enabling());
    simulation.stream.report(enabled(OLD), 20_000);
    const result = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD }, key: { id: NEW } });
    expect(simulation.stream.starts).toHaveLength(1);
    expect(simulation.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });

  test('leaves the previous key unknown if it fails', async () => {
    const simulation = simulate(enabling());
    simulation.stream.report(enablingFailed(), 3_000);
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'rekeyed',
      previousKey: null
    });
  });

  test('includes the creation of the stream', async () => {
    const simulation = simulate({ ...updating(), status: 'CREATING' });
    simulation.stream.report(active(), 8_000);
    expect(await simulation.encrypt()).toMatchObject({ outcome: 'enabled' });
  });

  test('determines the previous key that the result reports', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.report(updating(OLD));
      stream.report(active(THIRD), 4_000);
      busy();
    });
    const result = await simulation.encrypt({ criteria: targetKey(NEW) });
    expect(simulation.sentKeyIds).toEqual([NEW, NEW]);
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: THIRD }, key: { id: NEW } });
  });
});

describe('a start while another change is in flight', () => {
  test('is sent again when that change has ended', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.report(updating(OLD));
      stream.report(active(OLD), 30_000);
      busy();
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD } });
    expect(simulation.stream.starts).toHaveLength(2);
    expect(simulation.stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  test('is not sent again if that change put the target key in force: unchanged and settled', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.report(updating(OLD));
      stream.report(active(NEW), 10_000);
      busy();
    });
    const result = await simulation.encrypt({ ...REQUEST, settleMs: 5_000 });
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: NEW } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(15);
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('is not sent again if that change ended before the next poll: unchanged and settled', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.report(active(NEW));
      busy();
    });
    expect(await simulation.encrypt({ ...REQUEST, settleMs: 5_000 })).toMatchObject({
      outcome: 'unchanged',
      changed: false
    });
    expect(simulation.clock.now()).toBeGreaterThanOrEqual(5_000);
  });

  test('is sent at most ten times with growing delays if no poll shows that change', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(50, busy));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: false, key: { id: OLD } });
    expect(result.message).toContain('ResourceInUseException');
    expect(simulation.stream.starts).toHaveLength(10);
    const [first = 0, second = 0] = simulation.stream.starts.map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThanOrEqual(700);
    expect(simulation.clock.now()).toBeGreaterThan(25_000);
  });

  test.each([
    ['SUSPENDED', 'whatever its encryption says', { ...enabled(OLD), unusualStatus: 'SUSPENDED' }],
    ['SUSPENDED', 'as that of its encryption', suspended()],
    ['REPAIRING', 'of a data stream', unknownStatus()]
  ])('is sent at most three times in the unclear status %s, %s', async (status, _, observation) => {
    const simulation = simulate(observation);
    simulation.stream.onNextStarts(...repeated(50, busy));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: false });
    expect(result.message).toContain(`a stream in status ${status}`);
    expect(result.message).toContain('ResourceInUseException');
    expect(result.message).toContain(`Find out why the status is ${status}`);
    expect(simulation.stream.starts).toHaveLength(3);
  });

  test('is delayed before each retry if polls do not show that change yet', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(...repeated(8, busy));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', changed: true });
    for (const delay of intervals(simulation.stream.starts.map(({ atMs }) => atMs)))
      expect(delay).toBeGreaterThanOrEqual(99);
  });
});
