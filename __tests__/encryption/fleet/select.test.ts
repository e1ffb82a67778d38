import { beforeEach, describe, expect, test } from '@jest/globals';
import { EmptySelection } from '../../../src/encryption/fleet/select.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, entry, SelectionScene } from '../../support/selection-scene.ts';
import { arnOf } from '../../support/simulated-directory.ts';

const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let here: SelectionScene;

beforeEach(() => {
  here = new SelectionScene();
});

describe('names and ARNs', () => {
  test('are taken as they are, in their order, and nothing is asked for them', async () => {
    const clicks = entry(arnOf('firehose', 'clicks'), 'firehose');
    const selectors = [entry('returns'), entry('orders'), clicks];

    expect(await here.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual([
      { stream: { kind: 'kinesis', name: 'returns', arn: null }, named: true },
      { stream: { kind: 'kinesis', name: 'orders', arn: null }, named: true },
      { stream: { kind: 'firehose', name: 'clicks', arn: arnOf('firehose', 'clicks') }, named: true }
    ]);
    expect(here.directory.calls).toEqual([]);
  });

  test.each([
    ['twice the same name', ['orders', 'returns', 'orders'], ['!orders', '!returns']],
    [
      'two ARNs of one name in two accounts, which are two streams',
      [arnOf('kinesis', 'orders'), 'returns', ELSEWHERE, arnOf('kinesis', 'orders')],
      [`!${arnOf('kinesis', 'orders')}`, '!returns', `!${ELSEWHERE}`]
    ]
  ])('are one stream each: %s', async (_what, entries, streams) => {
    expect(await here.chosen(dataStreams(entries))).toEqual(streams);
  });

  describe('of one name', () => {
    const ARN = arnOf('kinesis', 'orders');

    test.each([
      ['a name, then its ARN: the first place, and the ARN', ['orders', 'returns', ARN], [`!${ARN}`, '!returns']],
      ['an ARN, then its name', [ARN, 'orders'], [`!${ARN}`]],
      ['a glob, then an ARN', ['ord*', ARN], [`!${ARN}`]],
      ["a name and another account's ARN", ['orders', ELSEWHERE], ['!orders', `!${ELSEWHERE}`]],
      ["a glob and another account's ARN", ['ord*', ELSEWHERE], ['orders', `!${ELSEWHERE}`]],
      ['a name and two ARNs', ['orders', ELSEWHERE, ARN], [`!${ARN}`, `!${ELSEWHERE}`]]
    ])('are one where a look says so: %s', async (_what, entries, streams) => {
      here.directory.add('kinesis', 'orders');
      expect(await here.chosen(dataStreams(entries))).toEqual(streams);
      expect(here.directory.calls.filter((call) => call.startsWith('look'))).toEqual(['look kinesis orders']);
    });

    test('stay two where no look can tell', async () => {
      expect(await here.chosen(dataStreams(['orders', ARN]))).toEqual(['!orders', `!${ARN}`]);
    });
  });

  test('are two streams where one name is of both kinds', async () => {
    const selectors = [entry('orders'), entry('orders', 'firehose')];

    expect(await here.chosen({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual(['!orders', '!orders']);
  });
});

describe('globs', () => {
  beforeEach(() => {
    for (const name of ['orders-b', 'returns', 'orders-a', 'Orders-c', 'orders', 'orders-10']) {
      here.directory.add('kinesis', name);
    }
    here.directory.add('firehose', 'orders-x');
  });

  test.each([
    ['orders-*', ['orders-10', 'orders-a', 'orders-b']],
    ['orders-?', ['orders-a', 'orders-b']],
    ['?rders', ['orders']],
    ['*r*s', ['orders', 'returns']],
    ['*', ['Orders-c', 'orders', 'orders-10', 'orders-a', 'orders-b', 'returns']]
  ])('%s stands for %j, in the order of the names', async (glob, names) => {
    expect(await here.chosen(dataStreams([glob]))).toEqual(names);
  });

  test('are of one kind', async () => {
    const selectors = [entry('orders-*', 'firehose')];

    expect(await here.chosen({ kinds: ['firehose'], selectors, tags: [] })).toEqual(['orders-x']);
    expect(here.directory.calls).toEqual(['names firehose']);
  });

  test('keep their place among the names; a stream that is named too is one that is named', async () => {
    const entries = ['returns', 'orders-*', 'gone', 'orders-b', arnOf('kinesis', 'orders-a')];

    expect(await here.chosen(dataStreams(entries))).toEqual([
      '!returns',
      'orders-10',
      `!${arnOf('kinesis', 'orders-a')}`,
      '!orders-b',
      '!gone'
    ]);
  });

  test('list a kind once, to its last page', async () => {
    await here.select(dataStreams(['orders-*', 'ret*', 'orders-?']));

    expect(here.directory.calls).toEqual(['names kinesis', 'names kinesis 2', 'names kinesis 4']);
  });

  test('that match nothing while others do show in the log', async () => {
    expect(await here.chosen(dataStreams(['payments-*', 'returns', '?', 'orders-?']))).toEqual([
      '!returns',
      'orders-a',
      'orders-b'
    ]);
    expect(here.log).toEqual([
      'payments-* matches no stream: searched 6 data streams',
      '? matches no stream: searched 6 data streams'
    ]);
  });

  test('that match nothing at all are an error that says what was searched', async () => {
    await expect(here.select(dataStreams(['payments-*', 'x?']))).rejects.toThrow(
      new EmptySelection(
        `No stream matches payments-*, x?: searched 6 data streams in ${REGION}. Check the region and the account of the credentials`
      )
    );
    const selectors = [entry('y*'), entry('y*', 'firehose')];
    await expect(here.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).rejects.toThrow(
      `: searched 6 data streams and 1 delivery stream in ${REGION}.`
    );
  });

  test('over nothing are an error that says so', async () => {
    here = new SelectionScene();

    const error = await here.select(dataStreams(['*'])).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(EmptySelection);
    expect(error).toHaveProperty('message', expect.stringContaining(`: there is no data stream in ${REGION}. Check`));
  });
});

test('neither names nor tags choose nothing, least of all everything', async () => {
  here.directory.add('kinesis', 'orders', { team: 'shop' });

  await expect(here.select(byTags(['kinesis']))).rejects.toBeInstanceOf(EmptySelection);
  expect(here.directory.calls).toEqual([]);
});
