import { describe, expect, test } from '@jest/globals';
import { describeStream, encryption, putRecord, start, startWith } from './firehose-calls.ts';
import { rejection, startFixture } from './fixture.ts';

describe('a change of a delivery stream', () => {
  test('goes from ENABLING to ENABLED with a customer key', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.firehose.create({ name: 'clicks' });

    const before = await encryption(fixture);
    await start(fixture, key.arn);
    fixture.clock.advance(999);
    const during = await encryption(fixture);
    fixture.clock.advance(1);

    expect(before).toEqual({ Status: 'DISABLED' });
    expect(during).toEqual({ Status: 'ENABLING', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
    expect(await encryption(fixture)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('to the AWS owned key shows the key type without an ARN, whether the key is named or omitted', async () => {
    await using fixture = await startFixture({ changeMs: 0 });
    fixture.aws.firehose.create({ name: 'named' });
    fixture.aws.firehose.create({ name: 'omitted' });

    await start(fixture, 'aws-owned', 'named');
    await startWith(fixture, undefined, 'omitted');

    for (const name of ['named', 'omitted']) {
      expect(await encryption(fixture, name)).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    }
  });

  test('does not change DeliveryStreamStatus', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks' });

    await start(fixture, 'aws-owned');

    expect(await describeStream(fixture)).toMatchObject({ DeliveryStreamStatus: 'ACTIVE' });
  });

  test('is rejected while another change is in progress', async () => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks', changing: { key: 'aws-owned', ms: 5000 } });
    const key = fixture.aws.kms.createKey();

    expect((await rejection(start(fixture, key.arn))).name).toBe('ResourceInUseException');
    fixture.clock.advance(5000);
    await start(fixture, key.arn);
  });

  test.each(['CREATING', 'DELETING'])('is rejected while the delivery stream is %s', async (streamStatus) => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks', streamStatus });

    expect((await rejection(start(fixture, 'aws-owned'))).name).toBe('ResourceInUseException');
  });

  test('to the configuration in force is rejected', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    fixture.aws.firehose.create({ name: 'customer', key: key.arn });
    fixture.aws.firehose.create({ name: 'owned', key: 'aws-owned' });

    expect((await rejection(start(fixture, key.arn, 'customer'))).name).toBe('InvalidArgumentException');
    expect((await rejection(start(fixture, 'aws-owned', 'owned'))).name).toBe('InvalidArgumentException');
    expect(fixture.aws.writes()).toEqual([]);
  });

  test.each([
    ['KinesisStreamAsSource', { dataStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/feed' }],
    ['MSKAsSource', { mskClusterArn: 'arn:aws:kafka:us-east-1:111122223333:cluster/feed/1' }],
    ['DatabaseAsSource', { databaseEndpoint: 'db.example.com' }]
  ])('is rejected for the source %s', async (sourceType, source) => {
    await using fixture = await startFixture();
    fixture.aws.firehose.create({ name: 'clicks', source });

    const { name, message } = await rejection(start(fixture, 'aws-owned'));

    expect(name).toBe('InvalidArgumentException');
    expect(message).toContain(sourceType);
    expect(await describeStream(fixture)).toMatchObject({ DeliveryStreamType: sourceType });
  });
});

describe('a failed change', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'DISABLED_KMS_KEY'],
    ['pending deletion', { state: 'PendingDeletion' }, 'INVALID_KMS_KEY'],
    ['asymmetric', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, 'INVALID_KMS_KEY'],
    ['in another region', { region: 'eu-west-1' }, 'KMS_KEY_NOT_FOUND'],
    ['not allowed for the service', { refusedToServices: true }, 'KMS_ACCESS_DENIED'],
    ['managed by AWS', { manager: 'AWS' }, 'KMS_ACCESS_DENIED']
  ] as const)('ends in ENABLING_FAILED with the reason when the key is %s', async (_, seed, type) => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey(seed);
    fixture.aws.firehose.create({ name: 'clicks' });

    await start(fixture, key.arn);
    expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLING' });
    fixture.clock.advance(1000);

    expect(await encryption(fixture)).toEqual({
      Status: 'ENABLING_FAILED',
      KeyARN: key.arn,
      KeyType: 'CUSTOMER_MANAGED_CMK',
      FailureDescription: { Type: type, Details: expect.stringMatching(/\S/) }
    });
  });

  test('may have its reason on the delivery stream, not on its encryption', async () => {
    await using fixture = await startFixture();
    const changeFails = { type: 'KMS_ACCESS_DENIED', details: 'no', onStream: true };
    fixture.aws.firehose.create({ name: 'clicks', changeFails });

    await start(fixture, 'aws-owned');
    expect(await describeStream(fixture)).not.toHaveProperty('FailureDescription');
    fixture.clock.advance(1000);

    expect(await describeStream(fixture)).toMatchObject({
      DeliveryStreamEncryptionConfiguration: { Status: 'ENABLING_FAILED', KeyType: 'AWS_OWNED_CMK' },
      FailureDescription: { Type: 'KMS_ACCESS_DENIED', Details: 'no' }
    });
    expect(await encryption(fixture)).not.toHaveProperty('FailureDescription');
  });

  test('is decided by the key state at the end of the change, not at the call', async () => {
    await using fixture = await startFixture();
    const disabledLater = fixture.aws.kms.createKey();
    const enabledLater = fixture.aws.kms.createKey({ state: 'Disabled' });
    fixture.aws.firehose.create({ name: 'bad' });
    fixture.aws.firehose.create({ name: 'good' });

    await start(fixture, disabledLater.arn, 'bad');
    await start(fixture, enabledLater.arn, 'good');
    disabledLater.state = 'Disabled';
    enabledLater.state = 'Enabled';
    fixture.clock.advance(1000);
    disabledLater.state = 'Enabled';
    enabledLater.state = 'Disabled';

    expect(await encryption(fixture, 'bad')).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await encryption(fixture, 'good')).toMatchObject({ Status: 'ENABLED' });
  });

  test('keeps encrypting with the previous key', async () => {
    await using fixture = await startFixture();
    const previous = fixture.aws.kms.createKey();
    const disabled = fixture.aws.kms.createKey({ state: 'Disabled' });
    fixture.aws.firehose.create({ name: 'clicks', key: previous.arn });

    await start(fixture, disabled.arn);
    fixture.clock.advance(60_000);

    expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: disabled.arn });
    expect(await putRecord(fixture)).toBe(true);
    expect(fixture.aws.firehose.get('clicks').key).toBe(previous.arn);
  });

  test('describes the previous key with the option showsKeyInForce', async () => {
    await using fixture = await startFixture({ showsKeyInForce: true });
    const previous = fixture.aws.kms.createKey();
    const disabled = fixture.aws.kms.createKey({ state: 'Disabled' });
    fixture.aws.firehose.create({ name: 'clicks', key: previous.arn });

    await start(fixture, disabled.arn);
    const during = await encryption(fixture);
    fixture.clock.advance(1000);

    expect(during).toMatchObject({ Status: 'ENABLING', KeyARN: previous.arn });
    expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: previous.arn });
  });

  test('leaves records unencrypted when no key was in force before', async () => {
    await using fixture = await startFixture();
    const disabled = fixture.aws.kms.createKey({ state: 'Disabled' });
    fixture.aws.firehose.create({ name: 'clicks' });

    await start(fixture, disabled.arn);
    fixture.clock.advance(60_000);

    expect(await encryption(fixture)).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await putRecord(fixture)).toBe(false);
  });

  test('can be retried with the same key', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey({ state: 'Disabled' });
    fixture.aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
    await start(fixture, key.arn);
    fixture.clock.advance(1000);
    key.state = 'Enabled';

    await start(fixture, key.arn);
    fixture.clock.advance(1000);

    expect(await encryption(fixture)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('can be seeded for every change or for the first few', async () => {
    await using fixture = await startFixture();
    const key = fixture.aws.kms.createKey();
    const failure = { type: 'CREATE_KMS_GRANT_FAILED', details: 'The grant could not be created.' };
    fixture.aws.firehose.create({ name: 'always', changeFails: failure });
    fixture.aws.firehose.create({ name: 'once', changeFails: { ...failure, times: 1 } });
    const statuses: unknown[] = [];

    for (let attempt = 0; attempt < 2; attempt += 1) {
      for (const name of ['always', 'once']) {
        await start(fixture, key.arn, name);
        fixture.clock.advance(1000);
        statuses.push((await encryption(fixture, name))?.Status);
      }
    }

    expect(statuses).toEqual(['ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLED']);
    expect((await encryption(fixture, 'always'))?.FailureDescription).toEqual({
      Type: failure.type,
      Details: failure.details
    });
  });
});

describe('the option checksKeysAtOnce', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'InvalidKMSResourceException', 'DisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'InvalidKMSResourceException', 'KMSInvalidStateException'],
    ['in another region', { region: 'eu-west-1' }, 'InvalidKMSResourceException', 'NotFoundException'],
    [
      'not allowed for the service',
      { refusedToServices: true },
      'InvalidKMSResourceException',
      'AccessDeniedException'
    ],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException', undefined]
  ] as const)('rejects a Start call with a key that is %s', async (_, seed, error, code) => {
    await using fixture = await startFixture({ checksKeysAtOnce: true });
    const key = fixture.aws.kms.createKey(seed);
    fixture.aws.firehose.create({ name: 'clicks' });

    const rejected = await rejection(start(fixture, key.arn));

    expect(rejected).toMatchObject(code === undefined ? { name: error } : { name: error, code });
    expect(await encryption(fixture)).toEqual({ Status: 'DISABLED' });
  });

  test('accepts a usable key', async () => {
    await using fixture = await startFixture({ checksKeysAtOnce: true });
    fixture.aws.firehose.create({ name: 'clicks' });

    await start(fixture, fixture.aws.kms.createKey().arn);

    expect(fixture.aws.writes()).toHaveLength(1);
  });
});
