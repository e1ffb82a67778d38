import { EventEmitter, once } from 'node:events';
import { expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Trigger } from '../../../testing/process.ts';
import type { Step } from '../../../testing/runner.ts';
import { visibleText } from '../html.ts';
import {
  ALWAYS,
  AWS_KEY,
  CHANGING_STATUS,
  createStream,
  DESCRIBE,
  FOREVER,
  type Kind,
  runOn,
  START,
  type StreamSeed
} from '../step.ts';
import { CHANGE_MESSAGES, expectEarlyEnd, expectPromptEnd } from './early-end.ts';

/** A local AWS with streams of one kind. */
interface Account {
  readonly aws: LocalAws;
  readonly kind: Kind;
  /** Resolves at the next request for this operation. */
  readonly requested: (operation: string) => Promise<unknown>;
}

interface CancellationCase {
  readonly name: string;
  /** The state of the change when the step is cancelled. */
  readonly change: keyof typeof CHANGE_MESSAGES;
  /** Creates the stream `orders` like this; without a key if omitted. */
  readonly seed?: (kind: Kind) => StreamSeed;
  /** Adds a fault, and returns the trigger that cancels the step. */
  readonly prepare: (account: Account) => Trigger;
  readonly inputs?: Step['inputs'];
  readonly env?: Step['env'];
}

const CASES: readonly CancellationCase[] = [
  {
    name: 'before the first request',
    change: 'not sent',
    prepare: ({ aws, kind }) => {
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, hang: 'before' });
      return 'mode encrypt';
    }
  },
  {
    name: 'during the first request',
    change: 'not sent',
    prepare: ({ kind, ...account }) => hangs(account, DESCRIBE[kind])
  },
  {
    name: 'during kms:DescribeKey',
    change: 'not sent',
    inputs: { 'key-type': 'customer-managed', 'key-id': 'alias/app' },
    prepare: (account) => hangs(account, 'DescribeKey')
  },
  {
    name: 'while it waits before a retry',
    change: 'not sent',
    env: { AWS_MAX_ATTEMPTS: '1' },
    prepare: ({ aws, kind }) => {
      const error = { code: 'ThrottlingException', message: 'Rate exceeded' };
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, error });
      return 'retrying';
    }
  },
  {
    name: "while it waits for another caller's change",
    change: 'started by another caller',
    seed: (kind) => ({ changing: { key: AWS_KEY[kind], ms: FOREVER } }),
    prepare: () => 'another change is in flight'
  },
  {
    name: 'while the start request hangs',
    change: 'sent',
    prepare: ({ kind, ...account }) => hangs(account, START[kind], 'after')
  },
  {
    name: 'during the change',
    change: 'sent',
    seed: () => ({ changeMs: FOREVER }),
    prepare: ({ kind }) => CHANGING_STATUS[kind]
  },
  {
    name: 'while it settles',
    change: 'ended',
    inputs: { 'settle-seconds': '60' },
    prepare: () => 'settling for 60 s'
  },
  {
    name: 'during verification by a record',
    change: 'ended',
    inputs: { 'verify-records': 'true' },
    prepare: (account) => hangs(account, 'PutRecord')
  }
];

/** Lets the next request for this operation hang, and resolves when it arrives. */
function hangs(
  { aws, requested }: Omit<Account, 'kind'>,
  operation: string,
  hang: 'before' | 'after' = 'before'
): Promise<unknown> {
  aws.faults.add({ on: operation, hang });
  return requested(operation);
}

/** Cancels a step as this case says. Expects that it ends promptly, with a complete result. */
async function expectCancelled(kind: Kind, cancel: (when: Trigger) => Omit<Step, 'inputs'>, one: CancellationCase) {
  const requests = new EventEmitter();
  await using aws = await startLocalAws({ changeMs: 50, onRequest: ({ operation }) => requests.emit(operation) });
  createStream(aws, kind, one.seed?.(kind));
  const when = one.prepare({ aws, kind, requested: (operation) => once(requests, operation) });
  const more = { ...cancel(when), ...(one.env && { env: one.env }) };
  const result = await runOn(aws, kind, { 'key-type': 'aws-owned', ...one.inputs }, more);

  expectEarlyEnd(result, 'cancelled');
  expectPromptEnd(result);
  const sent = one.change === 'sent' || one.change === 'ended';
  expect(result.outputs.changed).toBe(String(sent));
  // A first change in flight has encrypted nothing yet.
  if (one.change === 'sent') expect(result.outputs.encrypted).toBe('false');
  expect(aws.writes()).toHaveLength(sent ? 1 : 0);
  for (const text of [result.outputs.results, visibleText(result.summary), result.stdout]) {
    expect(text).toContain('the run was cancelled');
    expect(text).toMatch(CHANGE_MESSAGES[one.change]);
  }
}

// One handler serves both signals: the runner cancels the step for Kinesis, and SIGTERM alone that for Firehose.
test.each(CASES)('a step cancelled $name ends promptly, with a complete result', async (one) => {
  await Promise.all([
    expectCancelled('kinesis', (cancelWhen) => ({ cancelWhen }), one),
    expectCancelled('firehose', (when) => ({ signals: [{ signal: 'SIGTERM', when }] }), one)
  ]);
});
