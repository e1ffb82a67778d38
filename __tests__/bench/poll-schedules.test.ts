import { expect, test } from '@jest/globals';
import * as schedules from '../../bench/poll-schedules.ts';

/** The times of the first seven polls, in seconds. */
function firstPolls(schedule: schedules.Schedule, random = 0.5): number[] {
  const seconds: number[] = [];
  for (const ms of schedule(() => random)) {
    if (seconds.push(ms / 1_000) === 7) break;
  }
  return seconds;
}

test.each<[string, schedules.Schedule, number[]]>([
  ['a shell loop', schedules.everyFiveSeconds, [0, 5, 10, 15, 20, 25, 30]],
  ["botocore's waiter", schedules.botocoreWaiter, [0, 10, 20, 30, 40, 50, 60]],
  ['Terraform, for a data stream,', schedules.terraformKinesis, [10, 13, 19, 29, 39, 49, 59]],
  ['Terraform, for a delivery stream,', schedules.terraformFirehose, [0, 0.2, 0.6, 1.4, 3, 6.2, 12.6]]
])('%s polls as documented', (_name, schedule, polls) => {
  expect(firstPolls(schedule)).toEqual(polls);
});

test("botocore's waiter gives up after 18 polls", () => {
  expect([...schedules.botocoreWaiter()]).toHaveLength(18);
});

test("the JavaScript SDK's waiter doubles its maximum interval from 10 to 120 seconds", () => {
  expect(firstPolls(schedules.javaScriptWaiter, 0)).toEqual([0, 10, 20, 30, 40, 160, 280]);
  expect(firstPolls(schedules.javaScriptWaiter, 1)).toEqual([0, 10, 30, 70, 150, 270, 390]);
});
