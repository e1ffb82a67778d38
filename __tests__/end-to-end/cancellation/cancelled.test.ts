import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step } from '../../../testing/runner.ts';
import { visibleText } from '../html.ts';
import { ALWAYS, createStream, FOREVER, runOn, type StreamSeed } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

let aws: LocalAws;
let startHangs: PromiseWithResolvers<void>;
beforeEach(async () => {
  startHangs = Promise.withResolvers();
  const onRequest = ({ operation }: { readonly operation: string }) => {
    if (operation === 'StartDeliveryStreamEncryption') startHangs.resolve();
  };
  aws = await startLocalAws({ changeMs: 50, onRequest });
});
afterEach(() => aws.close());

interface CancellationCase {
  readonly name: string;
  readonly fault?: Fault;
  readonly seed?: StreamSeed;
  /** The line of the log on which the step is cancelled; if omitted, when the start arrives. */
  readonly line?: string;
  /** What the step says about the change. */
  readonly change: string;
}

const THROTTLE = { code: 'ThrottlingException', message: 'Rate exceeded' };
const CONTINUES = 'the service continues it by itself';
const CASES: readonly CancellationCase[] = [
  {
    name: 'while it waits before a retry',
    fault: { on: 'DescribeDeliveryStream', times: ALWAYS, error: THROTTLE },
    line: 'retrying',
    change: 'No change was sent'
  },
  {
    name: "while it waits for another caller's change",
    seed: { changing: { key: 'aws-owned', ms: FOREVER } },
    line: 'another change is in flight',
    change: `No change was sent: the change in flight was started elsewhere.*${CONTINUES}`
  },
  {
    name: 'while the start hangs',
    fault: { on: 'StartDeliveryStreamEncryption', hang: 'after' },
    change: `The change to the AWS owned key was sent, but no usable answer came: if it was accepted, ${CONTINUES}`
  },
  { name: 'while it settles', line: 'settling for 60 s', change: 'The change to the AWS owned key ended.*' }
];

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test.each(CASES)('ends a step promptly $name, with a complete result', async ({ fault, seed, line, change }) => {
    createStream(aws, 'firehose', seed);
    if (fault !== undefined) aws.faults.add(fault);
    const signals = [{ signal, when: line ?? startHangs.promise }];
    const inputs = { 'key-type': 'aws-owned', 'settle-seconds': '60' };
    const result = await runOn(aws, 'firehose', inputs, { signals, env: { AWS_MAX_ATTEMPTS: '1' } });

    expectEarlyEnd(result, 'cancelled');
    expectPromptEnd(result);
    const isSent = !change.startsWith('No change');
    expect(result.outputs.changed).toBe(String(isSent));
    expect(aws.writes()).toHaveLength(isSent ? 1 : 0);
    for (const text of [result.outputs.results, visibleText(result.summary), result.stdout]) {
      expect(text).toMatch(new RegExp(`the run was cancelled.*${change}\\. Running again is safe`));
    }
  });
});

describe('a step is cancelled in every place', () => {
  /** Runs a step that receives signals during a change without end. */
  async function runCancelled(step: Omit<Step, 'inputs'>) {
    createStream(aws, 'firehose', { changeMs: FOREVER });
    const result = await runOn(aws, 'firehose', { 'report-path': 'report.json' }, step);
    expectEarlyEnd(result, 'cancelled');
    expect(result.stdout).not.toContain('was not written');
    return result;
  }

  test('by more signals, at once and just before each file is written', async () => {
    const files = ['GITHUB_OUTPUT', 'INPUT_REPORT-PATH', 'GITHUB_STEP_SUMMARY'];
    const signalBeforeEachFile = preload(`
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { openSync } = fs;
      fs.openSync = (path, ...rest) => {
        const file = ${JSON.stringify(files)}.find((name) => process.env[name] === path);
        if (file !== undefined) {
          console.log('signals before ' + file);
          process.kill(process.pid, 'SIGINT');
          process.kill(process.pid, 'SIGTERM');
        }
        return openSync(path, ...rest);
      };
      syncBuiltinESMExports();`);
    const signals = [
      { signal: 'SIGINT', when: 'ENABLING' },
      { signal: 'SIGTERM', when: 'ENABLING' }
    ] as const;
    const { stdout, outputs } = await runCancelled({ ...signalBeforeEachFile, signals });
    expect(outputs.changed).toBe('true');
    for (const file of files) expect(stdout).toContain(`signals before ${file}`);
  });

  test('as soon as the handler of the signal is installed, which is before anything else is loaded', async () => {
    // Reports the moment at which the bundle handles SIGINT, and what was loaded before.
    const handlerInstalled = preload(`
      import Module from 'node:module';
      const load = Module._load;
      const loaded = [];
      Module._load = (name, ...rest) => (loaded.push(name), load(name, ...rest));
      const onListener = (event) => {
        if (event !== 'SIGINT') return;
        process.off('newListener', onListener);
        console.log('SIGINT is handled; loaded: ' + loaded.join());
        setImmediate(() => process.kill(process.pid, 'SIGINT'));
      };
      process.on('newListener', onListener);`);
    const { stdout } = await runCancelled(handlerInstalled);
    expect(stdout.split('\n')[0]).toBe('SIGINT is handled; loaded: ');
  });
});
