/** `npm run bench:notice`: how soon the end of a change is noticed, and with how many looks, on a virtual clock. */

import assert from 'node:assert/strict';
import { customerKey, NEW } from '../__tests__/support/account.ts';
import { ALONE } from '../__tests__/support/fleet-context.ts';
import { active, disabled } from '../__tests__/support/observations.ts';
import { oneKey, request } from '../__tests__/support/requests.ts';
import { SimulatedKeys } from '../__tests__/support/simulated-keys.ts';
import { SimulatedStream, takes } from '../__tests__/support/simulated-stream.ts';
import { VirtualClock } from '../__tests__/support/virtual-clock.ts';
import { KeyCache } from '../src/encryption/keys/key-cache.ts';
import { encrypt } from '../src/encryption/stream/encrypt.ts';
import type { Kind } from './account.ts';
import { print } from './command.ts';
import {
  botocoreWaiter,
  everyFiveSeconds,
  javaScriptWaiter,
  type Schedule,
  terraformFirehose,
  terraformKinesis
} from './poll-schedules.ts';
import { type Column, table } from './table.ts';

const LENGTHS_MS = [300, 3_000, 30_000, 300_000];
/** Lest a round number meets a round pause, each change takes up to a fifth more or less. */
const SPREAD = 0.2;
const CHANGES = 500;

interface Noticed {
  /** From the end of the change to the look that saw it. */
  readonly lagMs: number;
  /** Since the start. */
  readonly looks: number;
}

/** Waits for the end of a change that takes so long; null where it gives up before. */
type Waiter = (changeMs: number, random: () => number) => Promise<Noticed | null>;

const WAITERS: readonly { readonly who: string; readonly waiter: Waiter }[] = [
  { who: 'this action, Kinesis', waiter: action('kinesis') },
  { who: 'this action, Firehose', waiter: action('firehose') },
  { who: 'a loop with `sleep 5`; Ansible, Kinesis', waiter: polling(everyFiveSeconds) },
  { who: 'waiter of the AWS CLI and boto3 (StreamExists), Kinesis', waiter: polling(botocoreWaiter) },
  { who: 'waiter of the AWS SDK for JavaScript, Kinesis', waiter: polling(javaScriptWaiter) },
  { who: 'Terraform, Kinesis', waiter: polling(terraformKinesis) },
  { who: 'Terraform, Firehose', waiter: polling(terraformFirehose) }
];

interface Row {
  readonly who: string;
  /** What came of each length. */
  readonly means: readonly string[];
}

async function main(): Promise<void> {
  const rows: Row[] = [];
  for (const { who, waiter } of WAITERS) {
    rows.push({ who, means: await Promise.all(LENGTHS_MS.map((lengthMs) => onAverage(lengthMs, waiter))) });
  }
  const columns = LENGTHS_MS.map(
    (ms, index): Column<Row> => ({
      head: `a change of ${ms / 1_000} s`,
      cell: ({ means }) => means[index] ?? ''
    })
  );
  print(table([{ head: 'who waits', cell: ({ who }) => who }, ...columns], rows));
  print(
    `\nHow long after its end a change is noticed, and with how many looks since its start: the means of ${CHANGES} ` +
      'changes, each up to a fifth shorter or longer, on a virtual clock. Print it again with `npm run bench:notice`.'
  );
}

async function onAverage(lengthMs: number, waiter: Waiter): Promise<string> {
  const all: Noticed[] = [];
  for (let seed = 1; seed <= CHANGES; seed++) {
    const random = randomFrom(seed);
    const noticed = await waiter(lengthMs * (1 - SPREAD + 2 * SPREAD * random()), random);
    if (noticed === null) return 'gives up before';
    all.push(noticed);
  }
  const lagMs = mean(all.map((noticed) => noticed.lagMs));
  const looks = mean(all.map((noticed) => noticed.looks));
  return `${(lagMs / 1_000).toFixed(2)} s, ${looks.toFixed(1)} looks`;
}

/** The domain itself, from its first look at the stream to its proof. */
function action(kind: Kind): Waiter {
  return async (changeMs, random) => {
    const clock = new VirtualClock();
    const stream = kind === 'kinesis' ? new SimulatedStream(clock, active()) : new DeliveryStream(clock, disabled());
    stream.nextStarts(takes(changeMs));
    const keys = new SimulatedKeys();
    keys.add(customerKey(NEW));
    const asked = request({ kind, criteria: oneKey(NEW), settleMs: 0 });
    const { signal: cancelled } = new AbortController();
    const tools = { service: stream, keys: new KeyCache(keys), clock, random, log: () => {}, cancelled, fleet: ALONE };
    const { outcome } = await clock.finish(encrypt(asked, tools));
    assert.equal(outcome, 'enabled');
    const [start] = stream.starts;
    assert(start !== undefined);
    const since = stream.looksMs.filter((atMs) => atMs > start.atMs);
    return { lagMs: (since.at(-1) ?? Number.NaN) - start.atMs - changeMs, looks: since.length };
  };
}

/** Looks no more often than Firehose's rate allows. */
class DeliveryStream extends SimulatedStream {
  override readonly minPollIntervalMs = 220;
}

function polling(schedule: Schedule): Waiter {
  return async (changeMs, random) => {
    let looks = 0;
    for (const atMs of schedule(random)) {
      looks += 1;
      if (atMs >= changeMs) return { lagMs: atMs - changeMs, looks };
    }
    return null;
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** Numbers from 0 up to 1 that are the same for a seed each time. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

await main();
