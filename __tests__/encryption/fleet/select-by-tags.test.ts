import { beforeEach, describe, expect, test } from '@jest/globals';
import { EmptySelection } from '../../../src/encryption/fleet/select.ts';
import type { Tag } from '../../../src/encryption/model.ts';
import { ServiceError } from '../../../src/encryption/ports.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, SelectionScene } from '../../support/selection-scene.ts';
import { arnOf } from '../../support/simulated-directory.ts';
import { refuses } from '../../support/simulated-stream.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let here: SelectionScene;

beforeEach(() => {
  here = new SelectionScene();
});

describe('tags alone', () => {
  const stage: Tag = { key: 'stage', value: null };

  beforeEach(() => {
    here.directory.add('firehose', 'clicks', { team: 'shop' });
    here.directory.add('kinesis', 'returns', { team: 'shop', stage: 'test' });
    here.directory.add('kinesis', 'plain');
    here.directory.add('firehose', 'audit', { team: 'shop', stage: 'prod' });
    here.directory.add('kinesis', 'orders', { team: 'shop', stage: 'prod' });
    here.directory.add('kinesis', 'web', { team: 'web', stage: 'prod' });
  });

  test('choose all streams that have them: data streams first, each kind by name', async () => {
    const found = ['orders', 'returns'];

    expect(await here.chosen(byTags(['firehose', 'kinesis'], SHOP))).toEqual([...found, 'audit', 'clicks']);
    expect(await here.chosen(byTags(['kinesis'], SHOP, stage))).toEqual(found);
  });

  test('list nothing but what has them', async () => {
    await here.select(byTags(['kinesis', 'firehose'], SHOP));

    expect(here.directory.calls).toEqual(['tagged kinesis+firehose', 'tagged kinesis+firehose 2']);
    expect(here.log).toEqual([]);
  });

  test('that nothing has are an error that says what was searched', async () => {
    await expect(here.select(byTags(['kinesis', 'firehose'], { key: 'team', value: 'x' }, stage))).rejects.toThrow(
      new EmptySelection(
        `No stream is tagged team=x, stage (any value): there is no data stream or delivery stream with these tags in ${REGION}. Check the region and the account of the credentials`
      )
    );
  });
});

describe('tags and globs', () => {
  beforeEach(() => {
    here.directory.add('kinesis', 'orders-b', { team: 'shop' });
    here.directory.add('kinesis', 'orders-a', { team: 'shop' });
    here.directory.add('kinesis', 'orders-c', { team: 'web' });
    here.directory.add('kinesis', 'returns', { team: 'shop' });
    here.directory.add('firehose', 'orders-d', { team: 'shop' });
  });

  test('choose what both match, and nothing else is listed', async () => {
    expect(await here.chosen(dataStreams(['orders-*'], SHOP))).toEqual(['orders-a', 'orders-b']);
    expect(here.directory.calls).toEqual(['tagged kinesis', 'tagged kinesis 2']);
  });

  test('that together match nothing are an error', async () => {
    await expect(here.select(dataStreams(['payments-*'], SHOP))).rejects.toThrow(
      `No stream matches payments-* and is tagged team=shop: searched 3 data streams with these tags in ${REGION}.`
    );
  });

  test('tell in the log of a glob that matches nothing', async () => {
    await here.select(dataStreams(['payments-*', 'returns*'], SHOP));

    expect(here.log).toEqual(['payments-* matches no stream: searched 3 data streams with these tags']);
  });
});

describe('tags and names', () => {
  beforeEach(() => {
    here.directory.add('kinesis', 'orders', { team: 'shop' });
    here.directory.add('kinesis', 'returns', { team: 'web' });
    here.directory.add('kinesis', 'plain');
  });

  test('leave out a stream that is there without the tags, and say so', async () => {
    expect(await here.chosen(dataStreams(['plain', 'orders', 'returns'], SHOP))).toEqual(['!orders']);
    expect(here.log).toEqual([
      'kinesis plain: left out, because it is not tagged team=shop',
      'kinesis returns: left out, because it is not tagged team=shop'
    ]);
  });

  test('look at none that has the tags', async () => {
    expect(await here.chosen(dataStreams(['orders', arnOf('kinesis', 'orders')], SHOP))).toEqual([
      `!${arnOf('kinesis', 'orders')}`
    ]);
    expect(here.directory.calls).toEqual(['tagged kinesis']);
  });

  test('look once at one that is named twice', async () => {
    await here.select(dataStreams(['plain', 'orders', 'plain'], SHOP));

    expect(here.directory.calls.filter((call) => call.startsWith('look'))).toEqual(['look kinesis plain']);
  });

  test('refuse a stream that does not exist, in its place', async () => {
    expect(await here.select(dataStreams(['gone', 'orders', 'plain'], SHOP))).toMatchObject([
      { stream: { name: 'gone' }, refusal: 'there is no gone' },
      { stream: { name: 'orders' } }
    ]);
    expect(here.log).toEqual(['kinesis plain: left out, because it is not tagged team=shop']);
  });

  test('refuse a stream whose ARN is not the one that is there', async () => {
    expect(await here.select(dataStreams([ELSEWHERE], SHOP))).toMatchObject([
      { stream: { arn: ELSEWHERE }, refusal: expect.stringContaining('use credentials of account') }
    ]);
    expect(here.directory.calls).toContain('look kinesis orders');
    expect(here.log).toEqual([]);
  });

  test.each(['denied', 'refused'] as const)('refuse a stream that cannot be seen: %s', async (errorKind) => {
    here.directory.onLook('plain', refuses(errorKind, 'no'));

    expect(await here.select(dataStreams(['plain'], SHOP))).toMatchObject([
      { stream: { name: 'plain' }, refusal: 'no' }
    ]);
  });

  test('look again where no answer came', async () => {
    let looks = 0;
    here.directory.onLook('plain', () => {
      looks += 1;
      if (looks < 3) throw new ServiceError('throttled', 'slow down');
    });

    expect(await here.chosen(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(here.log.slice(0, 2)).toEqual(['slow down; retrying', 'slow down; retrying']);
  });

  test('end where a look meets a defect', async () => {
    here.directory.onLook('plain', () => {
      throw new TypeError('a defect');
    });

    await expect(here.select(dataStreams(['plain'], SHOP))).rejects.toThrow('a defect');
  });

  test('look at a few side by side', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `plain-${index}`);
    for (const name of names) {
      here.directory.add('kinesis', name);
      here.directory.onLook(name, (signal) => here.clock.sleep(1_000, signal));
    }

    expect(await here.chosen(dataStreams([...names, 'orders'], SHOP))).toEqual(['!orders']);
    expect(here.directory.mostLooks).toBe(5);
    expect(here.clock.now()).toBe(5_000);
  });

  test('that leave nothing are an error', async () => {
    await expect(here.select(dataStreams(['plain', 'returns'], SHOP))).rejects.toThrow(
      `No stream matches plain, returns and is tagged team=shop: searched 1 data stream with these tags in ${REGION}.`
    );
    expect(here.log).toHaveLength(2);
  });
});
