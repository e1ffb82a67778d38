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
import {
  active,
  disabled,
  enabled,
  enablingFailed,
  suspended,
  unknownStatus,
  updating
} from '../../support/observations.ts';
import { AWS_OWNED, targetKey } from '../../support/requests.ts';
import { succeedsAfter } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

describe('with any key required', () => {
  test.each([
    ['a data stream with a customer key', active(OLD)],
    ['a data stream with the AWS key', active(AWS_ALIAS)],
    ['a data stream with an alias', active('alias/old')],
    ['a delivery stream with a customer key', enabled(OLD)],
    ['a delivery stream with the AWS owned key', enabled()]
  ])('%s is unchanged', async (_, observation) => {
    const simulation = simulate(observation);
    const result = await simulation.encrypt();
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'unchanged',
      changed: false,
      encrypted: 'true',
      status: observation.status,
      key: { id: observation.key?.id },
      previousKey: { id: observation.key?.id },
      target: null
    });
  });

  test.each([
    ['data stream', active(), AWS_ALIAS, 'ACTIVE'],
    ['delivery stream', disabled(), '', 'ENABLED']
  ])('a %s that is not encrypted gets the AWS key', async (_, observation, id, status) => {
    const simulation = simulate(observation);
    const result = await simulation.encrypt();
    expect(simulation.sentKeyIds).toEqual([id]);
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

  test.each([enablingFailed(), suspended(), unknownStatus()])(
    'a stream in the status $status fails without a write, with encryption unknown',
    async (observation) => {
      const simulation = simulate(observation);
      const result = await simulation.encrypt();
      expect(simulation.sentKeyIds).toEqual([]);
      expect(result).toMatchObject({
        outcome: 'failed',
        changed: false,
        encrypted: 'unknown',
        status: observation.status,
        message: expect.stringContaining('give a key-type or key-id')
      });
    }
  );
});

describe('with a target key', () => {
  test.each([
    ['its ARN', NEW],
    ['its id', NEW_ID],
    ['an alias', 'alias/new'],
    ['an alias ARN', aliasArn('alias/new')]
  ])('given by %s, both services are sent its ARN and the change is proved', async (_, id) => {
    for (const simulation of [simulate(active(OLD)), simulate(enabled(OLD))]) {
      const result = await simulation.encrypt({ criteria: targetKey(id) });
      expect(simulation.sentKeyIds).toEqual([NEW]);
      expect(result).toMatchObject({
        outcome: 'rekeyed',
        changed: true,
        encrypted: 'true',
        key: { id: NEW },
        previousKey: { id: OLD },
        message: expect.stringMatching(new RegExp(`was encrypted with ${OLD}; the service now reports .* with ${NEW}`))
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
  ])('no write is sent if Kinesis reports %s and the target is %s', async (inForce, target) => {
    const simulation = simulate(active(inForce));
    const result = await simulation.encrypt({ criteria: targetKey(target) });
    expect(simulation.sentKeyIds).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: inForce } });
  });

  test('an unencrypted stream is enabled with it', async () => {
    const simulation = simulate(active());
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'enabled',
      key: { id: NEW },
      previousKey: null
    });
  });

  test('a stream on the AWS key is moved to it', async () => {
    const simulation = simulate(enabled());
    expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { type: 'aws-owned', id: '' },
      target: { type: 'customer-managed', id: NEW }
    });
  });

  test('a stream on a customer key is moved to the AWS key', async () => {
    const simulation = simulate(active(OLD));
    expect(await simulation.encrypt({ criteria: AWS_OWNED })).toMatchObject({
      outcome: 'rekeyed',
      key: { type: 'aws-owned', id: AWS_ALIAS },
      previousKey: { type: 'customer-managed', id: OLD }
    });
    expect(simulation.sentKeyIds).toEqual([AWS_ALIAS]);
  });

  test('a stream encrypted through an alias is moved to the key itself once', async () => {
    const simulation = simulate(active('alias/new'));
    const first = await simulation.encrypt({ criteria: targetKey('alias/new') });
    const second = await simulation.encrypt({ criteria: targetKey('alias/new') });
    expect(simulation.sentKeyIds).toEqual([NEW]);
    expect(first).toMatchObject({
      outcome: 'rekeyed',
      previousKey: { id: 'alias/new' },
      key: { id: NEW },
      message: expect.stringContaining('may have been repointed')
    });
    expect(second).toMatchObject({ outcome: 'unchanged' });
  });

  test('the key that a repointed alias points to now is sent', async () => {
    const simulation = simulate(active('alias/rotating'));
    simulation.keys.add(customerKey(THIRD), 'alias/rotating');
    await simulation.encrypt({ criteria: targetKey('alias/rotating') });
    expect(simulation.sentKeyIds).toEqual([THIRD]);
  });

  test('the ARN of the AWS managed key is the same key as its alias in force', async () => {
    const simulation = simulate(active(AWS_ALIAS));
    expect(await simulation.encrypt({ criteria: targetKey(AWS_MANAGED) })).toMatchObject({ outcome: 'unchanged' });
    expect(simulation.sentKeyIds).toEqual([]);
  });

  test('the AWS key is the same key as its ARN in force', async () => {
    const simulation = simulate(active(AWS_MANAGED));
    expect(await simulation.encrypt({ criteria: AWS_OWNED })).toMatchObject({ outcome: 'unchanged' });
  });

  test('the configuration in force is never sent to Firehose again', async () => {
    for (const [observation, criteria] of [
      [enabled(), AWS_OWNED],
      [enabled(NEW), targetKey('alias/new')],
      [enabled(NEW), targetKey(NEW, true)]
    ] as const) {
      const simulation = simulate(observation);
      expect(await simulation.encrypt({ criteria })).toMatchObject({ outcome: 'unchanged', changed: false });
      expect(simulation.sentKeyIds).toEqual([]);
    }
  });

  test('it is put in force from a status that shows no key', async () => {
    for (const observation of [enablingFailed(), suspended()]) {
      const simulation = simulate(observation);
      expect(await simulation.encrypt({ criteria: targetKey(NEW) })).toMatchObject({
        outcome: 'rekeyed',
        encrypted: 'true',
        key: { id: NEW },
        previousKey: null
      });
    }
  });
});

test('the result includes kind, name, ARN, region, duration and how long the previous key is needed', async () => {
  const simulation = simulate(active(OLD));
  simulation.stream.onNextStarts(succeedsAfter(2_000));
  const result = await simulation.encrypt({ criteria: targetKey(NEW), settleMs: 1_250 });
  expect(result).toMatchObject({
    kind: 'kinesis',
    name: 'orders',
    arn: STREAM_ARN.kinesis,
    region: 'eu-central-1',
    previousKeyNeededHours: 48,
    warnings: []
  });
  expect(result.durationSeconds).toBe(Math.round(simulation.clock.now()) / 1_000);
});

test('the duration covers the run of the stream only', async () => {
  const simulation = simulate(updating(OLD));
  simulation.stream.report(active(NEW), 30_000);
  expect((await simulation.encrypt({ criteria: targetKey(NEW) })).durationSeconds).toBeGreaterThanOrEqual(30);
  expect((await simulation.encrypt({ criteria: targetKey(NEW) })).durationSeconds).toBe(0);
});
