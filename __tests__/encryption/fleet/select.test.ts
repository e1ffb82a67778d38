import { beforeEach, describe, expect, test } from '@jest/globals';
import { EmptySelection } from '../../../src/encryption/fleet/select.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, SelectionSimulation, selector } from '../../support/selection-simulation.ts';
import { arnOf } from '../../support/simulated-directory.ts';

const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('names and ARNs', () => {
  test('are selected in their order without a request', async () => {
    const clicks = selector(arnOf('firehose', 'clicks'), 'firehose');
    const selectors = [selector('returns'), selector('orders'), clicks];

    expect(await simulation.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual([
      { stream: { kind: 'kinesis', name: 'returns', arn: null }, named: true },
      { stream: { kind: 'kinesis', name: 'orders', arn: null }, named: true },
      { stream: { kind: 'firehose', name: 'clicks', arn: arnOf('firehose', 'clicks') }, named: true }
    ]);
    expect(simulation.directory.calls).toEqual([]);
  });

  test.each([
    ['the same name twice', ['orders', 'returns', 'orders'], ['!orders', '!returns']],
    [
      'two ARNs with one name in two accounts',
      [arnOf('kinesis', 'orders'), 'returns', ELSEWHERE, arnOf('kinesis', 'orders')],
      [`!${arnOf('kinesis', 'orders')}`, '!returns', `!${ELSEWHERE}`]
    ]
  ])('are selected once each: %s', async (_, entries, streams) => {
    expect(await simulation.selected(dataStreams(entries))).toEqual(streams);
  });

  describe('with the same name', () => {
    const ARN = arnOf('kinesis', 'orders');

    test.each([
      ['a name, then its ARN: the ARN in the first position', ['orders', 'returns', ARN], [`!${ARN}`, '!returns']],
      ['an ARN, then its name', [ARN, 'orders'], [`!${ARN}`]],
      ['a glob, then an ARN', ['ord*', ARN], [`!${ARN}`]],
      ['a name and an ARN of another account', ['orders', ELSEWHERE], ['!orders', `!${ELSEWHERE}`]],
      ['a glob and an ARN of another account', ['ord*', ELSEWHERE], ['orders', `!${ELSEWHERE}`]],
      ['a name and two ARNs', ['orders', ELSEWHERE, ARN], [`!${ARN}`, `!${ELSEWHERE}`]]
    ])('are one stream if the service reports that ARN: %s', async (_, entries, streams) => {
      simulation.directory.add('kinesis', 'orders');
      expect(await simulation.selected(dataStreams(entries))).toEqual(streams);
      expect(simulation.directory.calls.filter((call) => call.startsWith('describe'))).toEqual([
        'describe kinesis orders'
      ]);
    });

    test('are two streams if the stream cannot be described', async () => {
      expect(await simulation.selected(dataStreams(['orders', ARN]))).toEqual(['!orders', `!${ARN}`]);
    });
  });

  test('are two streams if their kinds differ', async () => {
    const selectors = [selector('orders'), selector('orders', 'firehose')];

    expect(await simulation.selected({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual([
      '!orders',
      '!orders'
    ]);
  });
});

describe('globs', () => {
  beforeEach(() => {
    for (const name of ['orders-b', 'returns', 'orders-a', 'Orders-c', 'orders', 'orders-10']) {
      simulation.directory.add('kinesis', name);
    }
    simulation.directory.add('firehose', 'orders-x');
  });

  test.each([
    ['orders-*', ['orders-10', 'orders-a', 'orders-b']],
    ['orders-?', ['orders-a', 'orders-b']],
    ['?rders', ['orders']],
    ['*r*s', ['orders', 'returns']],
    ['*', ['Orders-c', 'orders', 'orders-10', 'orders-a', 'orders-b', 'returns']]
  ])('%s selects %j, sorted by name', async (glob, names) => {
    expect(await simulation.selected(dataStreams([glob]))).toEqual(names);
  });

  test('match one kind', async () => {
    const selectors = [selector('orders-*', 'firehose')];

    expect(await simulation.selected({ kinds: ['firehose'], selectors, tags: [] })).toEqual(['orders-x']);
    expect(simulation.directory.calls).toEqual(['names firehose']);
  });

  test('keep their position among the names, and a stream that is also named counts as named', async () => {
    const entries = ['returns', 'orders-*', 'gone', 'orders-b', arnOf('kinesis', 'orders-a')];

    expect(await simulation.selected(dataStreams(entries))).toEqual([
      '!returns',
      'orders-10',
      `!${arnOf('kinesis', 'orders-a')}`,
      '!orders-b',
      '!gone'
    ]);
  });

  test('list all pages of a kind once', async () => {
    await simulation.select(dataStreams(['orders-*', 'ret*', 'orders-?']));

    expect(simulation.directory.calls).toEqual(['names kinesis', 'names kinesis 2', 'names kinesis 4']);
  });

  test('fail after a few attempts if a page leads back to an earlier one', async () => {
    const pages = { null: 'a', a: 'b', b: 'a' } as const;
    simulation.directory.names = async (_kind, next) => ({ items: [`${next}`], next: Reflect.get(pages, `${next}`) });

    await expect(simulation.select(dataStreams(['*']))).rejects.toThrow(
      `the list of streams in ${REGION} is not usable: a page says that more streams follow, but the next page was read before`
    );
    expect(simulation.log).toHaveLength(4);
  });

  test.each([
    ['has only streams that an earlier page had', { null: [['a', 'b'], 'b'], b: [['a'], null] }],
    ['has them, and says that more follow', { null: [['a'], 'b'], b: [['a'], 'c'], c: [['z'], null] }]
  ])('fail if a page %s', async (_, pages) => {
    simulation.directory.names = async (_kind, next) => {
      const [items, following] = Reflect.get(pages, `${next}`);
      return { items, next: following };
    };
    await expect(simulation.select(dataStreams(['*']))).rejects.toThrow(
      'a page has only streams that an earlier page had'
    );
  });

  test('fail if page after page is empty', async () => {
    let pages = 0;
    simulation.directory.names = async () => ({ items: [], next: `${++pages}` });
    await expect(simulation.select(dataStreams(['*']))).rejects.toThrow('more than 200 pages in a row are empty');
    expect(pages).toBeLessThan(300);
  });

  test('that match no stream are logged if others match', async () => {
    expect(await simulation.selected(dataStreams(['payments-*', 'returns', '?', 'orders-?']))).toEqual([
      '!returns',
      'orders-a',
      'orders-b'
    ]);
    expect(simulation.log).toEqual([
      'payments-* matches no stream: searched 6 data streams',
      '? matches no stream: searched 6 data streams'
    ]);
  });

  test('that all match no stream are an error that states what was searched', async () => {
    await expect(simulation.select(dataStreams(['payments-*', 'x?']))).rejects.toThrow(
      new EmptySelection(
        `No stream matches payments-*, x?: searched 6 data streams in ${REGION}. Check stream-name, stream-kind, the region and the account of the credentials`
      )
    );
    const selectors = [selector('y*'), selector('y*', 'firehose')];
    await expect(simulation.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).rejects.toThrow(
      `: searched 6 data streams and 1 delivery stream in ${REGION}.`
    );
  });

  test('are an error if the account has no streams', async () => {
    simulation = new SelectionSimulation();

    const error = await simulation.select(dataStreams(['*'])).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(EmptySelection);
    expect(error).toHaveProperty('message', expect.stringContaining(`: there is no data stream in ${REGION}. Check`));
  });
});

test('an empty selection selects no stream', async () => {
  simulation.directory.add('kinesis', 'orders', { team: 'shop' });

  await expect(simulation.select(byTags(['kinesis']))).rejects.toBeInstanceOf(EmptySelection);
  expect(simulation.directory.calls).toEqual([]);
});
