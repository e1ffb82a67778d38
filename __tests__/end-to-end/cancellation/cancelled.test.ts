import { expect, test } from '@jest/globals';
import { type Fault, startLocalAws } from '../../../local-aws/server.ts';
import type { Step } from '../../../testing/runner.ts';
import { visibleText } from '../html.ts';
import { ALWAYS, createStream, FOREVER, type Kind, run, runOn, type StreamSeed } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd } from './early-end.ts';

interface CancellationCase {
  readonly name: string;
  readonly kind: Kind;
  readonly fault?: Fault;
  readonly seed?: StreamSeed;
  readonly inputs?: Step['inputs'];
  /** The line of the log on which the step is cancelled; if omitted, at the request that hangs. */
  readonly line?: string;
  /** What the step says about the change. */
  readonly change: RegExp;
}

const NOT_SENT = /No change was sent\. Running again is safe/;
const STARTED_ELSEWHERE =
  /No change was sent: the change in flight was started elsewhere.*the service continues it by itself\. Running again is safe/;
const SENT =
  /The change to (alias\/aws\/kinesis|the AWS owned key) was sent, (and|but no usable answer came: if it was accepted,) the service continues it by itself\. Running again is safe/;
const ENDED = /The change to (alias\/aws\/kinesis|the AWS owned key) ended.*\. Running again is safe/;

const THROTTLE = { code: 'ThrottlingException', message: 'Rate exceeded' };
const MOVING = { key: 'aws-owned', ms: FOREVER };
const CASES: readonly CancellationCase[] = [
  {
    name: 'during the first request',
    kind: 'kinesis',
    fault: { on: 'DescribeStreamSummary', hang: 'before' },
    change: NOT_SENT
  },
  {
    name: 'while it waits before a retry',
    kind: 'kinesis',
    fault: { on: 'DescribeStreamSummary', times: ALWAYS, error: THROTTLE },
    line: 'retrying',
    change: NOT_SENT
  },
  {
    name: "while it waits for another caller's change",
    kind: 'firehose',
    seed: { changing: MOVING },
    line: 'another change is in flight',
    change: STARTED_ELSEWHERE
  },
  {
    name: 'while the start hangs',
    kind: 'kinesis',
    fault: { on: 'StartStreamEncryption', hang: 'after' },
    change: SENT
  },
  {
    name: 'while it settles',
    kind: 'kinesis',
    inputs: { 'settle-seconds': '60' },
    line: 'settling for 60 s',
    change: ENDED
  },
  {
    name: 'during verification by a record',
    kind: 'firehose',
    fault: { on: 'PutRecord', hang: 'before' },
    inputs: { 'verify-records': 'true' },
    change: ENDED
  }
];

test.each(CASES)('a step cancelled $name ends promptly, with a complete result', async (one) => {
  const { kind, fault, seed, inputs, line, change } = one;
  const hanging = Promise.withResolvers<void>();
  await using aws = await startLocalAws({
    changeMs: 50,
    onRequest: ({ operation }) => {
      if (operation === fault?.on) hanging.resolve();
    }
  });
  createStream(aws, kind, seed);
  if (fault !== undefined) aws.faults.add(fault);
  const when = line ?? hanging.promise;
  // One handler serves both signals: the runner cancels the step for Kinesis, and SIGTERM alone that for Firehose.
  const cancel: Omit<Step, 'inputs'> =
    kind === 'kinesis' ? { cancelWhen: when } : { signals: [{ signal: 'SIGTERM', when }] };
  const result = await runOn(
    aws,
    kind,
    { 'key-type': 'aws-owned', ...inputs },
    { ...cancel, env: { AWS_MAX_ATTEMPTS: '1' } }
  );

  expectEarlyEnd(result, 'cancelled');
  expectPromptEnd(result);
  const sent = change === SENT || change === ENDED;
  expect(result.outputs.changed).toBe(String(sent));
  // A first change in flight has encrypted nothing yet.
  if (change === SENT) expect(result.outputs.encrypted).toBe('false');
  expect(aws.writes()).toHaveLength(sent ? 1 : 0);
  for (const text of [result.outputs.results, visibleText(result.summary), result.stdout]) {
    expect(text).toContain('the run was cancelled');
    expect(text).toMatch(change);
  }
});

test('a step cancelled while its streams are listed says that no change was sent', async () => {
  const listing = Promise.withResolvers<void>();
  await using aws = await startLocalAws({ onRequest: () => listing.resolve() });
  aws.faults.add({ on: 'ListStreams', hang: 'before', times: ALWAYS });
  const result = await run(aws, { 'stream-kind': 'kinesis', 'stream-name': '*' }, { cancelWhen: listing.promise });
  expect(result).toMatchObject({ exitCode: 1, outputs: { outcome: 'cancelled', results: '[]' } });
  expect(result.stdout).toContain('was cancelled before its streams were known. No change was sent');
  expectPromptEnd(result);
});
