import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import type { Tag } from '../../../src/encryption/model.ts';
import { Cancelled, type Page } from '../../../src/encryption/ports.ts';
import { OTHER_ACCOUNT, REGION } from '../../support/account.ts';
import { byTags, dataStreams, SelectionSimulation, selector } from '../../support/selection-simulation.ts';
import { arnOf } from '../../support/simulated-directory.ts';
import { failsWith, hangs, repeated } from '../../support/simulated-stream.ts';

const ARN = arnOf('kinesis', 'orders');
const GONE = arnOf('kinesis', 'gone');
const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('names and ARNs', () => {
  test('are selected in their order without a request', async () => {
    const clicks = selector(arnOf('firehose', 'clicks'), 'firehose');
    const selectors = [selector('returns'), selector('orders'), clicks, selector('orders', 'firehose')];

    expect(await simulation.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual([
      { stream: { kind: 'kinesis', name: 'returns', arn: null }, named: true },
      { stream: { kind: 'kinesis', name: 'orders', arn: null }, named: true },
      { stream: { kind: 'firehose', name: 'clicks', arn: arnOf('firehose', 'clicks') }, named: true },
      { stream: { kind: 'firehose', name: 'orders', arn: null }, named: true }
    ]);
    expect(simulation.directory.calls).toEqual([]);
  });

  test.each([
    ['the same name twice', ['orders', 'returns', 'orders'], ['!orders', '!returns'], 0],
    ['ARNs in two accounts', [ARN, 'returns', ELSEWHERE, ARN], [`!${ARN}`, '!returns', `!${ELSEWHERE}`], 0],
    ['a name, then its ARN: the ARN in the first position', ['orders', 'returns', ARN], [`!${ARN}`, '!returns'], 1],
    ['an ARN, then its name', [ARN, 'orders'], [`!${ARN}`], 1],
    ['a glob, then an ARN', ['ord*', ARN], [`!${ARN}`], 1],
    ['a name and an ARN of another account', ['orders', ELSEWHERE], ['!orders', `!${ELSEWHERE}`], 1],
    ['a glob and an ARN of another account', ['ord*', ELSEWHERE], ['orders', `!${ELSEWHERE}`], 1],
    ['a name and two ARNs', ['orders', ELSEWHERE, ARN], [`!${ARN}`, `!${ELSEWHERE}`], 1],
    ['a name and an ARN of a stream that does not exist', ['gone', GONE], ['!gone', `!${GONE}`], 1]
  ])('are selected once each, and described only to compare ARNs: %s', async (_, entries, streams, describes) => {
    simulation.directory.add('kinesis', 'orders');
    expect(await simulation.selected(dataStreams(entries))).toEqual(streams);
    expect(simulation.directory.calls.filter((call) => call.startsWith('describe'))).toHaveLength(describes);
  });

  test('that are not given select no stream', async () => {
    simulation.directory.add('kinesis', 'orders');
    await expect(simulation.select(byTags(['kinesis']))).rejects.toMatchObject({ name: 'EmptySelection' });
    expect(simulation.directory.calls).toEqual([]);
  });
});

describe('globs', () => {
  beforeEach(() => {
    for (const name of ['orders-b', 'returns', 'orders-a', 'Orders-c', 'orders', 'orders-10']) {
      simulation.directory.add('kinesis', name);
    }
    simulation.directory.add('firehose', 'orders-x');
  });

  test('select the streams of a kind, each once and sorted by name, from one list with all pages', async () => {
    const sorted = ['orders-a', 'orders-b', 'Orders-c', 'orders', 'orders-10', 'returns'];
    expect(await simulation.selected(dataStreams(['orders-?', '*', 'ret*']))).toEqual(sorted);
    const firehose = { kinds: ['firehose'], selectors: [selector('orders-*', 'firehose')], tags: [] } as const;
    expect(await simulation.selected(firehose)).toEqual(['orders-x']);
    expect(simulation.directory.calls).toEqual([
      'names kinesis',
      'names kinesis 2',
      'names kinesis 4',
      'names firehose'
    ]);
  });

  test('keep their position among the names, and a stream that is also named counts as named', async () => {
    const a = arnOf('kinesis', 'orders-a');
    const streams = ['!returns', 'orders-10', `!${a}`, '!orders-b', '!gone'];
    expect(await simulation.selected(dataStreams(['returns', 'orders-*', 'gone', 'orders-b', a]))).toEqual(streams);
  });

  const LEADS_BACK = 'a page says that more streams follow, but the next page was read before';
  const IS_KNOWN = 'a page has only streams that an earlier page had';
  const page = (items: readonly string[], next: string | null) => ({ items, next });

  test.each<[string, (at: number) => Page<string>, string]>([
    ['leads back to an earlier one', (at) => page([`${at}`], at === 2 ? '1' : `${at + 1}`), LEADS_BACK],
    ['has only streams of earlier pages', (at) => page(['a'], at === 0 ? '1' : null), IS_KNOWN],
    ['has only those, and says that more follow', (at) => page([at < 2 ? 'a' : 'z'], `${at + 1}`), IS_KNOWN],
    ['after page is empty', (at) => page([], `${at + 1}`), 'more than 200 pages in a row are empty']
  ])('fail after five attempts if a page %s', async (_, pageAt, why) => {
    simulation.directory.names = async (_kind, next) => pageAt(Number(next));
    const message = `the list of streams in ${REGION} is not usable: ${why}`;
    await expect(simulation.select(dataStreams(['*']))).rejects.toThrow(message);
    expect(simulation.log).toHaveLength(4);
  });

  test('that match no stream are logged if others match', async () => {
    const entries = ['payments-*', 'returns', '?', 'orders-?'];
    expect(await simulation.selected(dataStreams(entries))).toEqual(['!returns', 'orders-a', 'orders-b']);
    expect(simulation.log).toEqual([
      'payments-* matches no stream: searched 6 data streams',
      '? matches no stream: searched 6 data streams'
    ]);
  });

  test('that all match no stream are an error that states what was searched', async () => {
    await expect(simulation.select(dataStreams(['payments-*', 'x?']))).rejects.toThrow(
      `No stream matches payments-*, x?: searched 6 data streams in ${REGION}. Check stream-name, stream-kind, the region and the account of the credentials`
    );
    const selectors = [selector('y*'), selector('y*', 'firehose')];
    const both = { kinds: ['kinesis', 'firehose'], selectors, tags: [] } as const;
    await expect(simulation.select(both)).rejects.toThrow(`6 data streams and 1 delivery stream in ${REGION}.`);
    await expect(new SelectionSimulation().select(dataStreams(['*']))).rejects.toMatchObject({
      name: 'EmptySelection',
      message: expect.stringContaining(`No stream matches *: there is no data stream in ${REGION}. Check stream-name`)
    });
  });
});

describe('a list that cannot be read', () => {
  const SHOP: Tag = { key: 'team', value: 'shop' };
  const slowDown = failsWith('throttled', 'slow down');

  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) simulation.directory.add('kinesis', name);
  });

  test('is retried page by page after transient errors', async () => {
    simulation.directory.onNextCalls(slowDown, () => undefined, failsWith('unanswered', 'no answer'));

    expect(await simulation.selected(dataStreams(['*']))).toEqual(['a', 'b', 'c']);
    const [first, second] = ['names kinesis', 'names kinesis 2'];
    expect(simulation.directory.calls).toEqual([first, first, second, second]);
    expect(simulation.log).toEqual(['slow down; retrying', 'no answer; retrying']);
  });

  const timedOut = (message: string) => ({ name: 'TimedOut', message });

  test.each([
    ['at once, if it is denied', [failsWith('denied', 'no')], { errorKind: 'denied', message: 'no' }, 0],
    ['at the deadline with the last error', repeated(100, slowDown), timedOut('slow down'), 60_000],
    ['at the deadline without an error that was resolved', [slowDown, () => undefined, hangs], timedOut(''), 60_000]
  ])('rejects %s', async (_, interceptors, error, endMs) => {
    simulation.directory.onNextCalls(...interceptors);
    const deadline = createDeadline(simulation.clock, 60_000, new AbortController().signal);
    deadline.start();
    await expect(simulation.select(dataStreams(['*']), deadline.signal)).rejects.toMatchObject(error);
    expect(simulation.clock.now()).toBe(endMs);
  });

  test.each([
    ['a page', dataStreams(['*']), hangs],
    ['a delay before a retry', dataStreams(['*']), slowDown],
    ['a describe call', dataStreams(['gone'], SHOP), hangs],
    ['a describe call whose connection breaks', dataStreams(['gone'], SHOP), breaksWhenAborted]
  ])('rejects when the run is cancelled during %s', async (_, selection, interceptor) => {
    simulation.directory.onDescribe('gone', interceptor);
    if (selection.tags.length === 0) simulation.directory.onNextCalls(interceptor);
    const cancel = new AbortController();
    simulation.clock.at(100, () => cancel.abort(new Cancelled()));
    await expect(simulation.select(selection, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
  });

  async function breaksWhenAborted(signal: AbortSignal): Promise<void> {
    await hangs(signal).catch(failsWith('unanswered', 'no answer'));
  }
});
