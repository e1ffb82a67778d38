import { describe, expect, test } from '@jest/globals';
import {
  AWS_ALIAS,
  AWS_MANAGED,
  aliasArn,
  customerKey,
  NEW,
  NEW_ID,
  OLD,
  STREAM_ARN,
  THIRD
} from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, mending, suspended, updating } from '../../support/observations.ts';
import { AWS_OWNED, oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { takes } from '../../support/simulated-stream.ts';

describe('nothing asked', () => {
  test.each([
    ['a data stream with a customer key', active(OLD)],
    ['a data stream with the AWS key', active(AWS_ALIAS)],
    ['a data stream with an alias', active('alias/old')],
    ['a delivery stream with a customer key', enabled(OLD)],
    ['a delivery stream with the AWS owned key', enabled()]
  ])('%s stays as it is', async (_, look) => {
    const here = scene(look);
    const result = await here.encrypt();
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      encrypted: 'true',
      status: look.status,
      key: { id: look.key?.id },
      previousKey: { id: look.key?.id },
      target: null
    });
  });

  test.each([
    ['data stream', active(), AWS_ALIAS, 'ACTIVE'],
    ['delivery stream', disabled(), '', 'ENABLED']
  ])('a %s that is not encrypted gets the AWS key', async (_, look, id, status) => {
    const here = scene(look);
    const result = await here.encrypt();
    expect(here.keysSent).toEqual([id]);
    expect(result).toMatchObject({
      outcome: 'enabled',
      changed: true,
      encrypted: 'true',
      status,
      key: { type: 'aws-owned', id },
      previousKey: null,
      target: { type: 'aws-owned', id }
    });
  });

  test.each([enablingFailed(), suspended(), mending()])(
    'an unclear state ($status) is failed without a write, encrypted unknown',
    async (look) => {
      const here = scene(look);
      const result = await here.encrypt();
      expect(here.keysSent).toEqual([]);
      expect(result).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'unknown',
        status: look.status,
        message: expect.stringContaining('give a key-type or key-id')
      });
    }
  );
});

describe('a key asked', () => {
  test.each([
    ['its ARN', NEW],
    ['its id', NEW_ID],
    ['an alias', 'alias/new'],
    ['an alias ARN', aliasArn('alias/new')]
  ])('by %s: a data stream and a delivery stream both get its ARN, and the change is proved', async (_, id) => {
    for (const here of [scene(active(OLD)), scene(enabled(OLD))]) {
      const result = await here.encrypt({ criteria: oneKey(id) });
      expect(here.keysSent).toEqual([NEW]);
      expect(result).toMatchObject({
        outcome: 'rekeyed',
        changed: true,
        encrypted: 'true',
        key: { id: NEW },
        previousKey: { id: OLD },
        message: expect.stringMatching(new RegExp(`was encrypted with ${OLD}; now .* with ${NEW}`))
      });
    }
  });

  test.each([
    [NEW, NEW],
    [NEW, NEW_ID],
    [NEW, 'alias/new'],
    [NEW_ID, NEW],
    [NEW_ID, NEW_ID],
    [NEW_ID, 'alias/new']
  ])('Kinesis reports %s, and %s is asked: the same key, so no write is spent', async (inForce, criteria) => {
    const here = scene(active(inForce));
    const result = await here.encrypt({ criteria: oneKey(criteria) });
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: inForce } });
  });

  test('a stream that was not encrypted is enabled with the key', async () => {
    const here = scene(active());
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'enabled',
      key: { id: NEW },
      previousKey: null
    });
  });

  test('a stream with the AWS key moves to the key', async () => {
    const here = scene(enabled());
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { type: 'aws-owned', id: '' },
      target: { type: 'customer-managed', id: NEW }
    });
  });

  test('the AWS key asked: a stream with a customer key moves to it', async () => {
    const here = scene(active(OLD));
    expect(await here.encrypt({ criteria: AWS_OWNED })).toMatchObject({
      outcome: 'rekeyed',
      key: { type: 'aws-owned', id: AWS_ALIAS },
      previousKey: { type: 'customer-managed', id: OLD }
    });
    expect(here.keysSent).toEqual([AWS_ALIAS]);
  });

  test('an alias in force is no proof: the key itself is sent, once, and it is said', async () => {
    const here = scene(active('alias/new'));
    const first = await here.encrypt({ criteria: oneKey('alias/new') });
    const second = await here.encrypt({ criteria: oneKey('alias/new') });
    expect(here.keysSent).toEqual([NEW]);
    expect(first).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { id: 'alias/new' },
      key: { id: NEW },
      message: expect.stringContaining('may have been repointed')
    });
    expect(second).toMatchObject({ outcome: 'unchanged' });
  });

  test('a repointed alias: the key it points to now is sent', async () => {
    const here = scene(active('alias/rotating'));
    here.keys.add(customerKey(THIRD), 'alias/rotating');
    await here.encrypt({ criteria: oneKey('alias/rotating') });
    expect(here.keysSent).toEqual([THIRD]);
  });

  test('the AWS managed key asked by its ARN, and in force by its alias, is the same key', async () => {
    const here = scene(active(AWS_ALIAS));
    expect(await here.encrypt({ criteria: oneKey(AWS_MANAGED) })).toMatchObject({ outcome: 'unchanged' });
    expect(here.keysSent).toEqual([]);
  });

  test('the AWS key asked, and in force by its ARN, is the same key', async () => {
    const here = scene(active(AWS_MANAGED));
    expect(await here.encrypt({ criteria: AWS_OWNED })).toMatchObject({ outcome: 'unchanged' });
  });

  test('Firehose: the configuration in force is never sent again', async () => {
    for (const [look, criteria] of [
      [enabled(), AWS_OWNED],
      [enabled(NEW), oneKey('alias/new')],
      [enabled(NEW), oneKey(NEW, true)]
    ] as const) {
      const here = scene(look);
      expect(await here.encrypt({ criteria })).toMatchObject({ outcome: 'unchanged', changed: false });
      expect(here.keysSent).toEqual([]);
    }
  });

  test('from a state that tells nothing of the key, it is put in force', async () => {
    for (const look of [enablingFailed(), suspended()]) {
      const here = scene(look);
      expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({
        outcome: 'rekeyed',
        encrypted: 'true',
        key: { id: NEW },
        previousKey: null
      });
    }
  });
});

test('the result tells kind, name, ARN, region, duration and for how long the old key is needed', async () => {
  const here = scene(active(OLD));
  here.stream.nextStarts(takes(2_000));
  const result = await here.encrypt({ criteria: oneKey(NEW), settleMs: 1_250 });
  expect(result).toMatchObject({
    kind: 'kinesis',
    name: 'orders',
    arn: STREAM_ARN.kinesis,
    region: 'eu-central-1',
    previousKeyNeededHours: 48,
    warnings: []
  });
  expect(result.durationSeconds).toBe(Math.round(here.clock.now()) / 1_000);
});

test('the duration is the one of this run of the stream, not of the process', async () => {
  const here = scene(updating(OLD));
  here.stream.show(active(NEW), 30_000);
  expect((await here.encrypt({ criteria: oneKey(NEW) })).durationSeconds).toBeGreaterThanOrEqual(30);
  expect((await here.encrypt({ criteria: oneKey(NEW) })).durationSeconds).toBe(0);
});
