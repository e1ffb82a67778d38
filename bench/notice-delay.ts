/** `npm run bench:notice-delay`: how long after its end each tool notices a change, and with how many polls, on a virtual clock. */

import assert from 'node:assert/strict';
import { customerKey, NEW } from '../__tests__/support/account.ts';
import { NO_FLEET } from '../__tests__/support/fleet-context.ts';
import { active, disabled } from '../__tests__/support/observations.ts';
import { request, targetKey } from '../__tests__/support/requests.ts';
import { SimulatedKeys } from '../__tests__/support/simulated-keys.ts';
import { SimulatedStream, succeedsAfter } from '../__tests__/support/simulated-stream.ts';
import { NO_SOURCES } from '../__tests__/support/sources.ts';
import { VirtualClock } from '../__tests__/support/virtual-clock.ts';
import { KeyCache } from '../src/encryption/keys/key-cache.ts';
import { encrypt } from '../src/encryption/stream/encrypt.ts';
import type { Kind } from './account.ts';
import { print, printTable } from './command.ts';
import {
  botocoreWaiter,
  everyFiveSeconds,
  javaScriptWaiter,
  type Schedule,
  terraformFirehose,
  terraformKinesis
} from './poll-schedules.ts';

const LENGTHS_MS = [300, 3_000, 30_000, 300_000];
/** Each change succeedsAfter up to a fifth longer or shorter, so that its length is no multiple of a poll interval. */
const JITTER = 0.2;
const CHANGES = 500;

interface Notice {
  /** From the end of the change to the poll that observed it. */
  readonly delayMs: number;
  /** Polls since the start of the change. */
  readonly polls: number;
}

/** Polls until a change of this length has ended; null if the waiter gives up before. */
type Waiter = (changeMs: number, random: () => number) => Promise<Notice | null>;

const WAITERS: readonly { readonly name: string; readonly waiter: Waiter }[] = [
  { name: 'this action, Kinesis', waiter: action('kinesis') },
  { name: 'this action, Firehose', waiter: action('firehose') },
  { name: 'shell loop with `sleep 5`; Ansible, Kinesis', waiter: polling(everyFiveSeconds) },
  { name: 'waiter StreamExists of the AWS CLI and boto3, Kinesis', waiter: polling(botocoreWaiter) },
  { name: 'waiter of the AWS SDK for JavaScript, Kinesis', waiter: polling(javaScriptWaiter) },
  { name: 'Terraform, Kinesis', waiter: polling(terraformKinesis) },
  { name: 'Terraform, Firehose', waiter: polling(terraformFirehose) }
];

async function main(): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const { name, waiter } of WAITERS) {
    const row: Record<string, string> = { tool: name };
    for (const ms of LENGTHS_MS) row[`change of ${ms / 1_000} s`] = await averageNotice(ms, waiter);
    rows.push(row);
  }
  printTable(rows, Object.keys(rows[0] ?? {}));
  print(
    `\nThe delay between the end of a change and the poll that observes it, and the number of polls since the start: means of ` +
      `${CHANGES} changes, each up to a fifth shorter or longer, on a virtual clock. To reproduce: \`npm run bench:notice-delay\`.`
  );
}

async function averageNotice(lengthMs: number, waiter: Waiter): Promise<string> {
  const notices: Notice[] = [];
  for (let seed = 1; seed <= CHANGES; seed++) {
    const random = randomFrom(seed);
    const notice = await waiter(lengthMs * (1 - JITTER + 2 * JITTER * random()), random);
    if (notice === null) return 'gives up before';
    notices.push(notice);
  }
  const delayMs = mean(notices.map((notice) => notice.delayMs));
  const polls = mean(notices.map((notice) => notice.polls));
  return `${(delayMs / 1_000).toFixed(2)} s, ${polls.toFixed(1)} polls`;
}

/** The action's own code for one stream, from the first describe request to the result. */
function action(kind: Kind): Waiter {
  return async (changeMs, random) => {
    const clock = new VirtualClock();
    const stream = kind === 'kinesis' ? new SimulatedStream(clock, active()) : new DeliveryStream(clock, disabled());
    stream.onNextStarts(succeedsAfter(changeMs));
    const keys = new SimulatedKeys();
    keys.add(customerKey(NEW));
    const streamRequest = request({ kind, criteria: targetKey(NEW), settleMs: 0 });
    const { signal: cancelled } = new AbortController();
    const tools = {
      service: stream,
      keys: new KeyCache(keys),
      sources: NO_SOURCES,
      clock,
      random,
      log: () => {},
      cancelled,
      fleet: NO_FLEET
    };
    const { outcome } = await clock.finish(encrypt(streamRequest, tools));
    assert.equal(outcome, 'enabled');
    const [start] = stream.starts;
    assert(start !== undefined);
    const since = stream.describesMs.filter((atMs) => atMs > start.atMs);
    return { delayMs: (since.at(-1) ?? Number.NaN) - start.atMs - changeMs, polls: since.length };
  };
}

/** Polled no more often than Firehose's rate allows. */
class DeliveryStream extends SimulatedStream {
  override readonly minPollIntervalMs = 220;
}

function polling(schedule: Schedule): Waiter {
  return async (changeMs, random) => {
    let polls = 0;
    for (const atMs of schedule(random)) {
      polls += 1;
      if (atMs >= changeMs) return { delayMs: atMs - changeMs, polls };
    }
    return null;
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

/** A reproducible generator of numbers from 0 (inclusive) to 1 (exclusive). */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

await main();
