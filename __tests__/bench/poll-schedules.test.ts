import { expect, test } from '@jest/globals';
import {
  botocoreWaiter,
  everyFiveSeconds,
  javaScriptWaiter,
  type Schedule,
  terraformFirehose,
  terraformKinesis
} from '../../bench/poll-schedules.ts';

/** The times of the first seven polls, in seconds. */
function firstPolls(schedule: Schedule, random = 0.5): number[] {
  const seconds: number[] = [];
  for (const ms of schedule(() => random)) {
    if (seconds.push(ms / 1_000) === 7) break;
  }
  return seconds;
}

test.each<[string, Schedule, number[]]>([
  ['a shell loop polls at once, then every five seconds', everyFiveSeconds, [0, 5, 10, 15, 20, 25, 30]],
  ["botocore's waiter polls at once, then every ten seconds", botocoreWaiter, [0, 10, 20, 30, 40, 50, 60]],
  ['Terraform polls a data stream after 10, 3, 6 and 10 seconds', terraformKinesis, [10, 13, 19, 29, 39, 49, 59]],
  [
    'Terraform polls a delivery stream at once, then after intervals that double up to 10 seconds',
    terraformFirehose,
    [0, 0.2, 0.6, 1.4, 3, 6.2, 12.6]
  ]
])('%s', (_title, schedule, polls) => {
  expect(firstPolls(schedule)).toEqual(polls);
});

test("botocore's waiter gives up after 18 polls", () => {
  expect([...botocoreWaiter()]).toHaveLength(18);
});

test.each([
  [0, [0, 10, 20, 30, 40, 160, 280]],
  [1, [0, 10, 30, 70, 150, 270, 390]]
])("the JavaScript SDK's waiter doubles its maximum interval from 10 to 120 seconds (random %d)", (random, polls) => {
  expect(firstPolls(javaScriptWaiter, random)).toEqual(polls);
});
