import { expect, test } from '@jest/globals';
import * as schedules from '../../bench/poll-schedules.ts';

test.each<[string, schedules.Schedule, number, number[]]>([
  ['a shell loop', schedules.everyFiveSeconds, 0, [0, 5, 10, 15, 20, 25, 30]],
  ["botocore's waiter", schedules.botocoreWaiter, 0, [0, 10, 20, 30, 40, 50, 60]],
  ["the JavaScript SDK's waiter at its fastest", schedules.javaScriptWaiter, 0, [0, 10, 20, 30, 40, 160, 280]],
  ["the JavaScript SDK's waiter at its slowest", schedules.javaScriptWaiter, 1, [0, 10, 30, 70, 150, 270, 390]],
  ['Terraform, for a data stream,', schedules.terraformKinesis, 0, [10, 13, 19, 29, 39, 49, 59]],
  ['Terraform, for a delivery stream,', schedules.terraformFirehose, 0, [0, 0.2, 0.6, 1.4, 3, 6.2, 12.6]]
])('%s polls as documented', (_name, schedule, random, seconds) => {
  const polls = schedule(() => random)[Symbol.iterator]();
  expect(seconds.map(() => polls.next().value / 1_000)).toEqual(seconds);
});
