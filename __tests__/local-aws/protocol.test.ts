import { PutRecordCommand } from '@aws-sdk/client-firehose';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import * as firehose from './firehose-calls.ts';
import { clientsFor, refusal, type Scene, scene } from './harness.ts';
import * as kinesis from './kinesis-calls.ts';

interface Reply {
  readonly status: number;
  readonly requestId: string | null;
  readonly body: unknown;
}

const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/kinesis/aws4_request, SignedHeaders=host, Signature=0';

/** A request as no SDK would send it. */
async function post({ aws }: Scene, target: string, body: string, authorization?: string): Promise<Reply> {
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': target, ...(authorization !== undefined && { authorization }) },
    body
  });
  return { status: response.status, requestId: response.headers.get('x-amzn-requestid'), body: await response.json() };
}

describe('the server', () => {
  test.each([
    ['an operation it does not have', 'Kinesis_20131202.DeleteStream', '{}', 'UnknownOperationException'],
    ['a name that every object has', 'Kinesis_20131202.constructor', '{}', 'UnknownOperationException'],
    ['a service it does not have', 'DynamoDB_20120810.ListTables', '{}', 'UnknownOperationException'],
    ['a body that is no JSON', 'Kinesis_20131202.ListStreams', '{"Limit":', 'SerializationException'],
    ['a body that is a list', 'Kinesis_20131202.ListStreams', '[]', 'SerializationException'],
    ['a number for a name', 'Kinesis_20131202.DescribeStreamSummary', '{"StreamName":7}', 'SerializationException'],
    ['a text for a number', 'Kinesis_20131202.ListStreams', '{"Limit":"7"}', 'SerializationException'],
    ['a fraction for a whole number', 'Kinesis_20131202.ListStreams', '{"Limit":1.5}', 'SerializationException'],
    ['a number past its limit', 'Kinesis_20131202.ListStreams', '{"Limit":10001}', 'ValidationException'],
    [
      'a text for a structure',
      'Firehose_20150804.StartDeliveryStreamEncryption',
      '{"DeliveryStreamName":"clicks","DeliveryStreamEncryptionConfigurationInput":"AWS_OWNED_CMK"}',
      'SerializationException'
    ],
    [
      'a word outside the enum',
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
  ])('refuses %s', async (_, target, body, type) => {
    await using here = await scene();

    const reply = await post(here, target, body, SIGNATURE);

    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ __type: type, message: expect.any(String) });
    expect(reply.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('says in the words of AWS which member is wrong and why', async () => {
    await using here = await scene();

    expect(await refusal(kinesis.describeStream(here, 'my orders'))).toMatchObject({
      message:
        "1 validation error detected: Value 'my orders' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
    });
    const put = new PutRecordCommand({ DeliveryStreamName: undefined, Record: { Data: Buffer.from('record') } });
    expect(await refusal(here.clients.firehose.send(put))).toMatchObject({
      message:
        "1 validation error detected: Value null at 'deliveryStreamName' failed to satisfy constraint: Member must not be null"
    });
  });

  test('refuses a request without credentials, and does not keep it', async () => {
    await using here = await scene();

    const reply = await post(here, 'Kinesis_20131202.ListStreams', '{}');

    expect(reply).toMatchObject({ status: 400, body: { __type: 'MissingAuthenticationTokenException' } });
    expect(here.aws.requests).toEqual([]);
  });

  test('answers nothing but POST', async () => {
    await using here = await scene();

    expect((await fetch(here.aws.endpoint)).status).toBe(404);
  });

  test('takes a null member as left out', async () => {
    await using here = await scene();

    const reply = await post(here, 'Kinesis_20131202.ListStreams', '{"Limit":null}', SIGNATURE);

    expect(reply).toMatchObject({ status: 200, body: { StreamNames: [], HasMoreStreams: false } });
  });

  test('keeps every request in order, with who sent it, for which region, and what came of it', async () => {
    await using here = await scene();
    here.aws.kinesis.create({ name: 'orders' });
    await here.clients.kinesis.send(new ListStreamsCommand({ Limit: 5 }));
    await refusal(firehose.describeStream(here));

    expect(here.aws.requests).toEqual([
      {
        service: 'kinesis',
        operation: 'ListStreams',
        input: { Limit: 5 },
        status: 200,
        userAgent: expect.stringContaining('aws-sdk-js'),
        region: 'us-east-1',
        at: here.clock.ms,
        accepted: true
      },
      expect.objectContaining({
        service: 'firehose',
        operation: 'DescribeDeliveryStream',
        input: { DeliveryStreamName: 'clicks' },
        status: 400,
        errorCode: 'ResourceNotFoundException',
        accepted: false
      })
    ]);
  });

  test('tells of a request as it comes, also of one that is never answered', async () => {
    const come = Promise.withResolvers<string>();
    await using here = await scene({ onRequest: ({ operation, status }) => come.resolve(`${operation} ${status}`) });
    here.aws.faults.add({ on: 'ListStreams', hang: 'before' });
    const answer = refusal(here.clients.kinesis.send(new ListStreamsCommand({})));

    expect(await come.promise).toBe('ListStreams 0');

    await here.aws.close();
    await answer;
  });

  test('stands in the region and account that it is told', async () => {
    await using here = await scene({ region: 'cn-north-1', accountId: '444455556666' });

    expect(here.aws.kinesis.create({ name: 'orders' }).arn).toBe(
      'arn:aws-cn:kinesis:cn-north-1:444455556666:stream/orders'
    );
    expect(here.aws.kms.createKey().arn).toMatch(/^arn:aws-cn:kms:cn-north-1:444455556666:key\//);
    expect(here.aws.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a clock that runs faster than the machine’s', () => {
  test('ends a change of an hour within moments', async () => {
    await using aws = await startLocalAws({ speed: 100_000, changeMs: 3_600_000 });
    const here = { clients: clientsFor(aws.endpoint) };
    aws.kinesis.create({ name: 'orders' });
    await kinesis.start(here, kinesis.AWS_KEY);
    const statuses: (string | undefined)[] = [];
    do {
      statuses.push((await kinesis.describeStream(here)).StreamStatus);
    } while (statuses.at(-1) !== 'ACTIVE');

    expect(statuses[0]).toBe('UPDATING');
  });

  test('allows more calls by the same factor', async () => {
    await using aws = await startLocalAws({ speed: 100_000, limitsRates: true });
    const clients = clientsFor(aws.endpoint);

    for (let call = 0; call < 12; call += 1) await clients.kinesis.send(new ListStreamsCommand({}));
  });
});
