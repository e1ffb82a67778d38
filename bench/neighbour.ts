/** Another caller in the same account, which uses half of every rate all the time. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Kind, NEIGHBOUR } from './account.ts';

interface Call {
  readonly target: string;
  readonly input: object;
  /** Half of what AWS allows. */
  readonly perSecond: number;
}

/** There is no such stream; the calls count towards the rates all the same. */
const STREAM = 'stream-of-the-neighbour';
const CALLS: Readonly<Record<Kind, readonly Call[]>> = {
  kinesis: [
    { target: 'Kinesis_20131202.DescribeStreamSummary', input: { StreamName: STREAM }, perSecond: 10 },
    { target: 'Kinesis_20131202.ListStreams', input: {}, perSecond: 2.5 },
    {
      target: 'Kinesis_20131202.StartStreamEncryption',
      input: { StreamName: STREAM, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      perSecond: 2.5
    }
  ],
  firehose: [
    { target: 'Firehose_20150804.DescribeDeliveryStream', input: { DeliveryStreamName: STREAM }, perSecond: 2.5 },
    { target: 'Firehose_20150804.ListDeliveryStreams', input: {}, perSecond: 2.5 },
    {
      target: 'Firehose_20150804.StartDeliveryStreamEncryption',
      input: { DeliveryStreamName: STREAM },
      perSecond: 2.5
    }
  ]
};

/** Calls at even intervals, regardless of the answers, until it is disposed of. */
export function startNeighbour(kind: Kind, endpoint: string, speed: number): AsyncDisposable {
  const stopping = new AbortController();
  const calls = Promise.all(CALLS[kind].map((call) => repeat(call, endpoint, speed, stopping.signal)));
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await calls;
    }
  };
}

/** Makes up for calls that were delayed, so that the rate stays the same. */
async function repeat(
  { target, input, perSecond }: Call,
  endpoint: string,
  speed: number,
  stopping: AbortSignal
): Promise<void> {
  const intervalMs = 1_000 / (perSecond * speed);
  const init = {
    method: 'POST',
    headers: { 'x-amz-target': target, 'user-agent': NEIGHBOUR, authorization: 'none' },
    body: JSON.stringify(input),
    signal: stopping
  };
  const startedMs = performance.now();
  try {
    for (let calls = 1; ; calls++) {
      const response = await fetch(endpoint, init);
      await response.arrayBuffer();
      await sleep(Math.max(0, startedMs + calls * intervalMs - performance.now()), undefined, { signal: stopping });
    }
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}
