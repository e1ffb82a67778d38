import { ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import * as firehose from './firehose-calls.ts';
import { refusal, scene } from './harness.ts';
import * as kinesis from './kinesis-calls.ts';

describe('an account whose call rates are limited', () => {
  test('answers so many calls of an operation in a second, and the next one after that', async () => {
    await using here = await scene({ limitsRates: true });
    here.aws.kinesis.create({ name: 'orders' });
    here.aws.firehose.create({ name: 'clicks' });
    for (let call = 0; call < 20; call += 1) await kinesis.describeStream(here);
    for (let call = 0; call < 5; call += 1) await firehose.describeStream(here);

    expect(await refusal(kinesis.describeStream(here))).toMatchObject({
      name: 'LimitExceededException',
      message: expect.stringMatching(/^Rate exceeded/)
    });
    expect(await refusal(firehose.describeStream(here))).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded'
    });

    here.clock.advance(999);
    expect((await refusal(kinesis.describeStream(here))).name).toBe('LimitExceededException');
    here.clock.advance(1);
    await kinesis.describeStream(here);
    await firehose.describeStream(here);
  });

  test('limits each operation by itself', async () => {
    await using here = await scene({ limitsRates: true });
    here.aws.firehose.create({ name: 'clicks' });
    const list = () => here.clients.firehose.send(new ListDeliveryStreamsCommand({}));
    for (let call = 0; call < 5; call += 1) {
      await firehose.describeStream(here);
      await list();
    }
    for (let call = 0; call < 5; call += 1) await here.clients.kinesis.send(new ListStreamsCommand({}));

    expect((await refusal(list())).name).toBe('ThrottlingException');
    expect((await refusal(here.clients.kinesis.send(new ListStreamsCommand({})))).name).toBe('LimitExceededException');
  });

  test('allows the calls of any second, also where two halves of one have had as many', async () => {
    await using here = await scene({ limitsRates: true });
    const list = () => here.clients.kinesis.send(new ListStreamsCommand({}));
    for (let call = 0; call < 3; call += 1) await list();
    here.clock.advance(600);
    for (let call = 0; call < 2; call += 1) await list();
    here.clock.advance(400);
    for (let call = 0; call < 3; call += 1) await list();

    expect((await refusal(list())).name).toBe('LimitExceededException');
  });

  test('does not limit records', async () => {
    await using here = await scene({ limitsRates: true });
    here.aws.firehose.create({ name: 'clicks' });

    for (let call = 0; call < 30; call += 1) await firehose.putRecord(here);
  });
});
