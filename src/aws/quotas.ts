/** The call rates of an account, and what follows from them. */

/**
 * Calls per second that an account has in a region, shared by all of its callers. Sources: Kinesis Developer Guide, "Quotas
 * and limits"; Firehose Developer Guide, "Amazon Data Firehose Quota". The rate of StartStreamEncryption is not published:
 * it is assumed to be the lowest of the others. Calls that are not listed are not limited: a run stays far below their quotas.
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

/** Polling faster than this gains nothing. */
const SHORTEST_POLL_INTERVAL_MS = 100;
/** With a jitter of a tenth, two polls still come about as far apart as the rate allows; the rate limiter ensures it. */
const ROOM_FOR_JITTER = 1.1;

/** The shortest interval at which one stream may be polled with this call, in milliseconds. */
export function minPollIntervalMs(action: RatedAction): number {
  return Math.max(SHORTEST_POLL_INTERVAL_MS, Math.round((1_000 / CALLS_PER_SECOND[action]) * ROOM_FOR_JITTER));
}

/** The rate of a call in calls per second; null if it is not limited. */
export function callsPerSecond(action: string): number | null {
  return RATES.get(action) ?? null;
}

const RATES: ReadonlyMap<string, number> = new Map(Object.entries(CALLS_PER_SECOND));
