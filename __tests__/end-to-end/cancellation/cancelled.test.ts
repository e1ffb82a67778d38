import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Moment } from '../../../testing/process.ts';
import type { Step } from '../../../testing/runner.ts';
import { shown } from '../html.ts';
import {
  ALWAYS,
  AWS_KEY,
  createStream,
  DESCRIBE,
  FOR_EVER,
  IN_FLIGHT,
  KINDS,
  type Kind,
  runOn,
  START
} from '../step.ts';
import { afterSignal, expectTold, LIMIT_MS, preloading, SAYS } from './told.ts';

jest.setTimeout(LIMIT_MS);

let aws: LocalAws;
/** Emits the operation of each request as it comes. */
let asked: EventEmitter;
let folder: string;
beforeEach(async () => {
  asked = new EventEmitter();
  aws = await startLocalAws({ changeMs: 50, onRequest: ({ operation }) => asked.emit(operation) });
  folder = mkdtempSync(join(tmpdir(), 'stream-encryption-signals-'));
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

interface Scene {
  readonly name: string;
  readonly change: keyof typeof SAYS;
  /** Makes the stream and the trouble, and tells the moment at which the step is to be ended. */
  readonly prepare: (kind: Kind) => Moment;
  readonly inputs?: Step['inputs'];
  readonly env?: Step['env'];
}

const SCENES: readonly Scene[] = [
  {
    name: 'before anything was asked',
    change: 'not sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, hang: 'before' });
      return 'mode encrypt';
    }
  },
  {
    name: 'while the first request hangs',
    change: 'not sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: DESCRIBE[kind], hang: 'before' });
      return once(asked, DESCRIBE[kind]);
    }
  },
  {
    name: 'while the key is looked up',
    change: 'not sent',
    inputs: { 'key-type': 'customer-managed', 'key-id': 'alias/app' },
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: 'DescribeKey', hang: 'before' });
      return once(asked, 'DescribeKey');
    }
  },
  {
    name: 'while it pauses before it tries again',
    change: 'not sent',
    env: { AWS_MAX_ATTEMPTS: '1' },
    prepare: (kind) => {
      createStream(aws, kind);
      const error = { code: 'ThrottlingException', message: 'Rate exceeded' };
      aws.faults.add({ on: DESCRIBE[kind], times: ALWAYS, error });
      return 'trying again';
    }
  },
  {
    name: "while another's change is waited out",
    change: "another's",
    prepare: (kind) => {
      createStream(aws, kind, { changing: { key: AWS_KEY[kind], ms: FOR_EVER } });
      return 'an earlier change is in flight';
    }
  },
  {
    name: 'while the start hangs, which may have been taken',
    change: 'sent',
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: START[kind], hang: 'after' });
      return once(asked, START[kind]);
    }
  },
  {
    name: 'while the change is under way',
    change: 'sent',
    prepare: (kind) => {
      createStream(aws, kind, { changeMs: FOR_EVER });
      return IN_FLIGHT[kind];
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
    name: 'while a record is put to be verified',
    change: 'ended',
    inputs: { 'verify-records': 'true' },
    prepare: (kind) => {
      createStream(aws, kind);
      aws.faults.add({ on: 'PutRecord', hang: 'before' });
      return once(asked, 'PutRecord');
    }
  }
];

describe.each(KINDS)('a step for %s that is cancelled', (kind) => {
  describe.each(['SIGINT', 'SIGTERM'] as const)('by %s', (signal) => {
    test.each(SCENES)('$name, ends within a second and tells all', async ({ prepare, inputs, env = {}, change }) => {
      const when = prepare(kind);
      const result = await runOn(
        aws,
        kind,
        { 'key-type': 'aws-owned', ...inputs },
        { env, signals: [{ signal, when }] }
      );

      expectTold(result, 'cancelled');
      expect(result.signalled).toHaveLength(1);
      expect(afterSignal(result)).toBeLessThan(1_000);
      const sent = change === 'sent' || change === 'ended';
      expect(result.outputs.changed).toBe(String(sent));
      expect(aws.writes()).toHaveLength(sent ? 1 : 0);
      for (const told of [result.outputs.results, shown(result.summary), result.stdout]) {
        expect(told).toContain('the run was cancelled');
        expect(told).toMatch(SAYS[change]);
      }
    });
  });
});

test.each(KINDS)('a first change to %s that is cancelled in flight is told as not encrypted yet', async (kind) => {
  await aws.close();
  aws = await startLocalAws({ changeMs: FOR_EVER });
  createStream(aws, kind);
  const { outputs } = await runOn(aws, kind, { 'key-type': 'aws-owned' }, { cancelWhen: IN_FLIGHT[kind] });
  expect(outputs).toMatchObject({ outcome: 'cancelled', changed: 'true', encrypted: 'false' });
});

test('a cancelled step is gone before the runner would send its second signal', async () => {
  createStream(aws, 'kinesis');
  aws.faults.add({ on: DESCRIBE.kinesis, hang: 'before' });
  const result = await runOn(aws, 'kinesis', {}, { cancelWhen: once(asked, DESCRIBE.kinesis) });
  expectTold(result, 'cancelled');
  expect(result.signalled).toMatchObject([{ signal: 'SIGINT' }]);
});

describe('a second signal ends the process at once', () => {
  test.each([
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT']
  ] as const)('%s, then %s while the summary hangs; the outputs are out', async (first, second) => {
    createStream(aws, 'firehose');
    const hangingSummary = preloading(`
      import { promises } from 'node:fs';
      promises.writeFile = promises.appendFile = () => new Promise(() => {
        setInterval(() => {}, 1000);
        console.log('the summary hangs');
      });`);
    const result = await runOn(
      aws,
      'firehose',
      { 'settle-seconds': '60' },
      {
        ...hangingSummary,
        signals: [
          { signal: first, when: 'settling for 60 s' },
          { signal: second, when: 'the summary hangs' }
        ]
      }
    );
    expect(result.signalled.map(({ signal }) => signal)).toEqual([first, second]);
    expect(result.exitCode).toBe(130);
    expect(afterSignal(result)).toBeLessThan(1_000);
    expect(result.outputs.outcome).toBe('cancelled');
    expect(result.summary).toBe('');
  });
});

describe('a credential process that hangs', () => {
  /** A profile whose credentials come from a process that takes a minute, and the end of that process. */
  function hangingCredentials(): { env: Record<string, string | undefined>; [Symbol.dispose](): void } {
    const pidFile = join(folder, 'pid');
    const config = join(folder, 'config');
    const script = join(folder, 'credentials.sh');
    writeFileSync(script, `echo $$ > ${pidFile}\nexec sleep 60\n`);
    writeFileSync(config, `[default]\ncredential_process = sh ${script}\n`);
    return {
      env: { AWS_CONFIG_FILE: config, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      [Symbol.dispose]: () => process.kill(Number(readFileSync(pidFile, 'utf8')))
    };
  }

  test('does not outlive the deadline by more than a second', async () => {
    using hanging = hangingCredentials();
    createStream(aws, 'kinesis');
    const result = await runOn(aws, 'kinesis', { 'timeout-seconds': '1' }, { env: hanging.env });
    expectTold(result, 'timed-out');
    expect(result.stdout).toContain('The service has not described the stream');
    expect(result.stdout).toMatch(SAYS['not sent']);
    expect(Number(result.outputs['duration-seconds'])).toBeLessThan(2);
    expect(result.durationMs).toBeLessThan(3_000);
    expect(aws.requests).toHaveLength(0);
  });

  test('does not outlive a signal by more than a second', async () => {
    using hanging = hangingCredentials();
    createStream(aws, 'kinesis');
    const result = await runOn(aws, 'kinesis', {}, { env: hanging.env, cancelWhen: 'mode encrypt' });
    expectTold(result, 'cancelled');
    expect(result.signalled).toMatchObject([{ signal: 'SIGINT' }]);
    expect(afterSignal(result)).toBeLessThan(1_500);
  });
});
