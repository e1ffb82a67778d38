import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  GRANT_FAILED,
  mending,
  updating
} from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { endsAs, ignored, refuses, shows, takes } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

describe('a Firehose change that fails', () => {
  test('keeps the old key, and says so with the type and the details of the failure', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    const result = await here.encrypt(ASKED);
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
    expect(here.stream.starts).toHaveLength(1);
  });

  test('of the AWS owned key to a customer key: it is still encrypted with the AWS owned key', async () => {
    const here = scene(enabled());
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      encrypted: 'true',
      key: { type: 'aws-owned', id: '' }
    });
  });

  test('at first enabling leaves it not encrypted', async () => {
    const here = scene(disabled());
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      previousKey: null,
      message: expect.stringContaining('still not encrypted')
    });
  });

  test('after an attempt that had failed before: nobody can tell what is in force', async () => {
    const here = scene(enablingFailed('DISABLED_KMS_KEY: it was disabled'));
    here.stream.nextStarts(endsAs(2_000, enablingFailed()));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      encrypted: 'unknown',
      key: null,
      previousKey: null,
      message: expect.stringContaining(GRANT_FAILED)
    });
  });

  test('before anyone saw it under way is noticed by the new failure, at the next look', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(shows(enablingFailed()));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'true', key: { id: OLD } });
    expect(result.durationSeconds).toBeLessThan(1);
  });

  test('just as the attempt before it, and unseen, is believed five seconds after the start', async () => {
    const here = scene(enablingFailed());
    here.stream.nextStarts(shows(enablingFailed()));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(6);
  });

  test('again as before is no proof while the new attempt is under way', async () => {
    const here = scene(enablingFailed());
    here.stream.nextStarts(takes(10_000));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });
});

describe('a stream that comes back with another key', () => {
  test('after it was seen in flight is believed two seconds later', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(3_000, active(THIRD)));
    const result = await here.encrypt(ASKED);
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

  test('never seen in flight is believed five seconds after the start', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(ignored);
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: true, key: { id: OLD } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(5);
    expect(result.durationSeconds).toBeLessThan(5.7);
  });

  test('is the right one all the same within the two seconds', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 3_000);
      stream.show(active(NEW), 4_500);
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', key: { id: NEW } });
  });

  test('by an alias that points to the key asked is no proof', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, active('alias/new')));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', key: { id: 'alias/new' } });
  });

  test('not encrypted at all is told so', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, active()));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      encrypted: 'false',
      key: null,
      message: expect.stringContaining('ended in ACTIVE, not encrypted')
    });
  });

  test('in a state of no known meaning: failed, encrypted unknown', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(endsAs(1_000, mending()));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'failed', status: 'MENDING', encrypted: 'unknown' });
  });

  test('that was deleted meanwhile is failed', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => stream.nextLooks(refuses('missing', 'there is no stream orders')));
    expect(await here.encrypt(ASKED)).toMatchObject({
      outcome: 'failed',
      changed: true,
      message: expect.stringMatching(/^there is no stream orders\. .*was sent/)
    });
  });
});
