import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDeadline } from '../../../src/encryption/deadline.ts';
import type { Tag } from '../../../src/encryption/model.ts';
import { Cancelled, ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { byTags, dataStreams, SelectionSimulation } from '../../support/selection-simulation.ts';
import { failsWith, hangs, repeated } from '../../support/simulated-stream.ts';

const SHOP: Tag = { key: 'team', value: 'shop' };

let simulation: SelectionSimulation;

beforeEach(() => {
  simulation = new SelectionSimulation();
});

describe('a list that cannot be read', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) simulation.directory.add('kinesis', name, { team: 'shop' });
  });

  test('is retried page by page after transient errors', async () => {
    simulation.directory.onNextCalls(failsWith('throttled'), () => undefined, failsWith('unanswered', 'no answer'));

    expect(await simulation.selected(dataStreams(['*']))).toEqual(['a', 'b', 'c']);
    expect(simulation.directory.calls).toEqual([
      'names kinesis',
      'names kinesis',
      'names kinesis 2',
      'names kinesis 2'
    ]);
    expect(simulation.log).toEqual(['throttled; retrying', 'no answer; retrying']);
  });

  test.each([
    ['names', dataStreams(['*'])],
    ['tags', byTags(['kinesis'], SHOP)]
  ])('rejects with an error that is not transient: %s', async (_, selection) => {
    simulation.directory.onNextCalls(failsWith('denied', 'Grant it'));

    await expect(simulation.select(selection)).rejects.toThrow(new ServiceError('denied', 'Grant it'));
    expect(simulation.log).toEqual([]);
  });

  test('rejects at the deadline, even during a delay before a retry', async () => {
    simulation.directory.onNextCalls(...repeated(100, failsWith('throttled', 'slow down')));
    const deadline = createDeadline(simulation.clock, 60_000, new AbortController().signal);
    deadline.start();

    const ended = simulation.select(dataStreams(['*']), deadline.signal);
    await expect(ended).rejects.toBeInstanceOf(TimedOut);
    await expect(ended).rejects.toThrow('slow down');
    expect(simulation.clock.now()).toBe(60_000);
  });

  test('rejects at the deadline without an error that a retry resolved', async () => {
    simulation.directory.onNextCalls(failsWith('throttled', 'slow down'), () => undefined, hangs);
    const deadline = createDeadline(simulation.clock, 60_000, new AbortController().signal);
    deadline.start();

    await expect(simulation.select(dataStreams(['*']), deadline.signal)).rejects.toEqual(new TimedOut(''));
  });

  test.each([
    ['a page', dataStreams(['*']), () => simulation.directory.onNextCalls(hangs)],
    ['a describe call', dataStreams(['gone'], SHOP), () => simulation.directory.onDescribe('gone', hangs)]
  ])('rejects when the run is cancelled: %s', async (_, selection, hang) => {
    hang();
    const cancel = new AbortController();
    simulation.clock.at(1_000, () => cancel.abort(new Cancelled()));

    await expect(simulation.select(selection, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
  });
});
