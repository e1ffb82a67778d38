/** The call rates of an account, and what follows from them. */

/**
 * Calls per second that an account has in a region, shared by all of its callers. Sources: Kinesis Developer Guide, "Quotas
 * and limits"; Firehose Developer Guide, "Amazon Data Firehose Quota". The rate of StartStreamEncryption is not published:
 * it is assumed to be the lowest of the others. No run comes near the rate of a call that is not listed.
 */
const CALLS_PER_SECOND = {
  'kinesis:DescribeStreamSummary': 20,
  'kinesis:ListStreams': 5,
  'kinesis:StartStreamEncryption': 5,
  'firehose:DescribeDeliveryStream': 5,
  'firehose:ListDeliveryStreams': 5,
  'firehose:StartDeliveryStreamEncryption': 5
} as const;

type RatedAction = keyof typeof CALLS_PER_SECOND;

/** More often than this, polling notices nothing sooner that matters. */
const SHORTEST_POLL_INTERVAL_MS = 100;
/** The jitter of the poll interval must not make two polls come faster than the rate. */
const ROOM_FOR_JITTER = 1.1;

/** The shortest interval at which one stream may be polled with this call, in milliseconds. */
export function minPollIntervalMs(action: RatedAction): number {
  return Math.max(SHORTEST_POLL_INTERVAL_MS, Math.round((1_000 / CALLS_PER_SECOND[action]) * ROOM_FOR_JITTER));
}

/** The rate of a call in calls per second; null if no run comes near it. */
export function callsPerSecond(action: string): number | null {
  return RATES.get(action) ?? null;
}

const RATES: ReadonlyMap<string, number> = new Map(Object.entries(CALLS_PER_SECOND));
