/** When other tools poll a stream, in milliseconds after the start of a change. Answers are assumed to be immediate. */

/** The times of the polls; it ends where the tool gives up. */
export type Schedule = (random: () => number) => Iterable<number>;

/** A typical shell loop, and Ansible's community.aws.kinesis_stream (`wait_for_status`). */
export function* everyFiveSeconds(): Generator<number> {
  for (let atMs = 0; ; atMs += 5_000) yield atMs;
}

/** `aws kinesis wait stream-exists`, and boto3. Source: botocore, data/kinesis/2013-12-02/waiters-2.json, StreamExists. */
export function* botocoreWaiter(): Generator<number> {
  for (let poll = 0; poll < 18; poll++) yield poll * 10_000;
}

/** `waitUntilStreamExists` of the AWS SDK for JavaScript v3. Source: @smithy/core, util-waiter/poller.js; 10 s to 120 s. */
export function* javaScriptWaiter(random: () => number): Generator<number> {
  const [minMs, maxMs] = [10_000, 120_000];
  const doublings = Math.log2(maxMs / minMs);
  let atMs = 0;
  yield atMs;
  for (let attempt = 1; ; attempt++) {
    const upToMs = Math.min(minMs * 2 ** (attempt - 1), maxMs);
    atMs += attempt > doublings + 1 ? maxMs : minMs + random() * (upToMs - minMs);
    yield atMs;
  }
}

/**
 * Terraform's AWS provider, data streams: after 10 s, then after 3 s, doubled up to 10 s. Source: terraform-provider-aws,
 * internal/service/kinesis/stream.go (`waitStreamUpdated`), internal/backoff/backoff.go.
 */
export function terraformKinesis(): Iterable<number> {
  return exponentialBackoff({ firstMs: 10_000, minMs: 3_000 });
}

/**
 * Terraform's AWS provider, delivery streams: at once, then after 0.2 s, doubled up to 10 s. Source: terraform-provider-aws,
 * internal/service/firehose/delivery_stream.go (`waitDeliveryStreamEncryptionEnabled`), internal/backoff/backoff.go.
 */
export function terraformFirehose(): Iterable<number> {
  return exponentialBackoff({ firstMs: 0, minMs: 0 });
}

function* exponentialBackoff({ firstMs, minMs }: { firstMs: number; minMs: number }): Generator<number> {
  let atMs = firstMs;
  let intervalMs = 100;
  for (;;) {
    yield atMs;
    intervalMs = Math.min(Math.max(2 * intervalMs, minMs), 10_000);
    atMs += intervalMs;
  }
}
