import { PutRecordCommand } from '@aws-sdk/client-firehose';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import * as firehose from './firehose-calls.ts';
import { createClients, type Fixture, rejection, startFixture } from './fixture.ts';
import * as kinesis from './kinesis-calls.ts';

interface Reply {
  readonly status: number;
  readonly requestId: string | null;
  readonly body: unknown;
}

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/kinesis/aws4_request, SignedHeaders=host, Signature=0';

/** Sends a raw request, as no SDK would. */
async function post({ aws }: Fixture, target: string, body: string, authorization?: string): Promise<Reply> {
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': target, ...(authorization !== undefined && { authorization }) },
    body
  });
  return { status: response.status, requestId: response.headers.get('x-amzn-requestid'), body: await response.json() };
}

describe('the server', () => {
  test.each([
    ['an unknown operation', 'Kinesis_20131202.DeleteStream', '{}', 'UnknownOperationException'],
    ['an operation named like an Object property', 'Kinesis_20131202.constructor', '{}', 'UnknownOperationException'],
    ['an unknown service', 'DynamoDB_20120810.ListTables', '{}', 'UnknownOperationException'],
    ['a body that is not JSON', 'Kinesis_20131202.ListStreams', '{"Limit":', 'SerializationException'],
    ['a body that is a list', 'Kinesis_20131202.ListStreams', '[]', 'SerializationException'],
    [
      'a number in place of a string',
      'Kinesis_20131202.DescribeStreamSummary',
      '{"StreamName":7}',
      'SerializationException'
    ],
    ['a string in place of a number', 'Kinesis_20131202.ListStreams', '{"Limit":"7"}', 'SerializationException'],
    ['a fraction in place of an integer', 'Kinesis_20131202.ListStreams', '{"Limit":1.5}', 'SerializationException'],
    ['a number above its maximum', 'Kinesis_20131202.ListStreams', '{"Limit":10001}', 'ValidationException'],
    [
      'a string in place of a structure',
      'Firehose_20150804.StartDeliveryStreamEncryption',
      '{"DeliveryStreamName":"clicks","DeliveryStreamEncryptionConfigurationInput":"AWS_OWNED_CMK"}',
      'SerializationException'
    ],
    [
      'a value outside the enum',
      'Firehose_20150804.StartDeliveryStreamEncryption',
      '{"DeliveryStreamName":"clicks","DeliveryStreamEncryptionConfigurationInput":{"KeyType":"AWS"}}',
      'ValidationException'
    ],
    [
      'data that is not base64',
      'Kinesis_20131202.PutRecord',
      '{"StreamName":"orders","PartitionKey":"1","Data":"§"}',
      'SerializationException'
    ],
    ['no data', 'Firehose_20150804.PutRecord', '{"DeliveryStreamName":"clicks"}', 'ValidationException'],
    [
      'the reserved StreamId',
      'Kinesis_20131202.DescribeStreamSummary',
      '{"StreamName":"orders","StreamId":"abcdefghijklmnopqrst-abc"}',
      'InvalidArgumentException'
    ],
    ['no KeyId', 'TrentService.DescribeKey', '{}', 'ValidationException']
  ])('rejects %s', async (_, target, body, type) => {
    await using fixture = await startFixture();

    const reply = await post(fixture, target, body, SIGNATURE);

    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ __type: type, message: expect.any(String) });
    expect(reply.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('names the invalid member and the constraint in the format of AWS', async () => {
    await using fixture = await startFixture();

    expect(await rejection(kinesis.describeStream(fixture, 'my orders'))).toMatchObject({
      message:
        "1 validation error detected: Value 'my orders' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
    });
    const command = new PutRecordCommand({ DeliveryStreamName: undefined, Record: { Data: Buffer.from('record') } });
    expect(await rejection(fixture.clients.firehose.send(command))).toMatchObject({
      message:
        "1 validation error detected: Value null at 'deliveryStreamName' failed to satisfy constraint: Member must not be null"
    });
  });

  test('rejects a request without credentials, and does not record it', async () => {
    await using fixture = await startFixture();

    const reply = await post(fixture, 'Kinesis_20131202.ListStreams', '{}');

    expect(reply).toMatchObject({ status: 400, body: { __type: 'MissingAuthenticationTokenException' } });
    expect(fixture.aws.requests).toEqual([]);
  });

  test('supports only POST', async () => {
    await using fixture = await startFixture();

    expect((await fetch(fixture.aws.endpoint)).status).toBe(404);
  });

  test('treats a null member as absent', async () => {
    await using fixture = await startFixture();

    const reply = await post(fixture, 'Kinesis_20131202.ListStreams', '{"Limit":null}', SIGNATURE);

    expect(reply).toMatchObject({ status: 200, body: { StreamNames: [], HasMoreStreams: false } });
  });

  test('records every request in order, with user agent, region and result', async () => {
    await using fixture = await startFixture();
    fixture.aws.kinesis.create({ name: 'orders' });
    await fixture.clients.kinesis.send(new ListStreamsCommand({ Limit: 5 }));
    await rejection(firehose.describeStream(fixture));

    expect(fixture.aws.requests).toEqual([
      {
        service: 'kinesis',
        operation: 'ListStreams',
        input: { Limit: 5 },
        status: 200,
        userAgent: expect.stringContaining('aws-sdk-js'),
        region: 'us-east-1',
        at: fixture.clock.ms,
        accepted: true,
        attempt: expect.stringMatching(/attempt=1/),
        hangs: false
      },
      expect.objectContaining({
        service: 'firehose',
        operation: 'DescribeDeliveryStream',
        input: { DeliveryStreamName: 'clicks' },
        status: 400,
        errorCode: 'ResourceNotFoundException',
        accepted: false,
        attempt: expect.stringMatching(/attempt=1/),
        hangs: false
      })
    ]);
  });

  test('calls onRequest on arrival, even for a request without a response', async () => {
    const received = Promise.withResolvers<string>();
    await using fixture = await startFixture({
      onRequest: ({ operation, status }) => received.resolve(`${operation} ${status}`)
    });
    fixture.aws.faults.add({ on: 'ListStreams', hang: 'before' });
    const response = rejection(fixture.clients.kinesis.send(new ListStreamsCommand({})));

    expect(await received.promise).toBe('ListStreams 0');

    await fixture.aws.close();
    await response;
  });

  test('uses the configured region and account', async () => {
    await using fixture = await startFixture({ region: 'cn-north-1', accountId: '444455556666' });

    expect(fixture.aws.kinesis.create({ name: 'orders' }).arn).toBe(
      'arn:aws-cn:kinesis:cn-north-1:444455556666:stream/orders'
    );
    expect(fixture.aws.kms.createKey().arn).toMatch(/^arn:aws-cn:kms:cn-north-1:444455556666:key\//);
    expect(fixture.aws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('the option speed', () => {
  test('completes a change of one hour within milliseconds', async () => {
    await using aws = await startLocalAws({ speed: 100_000, changeMs: 3_600_000 });
    const fixture = { clients: createClients(aws.endpoint) };
    aws.kinesis.create({ name: 'orders' });
    await kinesis.start(fixture, kinesis.AWS_KEY);
    while ((await kinesis.describeStream(fixture)).StreamStatus !== 'ACTIVE');

    const [start, last] = [aws.requests.at(0), aws.requests.at(-1)];
    expect((last?.at ?? 0) - (start?.at ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  });

  test('raises the call rates by the same factor', async () => {
    await using aws = await startLocalAws({ speed: 100_000, limitsRates: true });
    const clients = createClients(aws.endpoint);

    for (let call = 0; call < 12; call += 1) await clients.kinesis.send(new ListStreamsCommand({}));
  });
});
