/** Outcomes of one stream. `cancelled` is in cancellation/, `failed` in campaign/. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import {
  ALWAYS,
  CHANGING_STATUS,
  createStream,
  DESCRIBE,
  ENCRYPTED_STATUS,
  FOREVER,
  KINDS,
  run,
  runOn
} from './step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 50 });
});
afterEach(() => aws.close());

describe.each(KINDS)('the bundle, for %s', (kind) => {
  test('planned, enabled, unchanged, rekeyed, compliant and non-compliant: six runs for one stream', async () => {
    const [first, second] = [aws.kms.createKey(), aws.kms.createKey()];
    aws.kms.createAlias('alias/app', second);
    createStream(aws, kind);

    const planned = await runOn(aws, kind, { mode: 'plan' });
    expect(planned).toMatchObject({
      exitCode: 0,
      outputs: { outcome: 'planned', changed: 'false', encrypted: 'false' },
      summary: expect.stringMatching(/<td>not encrypted<br>→ .*, planned<\/td>/)
    });
    expect(aws.writes()).toHaveLength(0);

    const enabled = await runOn(aws, kind, { 'key-type': 'customer-managed', 'key-id': first.arn });
    expect(enabled.exitCode).toBe(0);
    expect(enabled.outputs).toMatchObject({
      outcome: 'enabled',
      changed: 'true',
      encrypted: 'true',
      status: ENCRYPTED_STATUS[kind],
      'key-type': 'customer-managed',
      'key-id': first.arn,
      'stream-arn': aws[kind].get('orders').arn,
      counts: '{"total":1,"enabled":1}'
    });
    expect(JSON.parse(enabled.outputs.results ?? '')).toMatchObject([
      { kind, name: 'orders', changed: true, keyArn: first.arn, message: expect.stringContaining('was not encrypted') }
    ]);

    const unchanged = await runOn(aws, kind, { 'key-id': first.arn.split('/')[1] ?? '' });
    const same = { 'key-id': first.arn, 'previous-key-id': first.arn };
    expect(unchanged.outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', encrypted: 'true', ...same });
    expect(aws.writes()).toHaveLength(1);

    const rekeyed = await runOn(aws, kind, { 'key-id': 'alias/app' });
    expect(rekeyed.outputs).toMatchObject({ outcome: 'rekeyed', 'key-id': second.arn, 'previous-key-id': first.arn });
    expect(rekeyed.stdout).toContain(`us-east-1 · mode encrypt · ${kind} orders · key: alias/app`);

    const [compliant, nonCompliant] = await Promise.all([
      runOn(aws, kind, { mode: 'check', 'key-type': 'customer-managed' }),
      runOn(aws, kind, { mode: 'check', 'key-type': 'aws-owned' })
    ]);
    const checked = { changed: 'false', encrypted: 'true', 'key-id': second.arn };
    expect(compliant).toMatchObject({ exitCode: 0, outputs: { outcome: 'compliant', ...checked } });
    expect(nonCompliant).toMatchObject({ exitCode: 1, outputs: { outcome: 'non-compliant', ...checked } });
    const error = `::error title=${kind} orders::non-compliant: the stream is encrypted with ${second.arn}`;
    expect(nonCompliant.stdout).toContain(error);
    expect(aws.writes()).toHaveLength(2);
  });

  test('started: returns when the change is accepted; timed-out: says that the change continues', async () => {
    createStream(aws, kind, { changeMs: FOREVER });
    createStream(aws, kind, { name: 'clicks', changeMs: FOREVER });
    aws.faults.add({ on: DESCRIBE[kind], stream: 'clicks', after: 2, times: ALWAYS, hang: 'before' });
    const [started, timedOut] = await Promise.all([
      runOn(aws, kind, { 'key-type': 'aws-owned', wait: 'false' }),
      runOn(aws, kind, { 'key-type': 'aws-owned', 'stream-name': 'clicks', 'timeout-seconds': '3' })
    ]);
    const sent = { changed: 'true', encrypted: 'false', 'key-id': '' };
    expect(started).toMatchObject({ exitCode: 0, outputs: { outcome: 'started', ...sent } });
    expect(timedOut).toMatchObject({ exitCode: 1, outputs: { outcome: 'timed-out', ...sent } });
    expect(timedOut.stdout).toContain(`The last status was ${CHANGING_STATUS[kind]}`);
    expect(timedOut.stdout).toContain('the service continues it by itself. Running again is safe');
  });
});

test('an alias in from-key-id that points to the target is one error, before any stream is described', async () => {
  const target = aws.kms.createKey();
  aws.kms.createAlias('alias/previous', target);
  const inputs = { 'stream-name': 'orders,clicks', 'key-id': target.arn, 'from-key-id': 'aws-owned,alias/previous' };
  const { outputs, stdout } = await runOn(aws, 'kinesis', inputs);
  expect(outputs).toMatchObject({ outcome: 'failed', results: '[]' });
  const error = expect.stringContaining('Input from-key-id is "alias/previous": this is the target key');
  expect(stdout.match(/^::error .*$/gm)).toEqual([error]);
  expect(new Set(aws.requests.map(({ operation }) => operation))).toEqual(new Set(['DescribeKey']));
});

test('check judges delivery streams by their source, which is described once, however many read from it', async () => {
  const { arn } = aws.kms.createKey();
  const [feed, hidden] = [
    aws.kinesis.create({ name: 'feed', keyId: arn }),
    aws.kinesis.create({ name: 'hidden-feed' })
  ];
  const message = `User: ci is not authorized to perform: kinesis:DescribeStreamSummary on resource: ${hidden.arn} because no identity-based policy allows the action`;
  const error = { code: 'AccessDeniedException', message };
  aws.faults.add({ on: 'DescribeStreamSummary', stream: 'hidden-feed', times: ALWAYS, error });
  for (const name of ['one', 'two']) aws.firehose.create({ name, source: { dataStreamArn: feed.arn } });
  aws.firehose.create({ name: 'hidden', source: { dataStreamArn: hidden.arn } });
  const inputs = { 'stream-kind': 'firehose', 'stream-name': 'one,two,hidden', mode: 'check', 'key-id': arn };
  const compliant = { outcome: 'compliant', encrypted: 'true', keyId: arn, status: 'DISABLED', source: feed.arn };
  const grant = expect.stringContaining(`Grant kinesis:DescribeStreamSummary on ${hidden.arn}`);
  const { outputs } = await run(aws, inputs);
  expect(JSON.parse(outputs.results ?? '')).toMatchObject([
    { ...compliant, arn: aws.firehose.get('one').arn },
    compliant,
    { outcome: 'failed', encrypted: 'unknown', keyId: null, message: grant }
  ]);
  const describes = aws.requests.filter(({ input }) => input.StreamARN === feed.arn);
  expect(describes).toHaveLength(1);
});
