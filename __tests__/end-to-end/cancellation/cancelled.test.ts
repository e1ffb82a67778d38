import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
  KINDS,
  type Kind,
  runOn,
  START
} from '../step.ts';
import { CHANGE_MESSAGES, expectEarlyEnd, expectPromptEnd } from './early-end.ts';

let aws: LocalAws;
/** Emits an event named after the operation of each request. */
let requests: EventEmitter;
beforeEach(async () => {
  requests = new EventEmitter();
  aws = await startLocalAws({ changeMs: 50, onRequest: ({ operation }) => requests.emit(operation) });
});
afterEach(() => aws.close());

interface CancellationCase {
  readonly name: string;
  /** The state of the change when the step is cancelled. */
  readonly change: keyof typeof CHANGE_MESSAGES;
  /** Creates the stream and the fault; returns the trigger that cancels the step. */
  readonly prepare: (kind: Kind) => Trigger;
  readonly inputs?: Step['inputs'];
  readonly env?: Step['env'];
}

const CASES: readonly CancellationCase[] = [
  {
    name: 'before the first request',
    change: 'not sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, hang: 'before' });
      return 'mode encrypt';
    }
  },
  {
    name: 'during the first request',
    change: 'not sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: DESCRIBE[kind], hang: 'before' });
      return once(requests, DESCRIBE[kind]);
    }
  },
  {
    name: 'during kms:DescribeKey',
    change: 'not sent',
    inputs: { 'key-type': 'customer-managed', 'key-id': 'alias/app' },
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: 'DescribeKey', hang: 'before' });
      return once(requests, 'DescribeKey');
    }
  },
  {
    name: 'while it waits before a retry',
    change: 'not sent',
    env: { AWS_MAX_ATTEMPTS: '1' },
    prepare: (kind) => {
      createStream(aws, kind);
      const error = { code: 'ThrottlingException', message: 'Rate exceeded' };
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, error });
      return 'retrying';
    }
  },
  {
    name: "while it waits for another caller's change",
    change: 'started by another caller',
    prepare: (kind) => {
      createStream(aws, kind, { changing: { key: AWS_KEY[kind], ms: FOREVER } });
      return 'another change is in flight';
    }
  },
  {
    name: 'while the start request hangs',
    change: 'sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: START[kind], hang: 'after' });
      return once(requests, START[kind]);
    }
  },
  {
    name: 'during the change',
    change: 'sent',
    prepare: (kind) => {
      createStream(aws, kind, { changeMs: FOREVER });
      return CHANGING_STATUS[kind];
    }
  },
  {
    name: 'while it settles',
    change: 'ended',
    inputs: { 'settle-seconds': '60' },
    prepare: (kind) => {
      createStream(aws, kind);
      return 'settling for 60 s';
    }
  },
  {
    name: 'during verification by a record',
    change: 'ended',
    inputs: { 'verify-records': 'true' },
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: 'PutRecord', hang: 'before' });
      return once(requests, 'PutRecord');
    }
  }
];

describe.each(KINDS)('a step for %s that is cancelled', (kind) => {
  describe.each(['SIGINT', 'SIGTERM'] as const)('by %s', (signal) => {
    test.each(CASES)('$name: ends promptly, with a complete result', async ({ prepare, inputs, env = {}, change }) => {
      const when = prepare(kind);
      const result = await runOn(
        aws,
        kind,
        { 'key-type': 'aws-owned', ...inputs },
        { env, signals: [{ signal, when }] }
      );

      expectEarlyEnd(result, 'cancelled');
      expectPromptEnd(result);
      const sent = change === 'sent' || change === 'ended';
      expect(result.outputs.changed).toBe(String(sent));
      expect(aws.writes()).toHaveLength(sent ? 1 : 0);
      for (const text of [result.outputs.results, visibleText(result.summary), result.stdout]) {
        expect(text).toContain('the run was cancelled');
        expect(text).toMatch(CHANGE_MESSAGES[change]);
      }
    });
  });
});

test.each(KINDS)(
  '%s: a first change that is in flight at the cancellation is reported as not encrypted',
  async (kind) => {
    await aws.close();
    aws = await startLocalAws({ changeMs: FOREVER });
    createStream(aws, kind);
    const { outputs } = await runOn(aws, kind, { 'key-type': 'aws-owned' }, { cancelWhen: CHANGING_STATUS[kind] });
    expect(outputs).toMatchObject({ outcome: 'cancelled', changed: 'true', encrypted: 'false' });
  }
);

test('a cancelled step ends before the runner sends its second signal', async () => {
  createStream(aws, 'kinesis');
  aws.faults.add({ on: DESCRIBE.kinesis, hang: 'before' });
  const result = await runOn(aws, 'kinesis', {}, { cancelWhen: once(requests, DESCRIBE.kinesis) });
  expectEarlyEnd(result, 'cancelled');
  expect(result.sentSignals).toMatchObject([{ signal: 'SIGINT' }]);
});
