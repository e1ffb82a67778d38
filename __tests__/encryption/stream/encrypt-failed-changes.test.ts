import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { endsAfter, failsWith, hasNoEffect, reports, succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0 } as const;

describe('a Firehose change that fails', () => {
  test('reports the previous key and the type and details of the failure', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(endsAfter(2_000, enablingFailed()));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({
      outcome: 'failed',
      changed: true,
      status: 'ENABLING_FAILED',
      encrypted: 'true',
      key: { type: 'customer-managed', id: OLD },
      previousKey: { type: 'customer-managed', id: OLD },
      target: { id: NEW }
    });
    expect(result.message).toContain(GRANT_FAILED);
    expect(result.message).toContain(`still encrypted with ${OLD}`);
    expect(simulation.stream.starts).toHaveLength(1);
  });

  test('from the AWS owned key leaves the stream on the AWS owned key', async () => {
    const simulation = simulate(enabled());
    simulation.stream.onNextStarts(endsAfter(2_000, enablingFailed()));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      key: { type: 'aws-owned', id: '' }
    });
  });

  test('on an unencrypted stream leaves it unencrypted', async () => {
    const simulation = simulate(disabled());
    simulation.stream.onNextStarts(endsAfter(2_000, enablingFailed()));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      previousKey: null,
      message: expect.stringContaining('still not encrypted')
    });
  });

  test('after an earlier failed attempt leaves the key in force unknown', async () => {
    const simulation = simulate(enablingFailed('DISABLED_KMS_KEY: it was disabled'));
    simulation.stream.onNextStarts(endsAfter(2_000, enablingFailed()));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      encrypted: 'unknown',
      key: null,
      previousKey: null,
      message: expect.stringContaining(GRANT_FAILED)
    });
  });

  test('is noticed at the next poll by its new failure, even if it was never observed in flight', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(reports(enablingFailed()));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true', key: { id: OLD } });
    expect(result.durationSeconds).toBeLessThan(1);
  });

  test('with the same failure as an earlier attempt is confirmed five seconds after the start', async () => {
    const simulation = simulate(enablingFailed());
    simulation.stream.onNextStarts(reports(enablingFailed()));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(6);
  });

  test('of an earlier attempt is not mistaken for the end of the new one', async () => {
    const simulation = simulate(enablingFailed());
    simulation.stream.onNextStarts(succeedsAfter(10_000));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });
});

describe('a stream that ends on another key', () => {
  test('fails two seconds later if the change was observed in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(endsAfter(3_000, active(THIRD)));
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'true',
      status: 'ACTIVE',
      key: { id: THIRD },
      previousKey: { id: OLD },
      message: expect.stringMatching(new RegExp(`change to ${NEW} was sent, but .*ACTIVE.* ${THIRD}`))
    });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(6.2);
  });

  test('fails five seconds after the start if the change was never observed in flight', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(hasNoEffect);
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(5.7);
  });

  test('succeeds if the target key follows within two seconds', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) => {
      stream.report(updating(OLD));
      stream.report(active(OLD), 3_000);
      stream.report(active(NEW), 4_500);
    });
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('fails if it reports an alias of the target key, which proves nothing', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, active('alias/new')));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({ outcome: 'failed', key: { id: 'alias/new' } });
  });

  test('fails and reports that the stream is not encrypted', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, active()));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      message: expect.stringContaining('ended in ACTIVE, not encrypted')
    });
  });

  test('fails with encryption unknown if the status is unknown', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, unknownStatus()));
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      status: 'REPAIRING',
      encrypted: 'unknown'
    });
  });

  test('fails if the stream was deleted meanwhile', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts((stream) =>
      stream.onNextDescribes(failsWith('missing', 'there is no stream orders'))
    );
    expect(await simulation.encrypt(REQUEST)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^there is no stream orders\. .*was sent/)
    });
  });
});
