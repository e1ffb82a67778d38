import { ListDeliveryStreamsCommand } from '@aws-sdk/client-firehose';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from '@jest/globals';
import * as firehose from './firehose-calls.ts';
import { rejection, startFixture } from './fixture.ts';
import * as kinesis from './kinesis-calls.ts';

describe('the option limitsRates', () => {
  test('throttles calls above the rate of the operation, until a second has passed', async () => {
    await using fixture = await startFixture({ limitsRates: true });
    fixture.aws.kinesis.create({ name: 'orders' });
    fixture.aws.firehose.create({ name: 'clicks' });
    for (let call = 0; call < 20; call += 1) await kinesis.describeStream(fixture);
    for (let call = 0; call < 5; call += 1) await firehose.describeStream(fixture);

    expect(await rejection(kinesis.describeStream(fixture))).toMatchObject({
      name: 'LimitExceededException',
      message: expect.stringMatching(/^Rate exceeded/)
    });
    expect(await rejection(firehose.describeStream(fixture))).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded'
    });

    fixture.clock.advance(999);
    expect((await rejection(kinesis.describeStream(fixture))).name).toBe('LimitExceededException');
    fixture.clock.advance(1);
    await kinesis.describeStream(fixture);
    await firehose.describeStream(fixture);
  });

  test('limits each operation separately', async () => {
    await using fixture = await startFixture({ limitsRates: true });
    fixture.aws.firehose.create({ name: 'clicks' });
    const list = () => fixture.clients.firehose.send(new ListDeliveryStreamsCommand({}));
    for (let call = 0; call < 5; call += 1) {
      await firehose.describeStream(fixture);
      await list();
    }
    for (let call = 0; call < 5; call += 1) await fixture.clients.kinesis.send(new ListStreamsCommand({}));

    expect((await rejection(list())).name).toBe('ThrottlingException');
    expect((await rejection(fixture.clients.kinesis.send(new ListStreamsCommand({})))).name).toBe(
      'LimitExceededException'
    );
  });

  test('limits calls over a rolling second', async () => {
    await using fixture = await startFixture({ limitsRates: true });
    const list = () => fixture.clients.kinesis.send(new ListStreamsCommand({}));
    for (let call = 0; call < 3; call += 1) await list();
    fixture.clock.advance(600);
    for (let call = 0; call < 2; call += 1) await list();
    fixture.clock.advance(400);
    for (let call = 0; call < 3; call += 1) await list();

    expect((await rejection(list())).name).toBe('LimitExceededException');
  });

  test('does not limit PutRecord', async () => {
    await using fixture = await startFixture({ limitsRates: true });
    fixture.aws.firehose.create({ name: 'clicks' });

    for (let call = 0; call < 30; call += 1) await firehose.putRecord(fixture);
  });
});
