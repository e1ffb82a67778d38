import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Choice, Chosen, Selection, StreamKind, Tag } from '../../src/encryption/model.ts';
import { EmptySelection, select } from '../../src/encryption/select.ts';
import { Cancelled, ServiceError, TimedOut } from '../../src/encryption/services.ts';
import { startDeadline } from '../../src/encryption/timing.ts';
import { OTHER_ACCOUNT, REGION } from '../support/account.ts';
import { arnOf, SimulatedDirectory } from '../support/simulated-directory.ts';
import { hangs, refuses } from '../support/simulated-stream.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };
const ELSEWHERE = arnOf('kinesis', 'orders', OTHER_ACCOUNT);

let clock: VirtualClock;
let directory: SimulatedDirectory;
let log: string[];

beforeEach(() => {
  clock = new VirtualClock();
  directory = new SimulatedDirectory();
  log = [];
});

/** One entry as the inputs read it: a glob where there is a wildcard in it, else an ARN or a name. */
function entry(text: string, kind: StreamKind = 'kinesis'): Choice {
  if (/[*?]/.test(text)) return { by: 'glob', kind, glob: text };
  if (!text.startsWith('arn:')) return { by: 'name', stream: { kind, name: text, arn: null } };
  return { by: 'name', stream: { kind, name: text.replace(/.*\//, ''), arn: text } };
}

/** The entries for data streams, and tags for them. */
function of(entries: readonly string[], tags: readonly Tag[] = []): Selection {
  return { kinds: ['kinesis'], choices: entries.map((text) => entry(text)), tags };
}

function byTags(kinds: readonly StreamKind[], ...tags: Tag[]): Selection {
  return { kinds, choices: [], tags };
}

function carryOut(selection: Selection, signal = new AbortController().signal): Promise<Chosen[]> {
  const tools = {
    region: REGION,
    directory,
    look: directory.look.bind(directory),
    clock,
    random: () => 0.5,
    log: (line: string) => log.push(line),
    signal
  };
  return clock.finish(select(selection, tools));
}

/** Each stream as it was chosen: `!` where it was named, its ARN where that is known. */
async function chosen(selection: Selection): Promise<string[]> {
  return (await carryOut(selection)).map(({ stream, named }) => `${named ? '!' : ''}${stream.arn ?? stream.name}`);
}

describe('names and ARNs', () => {
  test('are taken as they are, in their order, and nothing is asked for them', async () => {
    const clicks = entry(arnOf('firehose', 'clicks'), 'firehose');
    const choices = [entry('returns'), entry('orders'), clicks];

    expect(await carryOut({ kinds: ['kinesis', 'firehose'], choices, tags: [] })).toEqual([
      { stream: { kind: 'kinesis', name: 'returns', arn: null }, named: true },
      { stream: { kind: 'kinesis', name: 'orders', arn: null }, named: true },
      { stream: { kind: 'firehose', name: 'clicks', arn: arnOf('firehose', 'clicks') }, named: true }
    ]);
    expect(directory.calls).toEqual([]);
  });

  test.each([
    ['twice the same name', ['orders', 'returns', 'orders'], ['!orders', '!returns']],
    [
      'two ARNs of one name in two accounts, which are two streams',
      [arnOf('kinesis', 'orders'), 'returns', ELSEWHERE, arnOf('kinesis', 'orders')],
      [`!${arnOf('kinesis', 'orders')}`, '!returns', `!${ELSEWHERE}`]
    ]
  ])('are one stream each: %s', async (_what, entries, streams) => {
    expect(await chosen(of(entries))).toEqual(streams);
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
      directory.add('kinesis', 'orders');
      expect(await chosen(of(entries))).toEqual(streams);
      expect(directory.calls.filter((call) => call.startsWith('look'))).toEqual(['look kinesis orders']);
    });

    test('stay two where no look can tell', async () => {
      expect(await chosen(of(['orders', ARN]))).toEqual(['!orders', `!${ARN}`]);
    });
  });

  test('are two streams where one name is of both kinds', async () => {
    const choices = [entry('orders'), entry('orders', 'firehose')];

    expect(await chosen({ kinds: ['kinesis', 'firehose'], choices, tags: [] })).toEqual(['!orders', '!orders']);
  });
});

test('neither names nor tags choose nothing, least of all everything', async () => {
  directory.add('kinesis', 'orders', { team: 'shop' });

  await expect(carryOut(byTags(['kinesis']))).rejects.toBeInstanceOf(EmptySelection);
  expect(directory.calls).toEqual([]);
});

describe('globs', () => {
  beforeEach(() => {
    for (const name of ['orders-b', 'returns', 'orders-a', 'Orders-c', 'orders', 'orders-10']) {
      directory.add('kinesis', name);
    }
    directory.add('firehose', 'orders-x');
  });

  test.each([
    ['orders-*', ['orders-10', 'orders-a', 'orders-b']],
    ['orders-?', ['orders-a', 'orders-b']],
    ['?rders', ['orders']],
    ['*r*s', ['orders', 'returns']],
    ['*', ['Orders-c', 'orders', 'orders-10', 'orders-a', 'orders-b', 'returns']]
  ])('%s stands for %j, in the order of the names', async (glob, names) => {
    expect(await chosen(of([glob]))).toEqual(names);
  });

  test('are of one kind', async () => {
    const choices = [entry('orders-*', 'firehose')];

    expect(await chosen({ kinds: ['firehose'], choices, tags: [] })).toEqual(['orders-x']);
    expect(directory.calls).toEqual(['names firehose']);
  });

  test('keep their place among the names; a stream that is named too is one that is named', async () => {
    const entries = ['returns', 'orders-*', 'gone', 'orders-b', arnOf('kinesis', 'orders-a')];

    expect(await chosen(of(entries))).toEqual([
      '!returns',
      'orders-10',
      `!${arnOf('kinesis', 'orders-a')}`,
      '!orders-b',
      '!gone'
    ]);
  });

  test('list a kind once, to its last page', async () => {
    await carryOut(of(['orders-*', 'ret*', 'orders-?']));

    expect(directory.calls).toEqual(['names kinesis', 'names kinesis 2', 'names kinesis 4']);
  });

  test('that match nothing while others do show in the log', async () => {
    expect(await chosen(of(['payments-*', 'returns', '?', 'orders-?']))).toEqual(['!returns', 'orders-a', 'orders-b']);
    expect(log).toEqual([
      'payments-* matches no stream: looked through 6 data streams',
      '? matches no stream: looked through 6 data streams'
    ]);
  });

  test('that match nothing at all are an error that says what was looked through', async () => {
    await expect(carryOut(of(['payments-*', 'x?']))).rejects.toThrow(
      new EmptySelection(
        `No stream matches payments-*, x?: looked through 6 data streams in ${REGION}. See that the region and the credentials' account are right`
      )
    );
    const choices = [entry('y*'), entry('y*', 'firehose')];
    await expect(carryOut({ kinds: ['kinesis', 'firehose'], choices, tags: [] })).rejects.toThrow(
      `: looked through 6 data streams and 1 delivery stream in ${REGION}.`
    );
  });

  test('over nothing are an error that says so', async () => {
    directory = new SimulatedDirectory();

    const error = await carryOut(of(['*'])).catch((cause: unknown) => cause);

    expect(error).toBeInstanceOf(EmptySelection);
    expect(error).toHaveProperty('message', expect.stringContaining(`: there is no data stream in ${REGION}. See`));
  });
});

describe('tags alone', () => {
  const stage: Tag = { key: 'stage', value: null };

  beforeEach(() => {
    directory.add('firehose', 'clicks', { team: 'shop' });
    directory.add('kinesis', 'returns', { team: 'shop', stage: 'test' });
    directory.add('kinesis', 'plain');
    directory.add('firehose', 'audit', { team: 'shop', stage: 'prod' });
    directory.add('kinesis', 'orders', { team: 'shop', stage: 'prod' });
    directory.add('kinesis', 'web', { team: 'web', stage: 'prod' });
  });

  test('choose all streams that have them: data streams first, each kind by name', async () => {
    const found = ['orders', 'returns'];

    expect(await chosen(byTags(['firehose', 'kinesis'], SHOP))).toEqual([...found, 'audit', 'clicks']);
    expect(await chosen(byTags(['kinesis'], SHOP, stage))).toEqual(found);
  });

  test('list nothing but what has them', async () => {
    await carryOut(byTags(['kinesis', 'firehose'], SHOP));

    expect(directory.calls).toEqual(['tagged kinesis+firehose', 'tagged kinesis+firehose 2']);
    expect(log).toEqual([]);
  });

  test('that nothing has are an error that says what was looked through', async () => {
    await expect(carryOut(byTags(['kinesis', 'firehose'], { key: 'team', value: 'x' }, stage))).rejects.toThrow(
      new EmptySelection(
        `No stream is tagged team=x, stage (any value): there is no data stream or delivery stream so tagged in ${REGION}. See that the region and the credentials' account are right`
      )
    );
  });
});

describe('tags and globs', () => {
  beforeEach(() => {
    directory.add('kinesis', 'orders-b', { team: 'shop' });
    directory.add('kinesis', 'orders-a', { team: 'shop' });
    directory.add('kinesis', 'orders-c', { team: 'web' });
    directory.add('kinesis', 'returns', { team: 'shop' });
    directory.add('firehose', 'orders-d', { team: 'shop' });
  });

  test('choose what both match, and nothing else is listed', async () => {
    expect(await chosen(of(['orders-*'], [SHOP]))).toEqual(['orders-a', 'orders-b']);
    expect(directory.calls).toEqual(['tagged kinesis', 'tagged kinesis 2']);
  });

  test('that together match nothing are an error', async () => {
    await expect(carryOut(of(['payments-*'], [SHOP]))).rejects.toThrow(
      `No stream matches payments-* and is tagged team=shop: looked through 3 data streams so tagged in ${REGION}.`
    );
  });

  test('tell in the log of a glob that matches nothing', async () => {
    await carryOut(of(['payments-*', 'returns*'], [SHOP]));

    expect(log).toEqual(['payments-* matches no stream: looked through 3 data streams so tagged']);
  });
});

describe('tags and names', () => {
  beforeEach(() => {
    directory.add('kinesis', 'orders', { team: 'shop' });
    directory.add('kinesis', 'returns', { team: 'web' });
    directory.add('kinesis', 'plain');
  });

  test('leave out a stream that is there without the tags, and say so', async () => {
    expect(await chosen(of(['plain', 'orders', 'returns'], [SHOP]))).toEqual(['!orders']);
    expect(log).toEqual([
      'kinesis plain: left out, as it is not tagged team=shop',
      'kinesis returns: left out, as it is not tagged team=shop'
    ]);
  });

  test('look at none that has the tags', async () => {
    expect(await chosen(of(['orders', arnOf('kinesis', 'orders')], [SHOP]))).toEqual([
      `!${arnOf('kinesis', 'orders')}`
    ]);
    expect(directory.calls).toEqual(['tagged kinesis']);
  });

  test('look once at one that is named twice', async () => {
    await carryOut(of(['plain', 'orders', 'plain'], [SHOP]));

    expect(directory.calls.filter((call) => call.startsWith('look'))).toEqual(['look kinesis plain']);
  });

  test('refuse a stream that does not exist, in its place', async () => {
    expect(await carryOut(of(['gone', 'orders', 'plain'], [SHOP]))).toMatchObject([
      { stream: { name: 'gone' }, refusal: 'there is no gone' },
      { stream: { name: 'orders' } }
    ]);
    expect(log).toEqual(['kinesis plain: left out, as it is not tagged team=shop']);
  });

  test('refuse a stream whose ARN is not the one that is there', async () => {
    expect(await carryOut(of([ELSEWHERE], [SHOP]))).toMatchObject([
      { stream: { arn: ELSEWHERE }, refusal: expect.stringContaining('use credentials of account') }
    ]);
    expect(directory.calls).toContain('look kinesis orders');
    expect(log).toEqual([]);
  });

  test.each(['denied', 'refused'] as const)('refuse a stream that cannot be seen: %s', async (trouble) => {
    directory.onLook('plain', refuses(trouble, 'no'));

    expect(await carryOut(of(['plain'], [SHOP]))).toMatchObject([{ stream: { name: 'plain' }, refusal: 'no' }]);
  });

  test('look again where no answer came', async () => {
    let looks = 0;
    directory.onLook('plain', () => {
      looks += 1;
      if (looks < 3) throw new ServiceError('throttled', 'slow down');
    });

    expect(await chosen(of(['plain', 'orders'], [SHOP]))).toEqual(['!orders']);
    expect(log.slice(0, 2)).toEqual(['slow down; trying again', 'slow down; trying again']);
  });

  test('end with a defect', async () => {
    directory.onLook('plain', () => {
      throw new TypeError('a defect');
    });

    await expect(carryOut(of(['plain'], [SHOP]))).rejects.toThrow('a defect');
  });

  test('look at a few side by side', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `plain-${index}`);
    for (const name of names) {
      directory.add('kinesis', name);
      directory.onLook(name, (signal) => clock.sleep(1_000, signal));
    }

    expect(await chosen(of([...names, 'orders'], [SHOP]))).toEqual(['!orders']);
    expect(directory.mostLooks).toBe(5);
    expect(clock.now()).toBe(5_000);
  });

  test('that leave nothing are an error', async () => {
    await expect(carryOut(of(['plain', 'returns'], [SHOP]))).rejects.toThrow(
      `No stream matches plain, returns and is tagged team=shop: looked through 1 data stream so tagged in ${REGION}.`
    );
    expect(log).toHaveLength(2);
  });
});

describe('a list that is not to be had', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) directory.add('kinesis', name, { team: 'shop' });
  });

  test('is asked for again, page by page, while the trouble passes', async () => {
    directory.nextCalls(refuses('throttled'), () => undefined, refuses('unanswered', 'no answer'));

    expect(await chosen(of(['*']))).toEqual(['a', 'b', 'c']);
    expect(directory.calls).toEqual(['names kinesis', 'names kinesis', 'names kinesis 2', 'names kinesis 2']);
    expect(log).toEqual(['throttled; trying again', 'no answer; trying again']);
  });

  test.each([
    ['names', of(['*'])],
    ['tags', byTags(['kinesis'], SHOP)]
  ])('ends it where the trouble does not pass: %s', async (_what, selection) => {
    directory.nextCalls(refuses('denied', 'Grant it'));

    await expect(carryOut(selection)).rejects.toThrow(new ServiceError('denied', 'Grant it'));
    expect(log).toEqual([]);
  });

  test('ends with the deadline, in the pause before a try too', async () => {
    directory.nextCalls(...Array.from({ length: 100 }, () => refuses('throttled', 'slow down')));
    const deadline = startDeadline(clock, 60_000, new AbortController().signal);

    const ended = carryOut(of(['*']), deadline.signal);
    await expect(ended).rejects.toBeInstanceOf(TimedOut);
    await expect(ended).rejects.toThrow('slow down');
    expect(clock.now()).toBe(60_000);
  });

  test.each([
    ['a page', of(['*']), () => directory.nextCalls(hangs)],
    ['a look', of(['gone'], [SHOP]), () => directory.onLook('gone', hangs)]
  ])('ends when the run is cancelled: %s', async (_what, selection, hang) => {
    hang();
    const cancel = new AbortController();
    clock.at(1_000, () => cancel.abort(new Cancelled()));

    await expect(carryOut(selection, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
  });
});
