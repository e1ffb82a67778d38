import { beforeEach, describe, expect, test } from '@jest/globals';
import { EmptySelection } from '../../../src/encryption/fleet/select.ts';
import type { Tag } from '../../../src/encryption/model.ts';
import { ServiceError } from '../../../src/encryption/ports.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, SelectionSimulation } from '../../support/selection-simulation.ts';
import { arnOf } from '../../support/simulated-directory.ts';
import { failsWith } from '../../support/simulated-stream.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('tags alone', () => {
  const stage: Tag = { key: 'stage', value: null };

  beforeEach(() => {
    simulation.directory.add('firehose', 'clicks', { team: 'shop' });
    simulation.directory.add('kinesis', 'returns', { team: 'shop', stage: 'test' });
    simulation.directory.add('kinesis', 'plain');
    simulation.directory.add('firehose', 'audit', { team: 'shop', stage: 'prod' });
    simulation.directory.add('kinesis', 'orders', { team: 'shop', stage: 'prod' });
    simulation.directory.add('kinesis', 'web', { team: 'web', stage: 'prod' });
  });

  test('select all streams that have them: data streams first, each kind by name', async () => {
    const found = [arnOf('kinesis', 'orders'), arnOf('kinesis', 'returns')];

    expect(await simulation.selected(byTags(['firehose', 'kinesis'], SHOP))).toEqual([
      ...found,
      arnOf('firehose', 'audit'),
      arnOf('firehose', 'clicks')
    ]);
    expect(await simulation.selected(byTags(['kinesis'], SHOP, stage))).toEqual(found);
  });

  test('do not list streams by name', async () => {
    await simulation.select(byTags(['kinesis', 'firehose'], SHOP));

    expect(simulation.directory.calls).toEqual(['tagged kinesis+firehose', 'tagged kinesis+firehose 2']);
    expect(simulation.log).toEqual([]);
  });

  test('that match no stream are an error that states what was searched', async () => {
    await expect(
      simulation.select(byTags(['kinesis', 'firehose'], { key: 'team', value: 'x' }, stage))
    ).rejects.toThrow(
      new EmptySelection(
        `No stream is tagged team=x, stage (any value): there is no data stream or delivery stream with these tags in ${REGION}. Check stream-tags, the region and the account of the credentials`
      )
    );
  });
});

describe('tags and globs', () => {
  beforeEach(() => {
    simulation.directory.add('kinesis', 'orders-b', { team: 'shop' });
    simulation.directory.add('kinesis', 'orders-a', { team: 'shop' });
    simulation.directory.add('kinesis', 'orders-c', { team: 'web' });
    simulation.directory.add('kinesis', 'returns', { team: 'shop' });
    simulation.directory.add('firehose', 'orders-d', { team: 'shop' });
  });

  test('select the streams that match both, and only streams with the tags are listed', async () => {
    expect(await simulation.selected(dataStreams(['orders-*'], SHOP))).toEqual([
      arnOf('kinesis', 'orders-a'),
      arnOf('kinesis', 'orders-b')
    ]);
    expect(simulation.directory.calls).toEqual(['tagged kinesis', 'tagged kinesis 2']);
  });

  test('that match no stream together are an error', async () => {
    await expect(simulation.select(dataStreams(['payments-*'], SHOP))).rejects.toThrow(
      `No stream matches payments-* and is tagged team=shop: searched 3 data streams with these tags in ${REGION}.`
    );
  });

  test('log a glob that matches no stream', async () => {
    await simulation.select(dataStreams(['payments-*', 'returns*'], SHOP));

    expect(simulation.log).toEqual(['payments-* matches no stream: searched 3 data streams with these tags']);
  });
});

describe('tags and names', () => {
  beforeEach(() => {
    simulation.directory.add('kinesis', 'orders', { team: 'shop' });
    simulation.directory.add('kinesis', 'returns', { team: 'web' });
    simulation.directory.add('kinesis', 'plain');
  });

  test('leave out and log a stream without the tags', async () => {
    expect(await simulation.selected(dataStreams(['plain', 'orders', 'returns'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual([
      'kinesis plain: left out, because it is not tagged team=shop',
      'kinesis returns: left out, because it is not tagged team=shop'
    ]);
  });

  test('describe no stream that is given by an ARN with the tags', async () => {
    expect(await simulation.selected(dataStreams([arnOf('kinesis', 'orders')], SHOP))).toEqual([
      `!${arnOf('kinesis', 'orders')}`
    ]);
    expect(simulation.directory.calls).toEqual(['tagged kinesis']);
  });

  test('leave out a stream if only a stream of that name in another account has the tags', async () => {
    simulation.directory.addElsewhere('kinesis', 'plain', OTHER_ACCOUNT, { team: 'shop' });

    expect(await simulation.selected(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual(['kinesis plain: left out, because it is not tagged team=shop']);
  });

  test('select streams of one name in two accounts by their ARNs', async () => {
    simulation.directory.addElsewhere('kinesis', 'orders', OTHER_ACCOUNT, { team: 'shop' });

    expect(await simulation.selected(dataStreams(['o*'], SHOP))).toEqual([arnOf('kinesis', 'orders'), ELSEWHERE]);
  });

  test('compare ARNs without their partition', async () => {
    const inOtherPartition = arnOf('kinesis', 'orders').replace('arn:aws:', 'arn:aws-us-gov:');

    expect(await simulation.selected(dataStreams(['orders', inOtherPartition], SHOP))).toEqual([
      `!${inOtherPartition}`
    ]);
  });

  test('describe a stream once if it is named twice', async () => {
    await simulation.select(dataStreams(['plain', 'orders', 'plain'], SHOP));

    expect(simulation.directory.calls.filter((call) => call.startsWith('describe'))).toEqual([
      'describe kinesis plain',
      'describe kinesis orders'
    ]);
  });

  test('refuse a stream that does not exist and keep its position', async () => {
    expect(await simulation.select(dataStreams(['gone', 'orders', 'plain'], SHOP))).toMatchObject([
      { stream: { name: 'gone' }, refusal: 'there is no gone' },
      { stream: { name: 'orders' } }
    ]);
    expect(simulation.log).toEqual(['kinesis plain: left out, because it is not tagged team=shop']);
  });

  test('refuse a stream whose ARN is not the one that the service reports', async () => {
    expect(await simulation.select(dataStreams([ELSEWHERE], SHOP))).toMatchObject([
      { stream: { arn: ELSEWHERE }, refusal: expect.stringContaining('use credentials of account') }
    ]);
    expect(simulation.directory.calls).toContain('describe kinesis orders');
    expect(simulation.log).toEqual([]);
  });

  test.each(['denied', 'refused'] as const)('refuse a stream that cannot be described: %s', async (errorKind) => {
    simulation.directory.onDescribe('plain', failsWith(errorKind, 'no'));

    expect(await simulation.select(dataStreams(['plain'], SHOP))).toMatchObject([
      { stream: { name: 'plain' }, refusal: 'no' }
    ]);
  });

  test('retry a describe call that was throttled', async () => {
    let attempts = 0;
    simulation.directory.onDescribe('plain', () => {
      attempts += 1;
      if (attempts < 3) throw new ServiceError('throttled', 'slow down');
    });

    expect(await simulation.selected(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.log.slice(0, 2)).toEqual(['slow down; retrying', 'slow down; retrying']);
  });

  test('reject with an unexpected error of a describe call', async () => {
    simulation.directory.onDescribe('plain', () => {
      throw new TypeError('a defect');
    });

    await expect(simulation.select(dataStreams(['plain'], SHOP))).rejects.toThrow('a defect');
  });

  test('describe five streams concurrently', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `plain-${index}`);
    for (const name of names) {
      simulation.directory.add('kinesis', name);
      simulation.directory.onDescribe(name, (signal) => simulation.clock.sleep(1_000, signal));
    }

    expect(await simulation.selected(dataStreams([...names, 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.directory.maxConcurrentDescribes).toBe(5);
    expect(simulation.clock.now()).toBe(5_000);
  });

  test('that leave no stream are an error', async () => {
    await expect(simulation.select(dataStreams(['plain', 'returns'], SHOP))).rejects.toThrow(
      `No stream matches plain, returns and is tagged team=shop: searched 1 data stream with these tags in ${REGION}.`
    );
    expect(simulation.log).toHaveLength(2);
  });
});
