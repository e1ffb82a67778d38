/** One run of the committed bundle over a fleet, which must come to the very end that it is timed for. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { localAwsEnv, runAction, type Step, type StepResult } from '../demo/runner.ts';
import { type Kind, openAccount, requestsOf, type Seen, streamNames } from './account.ts';
import { moveIn } from './neighbour.ts';

/** A run over streams of one kind. */
export interface Fleet {
  readonly kind: Kind;
  readonly size: number;
  /** `change`: none is encrypted, and all shall be. `check`: all are as they should be. */
  readonly task: 'change' | 'check';
  /** How long a change takes. */
  readonly changeMs: number;
  /** How many times as fast as the machine's the clocks of the action and of the account run. */
  readonly speed: number;
  /** Another caller takes half of every rate. */
  readonly busy: boolean;
  /** The streams are listed by their names, and the account denies ListStreams. */
  readonly deniesListing: boolean;
}

/** Times are by the account's clock. */
export interface FleetRun {
  readonly fleet: Fleet;
  /** The whole process, from its start until it has gone. */
  readonly ms: number;
  /** What AWS' rates leave at best, were there nobody else. */
  readonly boundMs: number;
  readonly seen: Seen;
  readonly requestsAStream: number;
  /** The peak memory of the action's process. */
  readonly peakMiB: number;
}

/** A run that takes so many times its bound is given up. */
const GIVEN_UP_AT = 10;
const START_UP_MS = 60_000;

export async function runFleet(fleet: Fleet): Promise<FleetRun> {
  const { kind, size, task, speed, changeMs, deniesListing } = fleet;
  const encrypted = task === 'check';
  await using account = await openAccount({ kind, size, encrypted, changeMs, speed, deniesListing });
  await using _neighbour = fleet.busy ? moveIn(kind, account.endpoint, speed) : null;
  const boundMs = leastMs(fleet);
  const step = await runAction({
    inputs: inputsFor(fleet, account.key),
    env: {
      ...localAwsEnv(account.endpoint),
      NODE_OPTIONS: [preload('peak-memory.ts'), ...(speed === 1 ? [] : [preload('faster-clock.ts')])].join(' '),
      BENCH_SPEED: String(speed)
    },
    limitMs: START_UP_MS + (GIVEN_UP_AT * boundMs) / speed
  });
  const seen = await account.seen();
  check(fleet, step, seen);
  return {
    fleet,
    ms: step.durationMs * speed,
    boundMs,
    seen,
    requestsAStream: requestsOf(seen) / size,
    peakMiB: peakMiB(step.stderr)
  };
}

function inputsFor({ kind, size, task, deniesListing }: Fleet, customerKey: string): Step['inputs'] {
  return {
    'stream-kind': kind,
    'stream-name': deniesListing ? streamNames(size).join('\n') : 'fleet-*',
    // One customer key serves at most 500 delivery streams.
    ...(kind === 'firehose' ? { 'key-type': 'aws-owned' } : { 'key-type': 'customer-managed', 'key-id': customerKey }),
    ...(task === 'check' ? { mode: 'check' } : { 'settle-seconds': '0' })
  };
}

/** Throws where anything came out another way than it should. */
function check({ size, task }: Fleet, { exitCode, outputs, stdout, stderr }: StepResult, seen: Seen): void {
  const outcome = task === 'check' ? 'compliant' : 'enabled';
  const ended = { exitCode, outcome: outputs.outcome, counts: outputs.counts };
  const counts = JSON.stringify({ total: size, [outcome]: size });
  assert.deepEqual(ended, { exitCode: 0, outcome, counts }, stdout.slice(-4_000) + stderr.slice(-4_000));
  assert.equal(seen.encrypted, size, 'all streams are encrypted with the key asked in the end');
  assert.equal(seen.starts, task === 'check' ? 0 : size, 'each is changed once, if at all');
}

/** The calls of each kind that a stream takes at least, over the calls of it that AWS allows in a second; the most of these. */
const LEAST_SECONDS_A_STREAM: Readonly<Record<Fleet['task'], Readonly<Record<Kind, number>>>> = {
  // A start a stream on Kinesis. On Firehose it can only be told by two looks that a stream was not as asked, and is now.
  change: { kinesis: 1 / 5, firehose: 2 / 5 },
  check: { kinesis: 1 / 20, firehose: 1 / 5 }
};

function leastMs({ kind, size, task, changeMs }: Fleet): number {
  return size * LEAST_SECONDS_A_STREAM[task][kind] * 1_000 + (task === 'change' ? changeMs : 0);
}

/** Has Node load a file of this folder first; compiled here, as its own reading of TypeScript would take 17 MiB there. */
export function preload(file: string): string {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  return `--import=data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`;
}

export function peakMiB(stderr: string): number {
  const [, kib] = /^peak memory: (\d+) KiB$/m.exec(stderr) ?? [];
  assert(kib !== undefined, `the process says at its end how much memory it took: ${stderr}`);
  return Number(kib) / 1024;
}
