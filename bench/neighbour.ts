/** Another caller of the account, who takes half of every rate all the time. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Kind, NEIGHBOUR } from './account.ts';

interface Habit {
  readonly target: string;
  readonly input: object;
  /** Half of what AWS allows. */
  readonly callsASecond: number;
}

/** What the neighbour asks about. There is no such stream, but a call counts before it is looked at. */
const STREAM = 'neighbours-own';
const HABITS: Readonly<Record<Kind, readonly Habit[]>> = {
  kinesis: [
    { target: 'Kinesis_20131202.DescribeStreamSummary', input: { StreamName: STREAM }, callsASecond: 10 },
    { target: 'Kinesis_20131202.ListStreams', input: {}, callsASecond: 2.5 },
    {
      target: 'Kinesis_20131202.StartStreamEncryption',
      input: { StreamName: STREAM, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      callsASecond: 2.5
    }
  ],
  firehose: [
    { target: 'Firehose_20150804.DescribeDeliveryStream', input: { DeliveryStreamName: STREAM }, callsASecond: 2.5 },
    { target: 'Firehose_20150804.ListDeliveryStreams', input: {}, callsASecond: 2.5 },
    {
      target: 'Firehose_20150804.StartDeliveryStreamEncryption',
      input: { DeliveryStreamName: STREAM },
      callsASecond: 2.5
    }
  ]
};

/** Calls evenly, whatever is answered, until it is disposed of. A call that falls behind is made up for. */
export function moveIn(kind: Kind, endpoint: string, speed: number): AsyncDisposable {
  const leaving = new AbortController();
  const habits = Promise.all(HABITS[kind].map((habit) => keepUp(habit, endpoint, speed, leaving.signal)));
  return {
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await habits;
    }
  };
}

async function keepUp(
  { target, input, callsASecond }: Habit,
  endpoint: string,
  speed: number,
  leaving: AbortSignal
): Promise<void> {
  const pauseMs = 1_000 / (callsASecond * speed);
  const init = {
    method: 'POST',
    headers: { 'x-amz-target': target, 'user-agent': NEIGHBOUR, authorization: 'of no account' },
    body: JSON.stringify(input),
    signal: leaving
  };
  const beganMs = performance.now();
  try {
    for (let call = 1; ; call++) {
      const response = await fetch(endpoint, init);
      await response.arrayBuffer();
      await sleep(Math.max(0, beganMs + call * pauseMs - performance.now()), undefined, { signal: leaving });
    }
  } catch (error) {
    if (!leaving.aborted) throw error;
  }
}
