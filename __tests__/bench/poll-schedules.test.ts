import { expect, test } from '@jest/globals';
import {
  botocoreWaiter,
  everyFiveSeconds,
  javaScriptWaiter,
  type Schedule,
  terraformFirehose,
  terraformKinesis
} from '../../bench/poll-schedules.ts';

/** The moments of the first looks, in seconds. */
function firstLooks(schedule: Schedule, random = 0.5): number[] {
  return Array.from(
    firstOf(
      schedule(() => random),
      7
    ),
    (ms) => ms / 1_000
  );
}

function* firstOf<T>(items: Iterable<T>, count: number): Generator<T> {
  let nth = 0;
  for (const item of items) {
    if (nth++ === count) return;
    yield item;
  }
}

test.each<[string, Schedule, number[]]>([
  ['a loop looks at once, then every five seconds', everyFiveSeconds, [0, 5, 10, 15, 20, 25, 30]],
  ["botocore's waiter looks at once, then every ten seconds", botocoreWaiter, [0, 10, 20, 30, 40, 50, 60]],
  ['Terraform looks at a data stream after 10, 3, 6 and 10 seconds', terraformKinesis, [10, 13, 19, 29, 39, 49, 59]],
  [
    'Terraform looks at a delivery stream at once, then after pauses that double up to 10 seconds',
    terraformFirehose,
    [0, 0.2, 0.6, 1.4, 3, 6.2, 12.6]
  ]
])('%s', (_says, schedule, looks) => {
  expect(firstLooks(schedule)).toEqual(looks);
});

test("botocore's waiter gives up after 18 looks", () => {
  expect([...botocoreWaiter()]).toHaveLength(18);
});

test.each([
  [0, [0, 10, 20, 30, 40, 160, 280]],
  [1, [0, 10, 30, 70, 150, 270, 390]]
])(
  "the JavaScript SDK's waiter pauses ten seconds to twice as long each time, up to 120 (random %d)",
  (random, looks) => {
    expect(firstLooks(javaScriptWaiter, random)).toEqual(looks);
  }
);
