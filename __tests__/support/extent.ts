/** How much of the exhaustive campaigns runs: all of it with `npm run campaign`, a sample with `npm test`. */

/** Set by jest.campaign.config.js. */
export const IS_EXHAUSTIVE = process.env.TEST_EXTENT === 'exhaustive';

/** One case of each group, at a position that moves on from group to group; all cases if the run is exhaustive. */
export function sample<Case>(cases: readonly Case[], groupOf: (one: Case) => string): readonly Case[] {
  if (IS_EXHAUSTIVE) return cases;
  const groups = [...Map.groupBy(cases, groupOf).values()];
  return groups.flatMap((group, index) => group.slice(index % group.length).slice(0, 1));
}
