/** When others look at a stream after the start of a change, in milliseconds since. Each look is taken to answer at once. */

/** The moments of the looks; it ends where the caller gives up. */
export type Schedule = (random: () => number) => Iterable<number>;

/** A loop in a shell, as most scripts have it, and Ansible's community.aws.kinesis_stream (`wait_for_status`). */
export function* everyFiveSeconds(): Generator<number> {
  for (let atMs = 0; ; atMs += 5_000) yield atMs;
}

/** `aws kinesis wait stream-exists`, and boto3. Source: botocore, data/kinesis/2013-12-02/waiters-2.json, StreamExists. */
export function* botocoreWaiter(): Generator<number> {
  for (let look = 0; look < 18; look++) yield look * 10_000;
}

/** `waitUntilStreamExists` of the AWS SDK for JavaScript v3. Source: @smithy/core, util-waiter/poller.js; 10 s to 120 s. */
export function* javaScriptWaiter(random: () => number): Generator<number> {
  const [shortestMs, longestMs] = [10_000, 120_000];
  const doublings = Math.log2(longestMs / shortestMs);
  let atMs = 0;
  yield atMs;
  for (let tries = 1; ; tries++) {
    const mostMs = Math.min(shortestMs * 2 ** (tries - 1), longestMs);
    atMs += tries > doublings + 1 ? longestMs : shortestMs + random() * (mostMs - shortestMs);
    yield atMs;
  }
}

/**
 * Terraform's AWS provider, of a data stream: after 10 s, then 3 s, doubled up to 10 s. Source: terraform-provider-aws,
 * internal/service/kinesis/stream.go (`waitStreamUpdated`), internal/backoff/backoff.go.
 */
export function terraformKinesis(): Iterable<number> {
  return doubling({ firstMs: 10_000, shortestMs: 3_000 });
}

/**
 * The same, of a delivery stream: at once, then 0.2 s, doubled up to 10 s. Source: terraform-provider-aws,
 * internal/service/firehose/delivery_stream.go (`waitDeliveryStreamEncryptionEnabled`), internal/backoff/backoff.go.
 */
export function terraformFirehose(): Iterable<number> {
  return doubling({ firstMs: 0, shortestMs: 0 });
}

function* doubling({ firstMs, shortestMs }: { firstMs: number; shortestMs: number }): Generator<number> {
  let atMs = firstMs;
  let pauseMs = 100;
  for (;;) {
    yield atMs;
    pauseMs = Math.min(Math.max(2 * pauseMs, shortestMs), 10_000);
    atMs += pauseMs;
  }
}
