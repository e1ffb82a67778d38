import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Tag } from '../../../src/encryption/model.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, SelectionSimulation } from '../../support/selection-simulation.ts';
import { arnOf } from '../../support/simulated-directory.ts';
import { failsWith } from '../../support/simulated-stream.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const ORDERS = arnOf('kinesis', 'orders');

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('tags alone', () => {
  const STAGE: Tag = { key: 'stage', value: null };

  beforeEach(() => {
    simulation.directory.add('firehose', 'clicks', { team: 'shop' });
    simulation.directory.add('kinesis', 'returns', { team: 'shop', stage: 'test' });
    simulation.directory.add('kinesis', 'plain');
    simulation.directory.add('firehose', 'audit', { team: 'shop', stage: 'prod' });
    simulation.directory.add('kinesis', 'orders', { team: 'shop', stage: 'prod' });
    simulation.directory.add('kinesis', 'web', { team: 'web', stage: 'prod' });
  });

  test('select all streams that have them, data streams first and each kind by name, without a list of names', async () => {
    const both = [ORDERS, arnOf('kinesis', 'returns'), arnOf('firehose', 'audit'), arnOf('firehose', 'clicks')];
    expect(await simulation.selected(byTags(['firehose', 'kinesis'], SHOP))).toEqual(both);
    expect(simulation.directory.calls).toEqual(['tagged firehose+kinesis', 'tagged firehose+kinesis 2']);
    expect(await simulation.selected(byTags(['kinesis'], SHOP, STAGE))).toEqual(both.slice(0, 2));
    expect(simulation.log).toEqual([]);
  });

  test('that match no stream are an error that states what was searched', async () => {
    const selection = byTags(['kinesis', 'firehose'], { key: 'team', value: 'x' }, STAGE);
    await expect(simulation.select(selection)).rejects.toMatchObject({
      name: 'EmptySelection',
      message: `No stream is tagged team=x, stage (any value): there is no data stream or delivery stream with these tags in ${REGION}. Check stream-tags, the region and the account of the credentials`
    });
  });
});

describe('tags with names and globs', () => {
  const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);
  const OTHER_PARTITION = ORDERS.replace('arn:aws:', 'arn:aws-us-gov:');
  const leftOut = (name: string) => `kinesis ${name}: left out, because it is not tagged team=shop`;

  beforeEach(() => {
    simulation.directory.add('kinesis', 'orders', { team: 'shop' });
    simulation.directory.add('kinesis', 'returns', { team: 'web' });
    simulation.directory.add('kinesis', 'plain');
  });

  test('select the streams that match both, and only streams with the tags are listed', async () => {
    expect(await simulation.selected(dataStreams(['returns*', 'o*'], SHOP))).toEqual([ORDERS]);
    expect(simulation.directory.calls).toEqual(['tagged kinesis']);
    expect(simulation.log).toEqual(['returns* matches no stream: searched 1 data stream with these tags']);
  });

  test.each([[['returns*']], [['plain', 'returns']]])('that leave no stream are an error: %j', async (entries) => {
    await expect(simulation.select(dataStreams(entries, SHOP))).rejects.toThrow(
      `No stream matches ${entries.join(', ')} and is tagged team=shop: searched 1 data stream with these tags in ${REGION}. Check stream-name, stream-kind, stream-tags, the region`
    );
  });

  test('leave out and log a stream without the tags, and describe each stream once', async () => {
    expect(await simulation.selected(dataStreams(['plain', 'orders', 'returns', 'plain'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual([leftOut('plain'), leftOut('returns')]);
    expect(simulation.directory.calls).toEqual([
      'tagged kinesis',
      'describe kinesis plain',
      'describe kinesis orders',
      'describe kinesis returns'
    ]);
  });

  test('describe no stream that is given by an ARN with the tags', async () => {
    expect(await simulation.selected(dataStreams([ORDERS], SHOP))).toEqual([`!${ORDERS}`]);
    expect(simulation.directory.calls).toEqual(['tagged kinesis']);
  });

  test('tell streams of one name in two accounts apart by their ARNs, but not by their partitions', async () => {
    for (const name of ['plain', 'orders']) {
      simulation.directory.addElsewhere('kinesis', name, OTHER_ACCOUNT, { team: 'shop' });
    }
    expect(await simulation.selected(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual([leftOut('plain')]);
    expect(await simulation.selected(dataStreams(['o*'], SHOP))).toEqual([ORDERS, ELSEWHERE]);
    const inOtherPartition = await simulation.selected(dataStreams(['orders', OTHER_PARTITION], SHOP));
    expect(inOtherPartition).toEqual([`!${OTHER_PARTITION}`]);
  });

  test.each([
    ['does not exist', 'gone', 'there is no gone'],
    ['cannot be described', 'plain', 'no'],
    ['has another ARN than the service reports', ELSEWHERE, expect.stringContaining('use credentials of account')]
  ])('refuse a stream that %s, in its position', async (_, text, refusal) => {
    simulation.directory.onDescribe('plain', failsWith('denied', 'no'));
    const streams = await simulation.select(dataStreams([text, 'orders'], SHOP));
    expect(streams.map((one) => [one.stream.arn ?? one.stream.name, one.refusal])).toEqual([
      [text, refusal],
      ['orders', undefined]
    ]);
    expect(simulation.log).toEqual([]);
  });

  test('retry a describe call that was throttled', async () => {
    const answers = [failsWith('throttled', 'slow down')];
    simulation.directory.onDescribe('plain', () => answers.shift()?.());
    expect(await simulation.selected(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual(['slow down; retrying', leftOut('plain')]);
  });

  test('reject with an unexpected error of a describe call', async () => {
    simulation.directory.onDescribe('plain', () => {
      throw new TypeError('a defect');
    });
    await expect(simulation.select(dataStreams(['plain'], SHOP))).rejects.toThrow('a defect');
  });

  test('describe five streams at a time', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `plain-${index}`);
    for (const name of names) {
      simulation.directory.add('kinesis', name);
      simulation.directory.onDescribe(name, (signal) => simulation.clock.sleep(1_000, signal));
    }
    expect(await simulation.selected(dataStreams([...names, 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.directory.maxConcurrentDescribes).toBe(5);
    expect(simulation.clock.now()).toBe(5_000);
  });
});
