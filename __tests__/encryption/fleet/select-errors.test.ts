import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import type { Tag } from '../../../src/encryption/model.ts';
import { Cancelled, ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { byTags, dataStreams, SelectionScene } from '../../support/selection-scene.ts';
import { hangs, refuses, times } from '../../support/simulated-stream.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };

let here: SelectionScene;

beforeEach(() => {
  here = new SelectionScene();
});

describe('a list that is not to be had', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) here.directory.add('kinesis', name, { team: 'shop' });
  });

  test('is asked for again, page by page, while the trouble passes', async () => {
    here.directory.nextCalls(refuses('throttled'), () => undefined, refuses('unanswered', 'no answer'));

    expect(await here.chosen(dataStreams(['*']))).toEqual(['a', 'b', 'c']);
    expect(here.directory.calls).toEqual(['names kinesis', 'names kinesis', 'names kinesis 2', 'names kinesis 2']);
    expect(here.log).toEqual(['throttled; retrying', 'no answer; retrying']);
  });

  test.each([
    ['names', dataStreams(['*'])],
    ['tags', byTags(['kinesis'], SHOP)]
  ])('ends it where the errorKind does not pass: %s', async (_what, selection) => {
    here.directory.nextCalls(refuses('denied', 'Grant it'));

    await expect(here.select(selection)).rejects.toThrow(new ServiceError('denied', 'Grant it'));
    expect(here.log).toEqual([]);
  });

  test('ends with the deadline, in the pause before a try too', async () => {
    here.directory.nextCalls(...times(100, refuses('throttled', 'slow down')));
    const deadline = createDeadline(here.clock, 60_000, new AbortController().signal);
    deadline.start();

    const ended = here.select(dataStreams(['*']), deadline.signal);
    await expect(ended).rejects.toBeInstanceOf(TimedOut);
    await expect(ended).rejects.toThrow('slow down');
    expect(here.clock.now()).toBe(60_000);
  });

  test('that hangs to the deadline is not blamed on a trouble that has passed', async () => {
    here.directory.nextCalls(refuses('throttled', 'slow down'), () => undefined, hangs);
    const deadline = createDeadline(here.clock, 60_000, new AbortController().signal);
    deadline.start();

    await expect(here.select(dataStreams(['*']), deadline.signal)).rejects.toEqual(new TimedOut(''));
  });

  test.each([
    ['a page', dataStreams(['*']), () => here.directory.nextCalls(hangs)],
    ['a look', dataStreams(['gone'], SHOP), () => here.directory.onLook('gone', hangs)]
  ])('ends when the run is cancelled: %s', async (_what, selection, hang) => {
    hang();
    const cancel = new AbortController();
    here.clock.at(1_000, () => cancel.abort(new Cancelled()));

    await expect(here.select(selection, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
  });
});
