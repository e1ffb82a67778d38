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
const SHOP: Tag = { key: 'team', value: 'shop' };
const slowDown = failsWith('throttled', 'slow down');

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('names and ARNs', () => {
  test('are selected in their order without a request', async () => {
    const clicks = selector(arnOf('firehose', 'clicks'), 'firehose');
    const selectors = [selector('returns'), clicks, selector('orders', 'firehose')];
    expect(await simulation.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).toEqual([
      { stream: { kind: 'kinesis', name: 'returns', arn: null }, named: true },
      { stream: { kind: 'firehose', name: 'clicks', arn: arnOf('firehose', 'clicks') }, named: true },
      { stream: { kind: 'firehose', name: 'orders', arn: null }, named: true }
    ]);
    expect(simulation.directory.calls).toEqual([]);
  });

  test.each([
    ['the same name twice', ['orders', 'returns', 'orders'], ['!orders', '!returns'], 0],
    ['ARNs in two accounts', [ARN, 'returns', ELSEWHERE, ARN], [`!${ARN}`, '!returns', `!${ELSEWHERE}`], 0],
    ['a name, then its ARN: the ARN in the first position', ['orders', 'returns', ARN], [`!${ARN}`, '!returns'], 1],
    ['a glob and an ARN of another account', ['ord*', ELSEWHERE], ['orders', `!${ELSEWHERE}`], 1],
    ['a name and an ARN of a stream that does not exist', ['gone', GONE], ['!gone', `!${GONE}`], 1]
  ])('are selected once each, and described only to compare ARNs: %s', async (_, entries, streams, describes) => {
    simulation.directory.add('kinesis', 'orders');
    expect(await simulation.selected(dataStreams(entries))).toEqual(streams);
    expect(simulation.directory.calls.filter((call) => call.startsWith('describe'))).toHaveLength(describes);
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
    expect(simulation.directory.calls).toEqual(['names kinesis', 'names kinesis 2', 'names kinesis 4']);
    const firehose = { kinds: ['firehose'], selectors: [selector('orders-*', 'firehose')], tags: [] } as const;
    expect(await simulation.selected(firehose)).toEqual(['orders-x']);
  });

  test('keep their position among the names, and a stream that is also named counts as named', async () => {
    const a = arnOf('kinesis', 'orders-a');
    const streams = ['!returns', 'orders-10', `!${a}`, '!orders-b', '!gone'];
    expect(await simulation.selected(dataStreams(['returns', 'orders-*', 'gone', 'orders-b', a]))).toEqual(streams);
  });

  test('that match no stream are logged if others match, and otherwise an error that states what was searched', async () => {
    expect(await simulation.selected(dataStreams(['payments-*', 'returns', '?']))).toEqual(['!returns']);
    const logged = (glob: string) => `${glob} matches no stream: searched 6 data streams`;
    expect(simulation.log).toEqual([logged('payments-*'), logged('?')]);
    const selectors = [selector('y*'), selector('y*', 'firehose')];
    await expect(simulation.select({ kinds: ['kinesis', 'firehose'], selectors, tags: [] })).rejects.toThrow(
      `No stream matches y*, y*: searched 6 data streams and 1 delivery stream in ${REGION}. Check stream-name, stream-kind, the region and the account of the credentials`
    );
  });
});

describe('a list of streams', () => {
  const LEADS_BACK = 'a page says that more streams follow, but the next page was read before';
  const IS_KNOWN = 'a page has only streams that an earlier page had';
  const page = (items: readonly string[], next: string | null) => ({ items, next });
  const timedOut = (message: string) => ({ name: 'TimedOut', message });

  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) simulation.directory.add('kinesis', name);
  });

  test.each<[string, (at: number) => Page<string>, string]>([
    ['leads back to an earlier one', (at) => page([`${at}`], at === 2 ? '1' : `${at + 1}`), LEADS_BACK],
    ['has only streams of earlier pages', (at) => page(['a'], at === 0 ? '1' : null), IS_KNOWN],
    ['after page is empty', (at) => page([], `${at + 1}`), 'more than 200 pages in a row are empty']
  ])('fails after five attempts if a page %s', async (_, pageAt, why) => {
    simulation.directory.names = async (_kind, next) => pageAt(Number(next));
    const message = `the list of streams in ${REGION} is not usable: ${why}`;
    await expect(simulation.select(dataStreams(['*']))).rejects.toThrow(message);
    expect(simulation.log).toHaveLength(4);
  });

  test.each([
    ['at once, if it is denied', [failsWith('denied', 'no')], { errorKind: 'denied', message: 'no' }, 0],
    ['at the deadline with the last error', repeated(100, slowDown), timedOut('slow down'), 60_000],
    ['at the deadline without an error that was resolved', [slowDown, () => undefined, hangs], timedOut(''), 60_000]
  ])('that cannot be read rejects %s', async (_, interceptors, error, endMs) => {
    simulation.directory.onNextCalls(...interceptors);
    const deadline = createDeadline(simulation.clock, 60_000, new AbortController().signal);
    deadline.start();
    await expect(simulation.select(dataStreams(['*']), deadline.signal)).rejects.toMatchObject(error);
    expect(simulation.clock.now()).toBe(endMs);
  });
});

test.each([
  ['a page', dataStreams(['*']), hangs],
  ['a describe call whose connection breaks', dataStreams(['gone'], SHOP), breaksWhenAborted]
])('a selection rejects when the run is cancelled during %s', async (_, selection, interceptor) => {
  simulation.directory.onDescribe('gone', interceptor);
  if (selection.tags.length === 0) simulation.directory.onNextCalls(interceptor);
  const cancel = new AbortController();
  simulation.clock.at(100, () => cancel.abort(new Cancelled()));
  await expect(simulation.select(selection, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
});

async function breaksWhenAborted(signal: AbortSignal): Promise<void> {
  await hangs(signal).catch(failsWith('unanswered', 'no answer'));
}

describe('tags', () => {
  const STAGE: Tag = { key: 'stage', value: null };
  const leftOut = (name: string) => `kinesis ${name}: left out, because it is not tagged team=shop`;

  beforeEach(() => {
    simulation.directory.add('firehose', 'clicks', { team: 'shop' });
    simulation.directory.add('kinesis', 'returns', { team: 'web' });
    simulation.directory.add('kinesis', 'plain');
    simulation.directory.add('firehose', 'audit', { team: 'shop' });
    simulation.directory.add('kinesis', 'orders', { team: 'shop', stage: 'prod' });
  });

  test('alone select all streams that have them, data streams first and each kind by name, without a list of names', async () => {
    const all = [ARN, arnOf('firehose', 'audit'), arnOf('firehose', 'clicks')];
    expect(await simulation.selected(byTags(['firehose', 'kinesis'], SHOP))).toEqual(all);
    expect(simulation.directory.calls).toEqual(['tagged firehose+kinesis', 'tagged firehose+kinesis 2']);
    expect(await simulation.selected(byTags(['firehose', 'kinesis'], SHOP, STAGE))).toEqual([ARN]);
    expect(simulation.log).toEqual([]);
  });

  test('that no stream has are an error that states what was searched', async () => {
    await expect(
      simulation.select(byTags(['kinesis', 'firehose'], { key: 'team', value: 'x' }, STAGE))
    ).rejects.toThrow(
      `No stream is tagged team=x, stage (any value): there is no data stream or delivery stream with these tags in ${REGION}. Check stream-tags, the region and the account of the credentials`
    );
  });

  test('narrow globs: only streams with the tags are listed', async () => {
    expect(await simulation.selected(dataStreams(['returns*', 'o*'], SHOP))).toEqual([ARN]);
    expect(simulation.directory.calls).toEqual(['tagged kinesis']);
    expect(simulation.log).toEqual(['returns* matches no stream: searched 1 data stream with these tags']);
    await expect(simulation.select(dataStreams(['returns*'], SHOP))).rejects.toMatchObject({
      name: 'EmptySelection',
      message: `No stream matches returns* and is tagged team=shop: searched 1 data stream with these tags in ${REGION}. Check stream-name, stream-kind, stream-tags, the region and the account of the credentials`
    });
  });

  test('leave out and log a named stream without them, and describe each stream once', async () => {
    expect(await simulation.selected(dataStreams(['plain', 'orders', 'returns', 'plain'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual([leftOut('plain'), leftOut('returns')]);
    const described = ['plain', 'orders', 'returns'].map((name) => `describe kinesis ${name}`);
    expect(simulation.directory.calls).toEqual(['tagged kinesis', ...described]);
  });

  test('are not known after a defect in a describe call, which ends the selection', async () => {
    simulation.directory.onDescribe('plain', () => {
      throw new TypeError('defect');
    });
    await expect(simulation.select(dataStreams(['plain', 'orders'], SHOP))).rejects.toThrow(TypeError);
  });

  test('are compared with five named streams at a time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `orders-${index}`);
    for (const name of names) simulation.directory.add('kinesis', name, { team: 'shop' });
    expect(await simulation.selected(dataStreams(names, SHOP))).toEqual(names.map((name) => `!${name}`));
    expect(simulation.directory.maxConcurrentDescribes).toBe(5);
  });

  test('distinguish streams of one name in two accounts by their ARNs, but not by their partitions', async () => {
    for (const name of ['plain', 'orders']) {
      simulation.directory.addElsewhere('kinesis', name, OTHER_ACCOUNT, { team: 'shop' });
    }
    expect(await simulation.selected(dataStreams(['plain', 'orders'], SHOP))).toEqual(['!orders']);
    expect(simulation.log).toEqual([leftOut('plain')]);
    expect(await simulation.selected(dataStreams(['o*'], SHOP))).toEqual([ARN, ELSEWHERE]);
    const inGovCloud = ARN.replace('arn:aws:', 'arn:aws-us-gov:');
    expect(await simulation.selected(dataStreams(['orders', inGovCloud], SHOP))).toEqual([`!${inGovCloud}`]);
  });

  test.each([
    ['does not exist', 'gone', 'there is no gone'],
    ['cannot be described', 'plain', 'no'],
    ['has another ARN than the service reports', ELSEWHERE, expect.stringContaining('use credentials of account')]
  ])('refuse a named stream that %s, in its position', async (_, text, refusal) => {
    simulation.directory.onDescribe('plain', failsWith('denied', 'no'));
    const streams = await simulation.select(dataStreams([text, 'orders'], SHOP));
    expect(streams.map((one) => [one.stream.arn ?? one.stream.name, one.refusal])).toEqual([
      [text, refusal],
      ['orders', undefined]
    ]);
    expect(simulation.log).toEqual([]);
  });
});
