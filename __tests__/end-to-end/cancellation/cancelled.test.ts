import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import type { Step } from '../../../testing/runner.ts';
import { visibleText } from '../html.ts';
import { ALWAYS, createStream, FOREVER, runOn, type StreamSeed } from '../step.ts';
import { expectEarlyEnd, expectPromptEnd, preload } from './early-end.ts';

let aws: LocalAws;
let startArrived: PromiseWithResolvers<void>;
beforeEach(async () => {
  startArrived = Promise.withResolvers();
  const onRequest = ({ operation }: { readonly operation: string }) => {
    if (operation === 'StartDeliveryStreamEncryption') startArrived.resolve();
  };
  aws = await startLocalAws({ changeMs: 50, onRequest });
});
afterEach(() => aws.close());

const THROTTLED = { times: ALWAYS, error: { code: 'ThrottlingException', message: 'Rate exceeded' } };
const IN_FLIGHT = { changing: { key: 'aws-owned', ms: FOREVER } };
const CONTINUES = 'the service continues it by itself';
const STARTED_ELSEWHERE = `No change was sent: the change in flight was started elsewhere.*${CONTINUES}`;
const SENT = `The change to the AWS owned key was sent, but no usable answer came: if it was accepted, ${CONTINUES}`;

/** With the line of the log on which the step is cancelled, if not when the start arrives, and what it says. */
test.each<[string, NodeJS.Signals, StreamSeed, Fault | null, line: string | null, change: string]>([
  [
    'while it waits before a retry',
    'SIGINT',
    {},
    { on: 'DescribeDeliveryStream', ...THROTTLED },
    'retrying',
    'No change was sent'
  ],
  ["while another caller's change is in flight", 'SIGTERM', IN_FLIGHT, null, 'is in flight', STARTED_ELSEWHERE],
  ['while the start hangs', 'SIGINT', {}, { on: 'StartDeliveryStreamEncryption', hang: 'after' }, null, SENT],
  ['while it settles', 'SIGTERM', {}, null, 'settling for 60 s', 'The change to the AWS owned key ended.*']
])('a step cancelled %s by %s ends promptly, with a complete result', async (_, signal, seed, fault, line, change) => {
  createStream(aws, 'firehose', seed);
  if (fault !== null) aws.faults.add(fault);
  const signals = [{ signal, when: line ?? startArrived.promise }];
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
