/** Runs the committed bundle over a fleet and verifies the result. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { localAwsEnv, runAction, type Step, type StepResult } from '../testing/runner.ts';
import { type AccountStats, type Kind, startAccount, totalRequests } from './account.ts';
import { startNeighbour } from './neighbour.ts';

/** A run over streams of one kind. */
export interface Fleet {
  readonly kind: Kind;
  readonly size: number;
  /** `change`: all streams start unencrypted and are encrypted. `check`: all are already as required. */
  readonly task: 'change' | 'check';
  /** How many data streams the delivery streams read from; 0 for Direct PUT. */
  readonly sources: number;
  /** How long a change takes. */
  readonly changeMs: number;
  /** How many times as fast as the machine's clock the clocks of the action and of the account run. */
  readonly speed: number;
  /** Another caller uses half of every rate. */
  readonly busy: boolean;
}

/** Times are by the account's clock. */
export interface FleetRun {
  readonly fleet: Fleet;
  /** The whole process, from start to exit. */
  readonly ms: number;
  /** The shortest time that AWS' rates allow when there are no other callers. */
  readonly lowerBoundMs: number;
  readonly stats: AccountStats;
  readonly requestsPerStream: number;
  /** The peak memory of the action's process. */
  readonly peakMiB: number;
}

/** A run is killed when it exceeds its lower bound by this factor. */
const MAX_TIMES_BOUND = 10;
const START_UP_MS = 60_000;

export async function runFleet(fleet: Fleet): Promise<FleetRun> {
  const { kind, size, task, sources, speed, changeMs } = fleet;
  const encrypted = task === 'check';
  await using account = await startAccount({ kind, size, encrypted, sources, changeMs, speed });
  await using _neighbour = fleet.busy ? startNeighbour(kind, account.endpoint, speed) : null;
  const boundMs = lowerBoundMs(fleet);
  const step = await runAction({
    inputs: inputsFor(fleet, account.key),
    env: {
      ...localAwsEnv(account.endpoint),
      NODE_OPTIONS: [preload('peak-memory.ts'), ...(speed === 1 ? [] : [preload('faster-clock.ts')])].join(' '),
      BENCH_SPEED: String(speed)
    },
    limitMs: START_UP_MS + (MAX_TIMES_BOUND * boundMs) / speed
  });
  const stats = await account.stats();
  verify(fleet, step, stats);
  return {
    fleet,
    ms: step.durationMs * speed,
    lowerBoundMs: boundMs,
    stats,
    requestsPerStream: totalRequests(stats) / size,
    peakMiB: peakMiB(step.stderr)
  };
}

function inputsFor({ kind, task, sources }: Fleet, customerKey: string): Step['inputs'] {
  return {
    'stream-kind': kind,
    'stream-name': 'fleet-*',
    // Firehose allows at most 500 delivery streams per customer managed key.
    ...(kind === 'firehose' && sources === 0
      ? { 'key-type': 'aws-owned' }
      : { 'key-type': 'customer-managed', 'key-id': customerKey }),
    ...(task === 'check' ? { mode: 'check' } : { 'settle-seconds': '0' })
  };
}

/** Throws unless every stream has the expected outcome, in the outputs and in the account. */
function verify(
  { size, task, sources }: Fleet,
  { exitCode, outputs, stdout, stderr }: StepResult,
  stats: AccountStats
): void {
  const outcome = task === 'check' ? 'compliant' : 'enabled';
  const actual = { exitCode, outcome: outputs.outcome, counts: outputs.counts };
  const counts = JSON.stringify({ total: size, [outcome]: size });
  assert.deepEqual(actual, { exitCode: 0, outcome, counts }, stdout.slice(-4_000) + stderr.slice(-4_000));
  assert.equal(stats.encrypted, size, 'every stream is encrypted with the expected key');
  if (sources > 0) assert.equal(stats.requests.DescribeStreamSummary, sources, 'every source is described once');
  assert.equal(stats.starts, task === 'check' ? 0 : size, 'every stream is changed once, or not at all by a check');
}

/** For the scarcest operation: the calls that each stream needs, divided by the calls that AWS allows per second. */
const MIN_SECONDS_PER_STREAM: Readonly<Record<Fleet['task'], Readonly<Record<Kind, number>>>> = {
  // Kinesis: one start per stream. Firehose: one describe request before the change and one after it.
  change: { kinesis: 1 / 5, firehose: 2 / 5 },
  check: { kinesis: 1 / 20, firehose: 1 / 5 }
};

function lowerBoundMs({ kind, size, task, sources, changeMs }: Fleet): number {
  const streamsMs = size * MIN_SECONDS_PER_STREAM[task][kind] * 1_000;
  const sourcesMs = sources * MIN_SECONDS_PER_STREAM.check.kinesis * 1_000;
  return Math.max(streamsMs, sourcesMs) + (task === 'change' ? changeMs : 0);
}

/** The Node option that preloads a file of this folder. Stripping the types here saves 17 MiB in the measured process. */
export function preload(file: string): string {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  return `--import=data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`;
}

export function peakMiB(stderr: string): number {
  const [, kib] = /^peak memory: (\d+) KiB$/m.exec(stderr) ?? [];
  assert(kib !== undefined, `no line "peak memory" on stderr: ${stderr}`);
  return Number(kib) / 1024;
}
