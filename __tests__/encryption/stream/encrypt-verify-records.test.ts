import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import {
  active,
  DATABASE,
  disabled,
  enabled,
  enablingFailed,
  unknownStatus,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, AWS_OWNED, fromKeys, targetKey } from '../../support/requests.ts';
import { endsAfter, FIRST_POLL_MS, failsWith, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const VERIFIED = { criteria: targetKey(NEW), verifyRecords: true, settleMs: 0 } as const;

describe('the record check', () => {
  test('succeeds with the first record if it was encrypted', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({ outcome: 'rekeyed', recordVerified: true });
    expect(simulation.stream.recordsMs).toEqual([FIRST_POLL_MS]);
  });

  test('puts the record only after settling', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    await simulation.encrypt({ ...VERIFIED, settleMs: 5_000 });
    expect(simulation.stream.recordsMs).toEqual([FIRST_POLL_MS + 5_000]);
  });

  test('puts a record every second until one was encrypted', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts(reports(enabled(NEW)));
    simulation.stream.onRecord = (nth) => nth === 3;
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({ outcome: 'enabled' });
    expect(simulation.stream.recordsMs).toEqual([0, 1_000, 2_000].map((ms) => FIRST_POLL_MS + ms));
  });

  test('fails after ten seconds, although the key is in force', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    simulation.stream.onRecord = () => false;
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      recordVerified: false,
      key: { id: NEW },
      previousKey: { id: OLD },
      message: expect.stringContaining('confirmed encryption for none of the test records')
    });
    expect(simulation.stream.recordsMs).toHaveLength(11);
    expect(simulation.stream.recordsMs.at(-1)).toBe(FIRST_POLL_MS + 10_000);
    expect(simulation.clock.now()).toBe(FIRST_POLL_MS + 10_000);
  });

  test('fails at the deadline if that is sooner', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(reports(active(NEW)));
    simulation.stream.onRecord = () => false;
    const result = await simulation.encrypt({ ...VERIFIED, timeoutMs: 3_500 });
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true' });
    expect(simulation.stream.recordsMs).toEqual([0, 1_000, 2_000, 3_000].map((ms) => FIRST_POLL_MS + ms));
    expect(result.durationSeconds).toBeLessThanOrEqual(3.5);
  });

  test.each(['denied', 'refused'] as const)('fails and reports the change if PutRecord is %s', async (errorKind) => {
    const simulation = simulate(active(OLD));
    simulation.stream.onRecord = () => failsWith(errorKind, 'grant kinesis:PutRecord')();
    const result = await simulation.encrypt(VERIFIED);
    expect(result).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      recordVerified: false,
      key: { id: NEW }
    });
    expect(result.message).toMatch(new RegExp(`^grant kinesis:PutRecord\\. The change to ${NEW} ended`));
    expect(simulation.stream.recordsMs).toHaveLength(1);
  });

  test("follows another run's change", async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 1_000);
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({ outcome: 'unchanged' });
    expect(simulation.stream.recordsMs).toHaveLength(1);
  });

  test.each([
    ['target key', active(NEW), VERIFIED.criteria],
    ['AWS key', enabled(), AWS_OWNED],
    ['any key', active(OLD), ANY]
  ])('proves a stream that needs no change as well, without settling (%s)', async (_, observation, criteria) => {
    const simulation = simulate(observation);
    const request = { ...VERIFIED, criteria, settleMs: 5_000 };
    expect(await simulation.encrypt(request)).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      recordVerified: true,
      message: expect.stringContaining('the service confirmed that a test record was encrypted')
    });
    expect(simulation.stream.recordsMs).toEqual([0]);
  });

  test('fails for a stream that needs no change, as after a change, if the service confirms nothing', async () => {
    const simulation = simulate(active(NEW));
    simulation.stream.onRecord = () => false;
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      encrypted: 'true',
      recordVerified: false,
      message: expect.stringContaining('confirmed encryption for none of the test records')
    });
    expect(simulation.stream.recordsMs).toHaveLength(11);
  });

  test('fails a second run like the first one if PutRecord is denied', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onRecord = failsWith('denied', 'grant kinesis:PutRecord');
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({ outcome: 'failed', changed: true });
    expect(await simulation.encrypt(VERIFIED)).toMatchObject({
      outcome: 'failed',
      changed: false,
      recordVerified: false,
      message: expect.stringContaining('grant kinesis:PutRecord')
    });
  });

  test('gives up the start-up slot, because it may take ten seconds', async () => {
    const simulation = simulate(active(NEW));
    const waiting: boolean[] = [];
    simulation.fleet = { ...NO_FLEET, setWaiting: (isWaiting) => waiting.push(isWaiting) };
    await simulation.encrypt(VERIFIED);
    expect(waiting).toEqual([false]);
  });

  test.each([
    ['skipped', active(OLD), { from: fromKeys(THIRD) }],
    ['skipped', active(OLD), { named: false }],
    ['failed', unknownStatus(), { criteria: ANY }],
    ['failed', active(OLD), { criteria: targetKey('alias/none') }],
    ['not-applicable', withSource(DATABASE), {}]
  ] as const)('puts no record into a stream that is %s: %#', async (outcome, observation, overrides) => {
    const simulation = simulate(observation);
    expect(await simulation.encrypt({ ...VERIFIED, ...overrides })).toMatchObject({
      outcome,
      recordVerified: outcome === 'not-applicable' ? null : false
    });
    expect(simulation.stream.recordsMs).toEqual([]);
  });

  test('is skipped if the change failed', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, enablingFailed()));
    await simulation.encrypt(VERIFIED);
    expect(simulation.stream.recordsMs).toEqual([]);
  });

  test('is skipped unless it is requested', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(succeedsAfter(1_000));
    expect(await simulation.encrypt({ ...VERIFIED, verifyRecords: false })).toMatchObject({ recordVerified: null });
    expect(simulation.stream.recordsMs).toEqual([]);
  });

  test('is skipped in mode check, which sends no write', async () => {
    const simulation = simulate(updating());
    simulation.stream.report(active(NEW), 1_000);
    await simulation.check(VERIFIED);
    expect(simulation.stream.recordsMs).toEqual([]);
  });
});
