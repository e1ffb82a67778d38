import { expect, test } from '@jest/globals';
import { dataStreams, SelectionSimulation } from '../../support/selection-simulation.ts';

test('globs match against a page of 200,000 names', async () => {
  const simulation = new SelectionSimulation();
  const items = Array.from({ length: 200_000 }, (_, index) => `stream-${index}`);
  simulation.directory.names = async () => ({ items, next: null });

  expect(await simulation.selected(dataStreams(['stream-19999?']))).toHaveLength(10);
});
