import { describe, expect, test } from '@jest/globals';
import { describeStream, encryption, putRecord, start, startWith } from './firehose-calls.ts';
import { refusal, scene } from './harness.ts';

describe('a change of a delivery stream', () => {
  test('goes through ENABLING to ENABLED with a customer key', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.firehose.create({ name: 'clicks' });

    const before = await encryption(here);
    await start(here, key.arn);
    here.clock.advance(999);
    const during = await encryption(here);
    here.clock.advance(1);

    expect(before).toEqual({ Status: 'DISABLED' });
    expect(during).toEqual({ Status: 'ENABLING', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
    expect(await encryption(here)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('to the key AWS owns shows its type and no ARN, criteria by name or by leaving the key out', async () => {
    await using here = await scene({ changeMs: 0 });
    here.aws.firehose.create({ name: 'named' });
    here.aws.firehose.create({ name: 'left-out' });

    await start(here, 'aws-owned', 'named');
    await startWith(here, undefined, 'left-out');

    for (const name of ['named', 'left-out']) {
      expect(await encryption(here, name)).toEqual({ Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' });
    }
  });

  test('leaves DeliveryStreamStatus alone', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, 'aws-owned');

    expect(await describeStream(here)).toMatchObject({ DeliveryStreamStatus: 'ACTIVE' });
  });

  test('is refused while another one is in flight', async () => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks', changing: { key: 'aws-owned', ms: 5000 } });
    const key = here.aws.kms.createKey();

    expect((await refusal(start(here, key.arn))).name).toBe('ResourceInUseException');
    here.clock.advance(5000);
    await start(here, key.arn);
  });

  test.each(['CREATING', 'DELETING'])('is refused while the delivery stream is %s', async (streamStatus) => {
    await using here = await scene();
    here.aws.firehose.create({ name: 'clicks', streamStatus });

    expect((await refusal(start(here, 'aws-owned'))).name).toBe('ResourceInUseException');
  });

  test('to the configuration already in force is refused', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    here.aws.firehose.create({ name: 'customer', key: key.arn });
    here.aws.firehose.create({ name: 'owned', key: 'aws-owned' });

    expect((await refusal(start(here, key.arn, 'customer'))).name).toBe('InvalidArgumentException');
    expect((await refusal(start(here, 'aws-owned', 'owned'))).name).toBe('InvalidArgumentException');
    expect(here.aws.writes()).toEqual([]);
  });

  test.each(['KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource'])(
    'is refused for the source %s',
    async (sourceType) => {
      await using here = await scene();
      here.aws.firehose.create({ name: 'clicks', sourceType });

      const { name, message } = await refusal(start(here, 'aws-owned'));

      expect(name).toBe('InvalidArgumentException');
      expect(message).toContain(sourceType);
      expect(await describeStream(here)).toMatchObject({ DeliveryStreamType: sourceType });
    }
  );
});

describe('a change that fails', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'DISABLED_KMS_KEY'],
    ['pending deletion', { state: 'PendingDeletion' }, 'INVALID_KMS_KEY'],
    ['asymmetric', { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' }, 'INVALID_KMS_KEY'],
    ['in another region', { region: 'eu-west-1' }, 'KMS_KEY_NOT_FOUND'],
    ['refused to the service', { refusedToServices: true }, 'KMS_ACCESS_DENIED'],
    ['managed by AWS', { manager: 'AWS' }, 'KMS_ACCESS_DENIED']
  ] as const)('as the key is %s ends in ENABLING_FAILED with the reason', async (_, seed, type) => {
    await using here = await scene();
    const key = here.aws.kms.createKey(seed);
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, key.arn);
    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING' });
    here.clock.advance(1000);

    expect(await encryption(here)).toEqual({
      Status: 'ENABLING_FAILED',
      KeyARN: key.arn,
      KeyType: 'CUSTOMER_MANAGED_CMK',
      FailureDescription: { Type: type, Details: expect.stringMatching(/\S/) }
    });
  });

  test('is decided by the key as it is at the end, not at the call', async () => {
    await using here = await scene();
    const disabledLater = here.aws.kms.createKey();
    const enabledLater = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'bad' });
    here.aws.firehose.create({ name: 'good' });

    await start(here, disabledLater.arn, 'bad');
    await start(here, enabledLater.arn, 'good');
    disabledLater.state = 'Disabled';
    enabledLater.state = 'Enabled';
    here.clock.advance(1000);
    disabledLater.state = 'Enabled';
    enabledLater.state = 'Disabled';

    expect(await encryption(here, 'bad')).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await encryption(here, 'good')).toMatchObject({ Status: 'ENABLED' });
  });

  test('goes on encrypting with the old key', async () => {
    await using here = await scene();
    const old = here.aws.kms.createKey();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: old.arn });

    await start(here, disabled.arn);
    here.clock.advance(60_000);

    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: disabled.arn });
    expect(await putRecord(here)).toBe(true);
    expect(here.aws.firehose.get('clicks').key).toBe(old.arn);
  });

  test('shows the old key in an account told to do so', async () => {
    await using here = await scene({ showsKeyInForce: true });
    const old = here.aws.kms.createKey();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: old.arn });

    await start(here, disabled.arn);
    const during = await encryption(here);
    here.clock.advance(1000);

    expect(during).toMatchObject({ Status: 'ENABLING', KeyARN: old.arn });
    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED', KeyARN: old.arn });
  });

  test('of a first enabling leaves the records in the clear', async () => {
    await using here = await scene();
    const disabled = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, disabled.arn);
    here.clock.advance(60_000);

    expect(await encryption(here)).toMatchObject({ Status: 'ENABLING_FAILED' });
    expect(await putRecord(here)).toBe(false);
  });

  test('may be followed by another call, also with the same key', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey({ state: 'Disabled' });
    here.aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
    await start(here, key.arn);
    here.clock.advance(1000);
    key.state = 'Enabled';

    await start(here, key.arn);
    here.clock.advance(1000);

    expect(await encryption(here)).toEqual({ Status: 'ENABLED', KeyARN: key.arn, KeyType: 'CUSTOMER_MANAGED_CMK' });
  });

  test('can be told to fail, every time or the first few times', async () => {
    await using here = await scene();
    const key = here.aws.kms.createKey();
    const failure = { type: 'CREATE_KMS_GRANT_FAILED', details: 'The grant could not be created.' };
    here.aws.firehose.create({ name: 'always', changeFails: failure });
    here.aws.firehose.create({ name: 'once', changeFails: { ...failure, times: 1 } });
    const statuses: unknown[] = [];

    for (let attempt = 0; attempt < 2; attempt += 1) {
      for (const name of ['always', 'once']) {
        await start(here, key.arn, name);
        here.clock.advance(1000);
        statuses.push((await encryption(here, name))?.Status);
      }
    }

    expect(statuses).toEqual(['ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLING_FAILED', 'ENABLED']);
    expect((await encryption(here, 'always'))?.FailureDescription).toEqual({
      Type: failure.type,
      Details: failure.details
    });
  });
});

describe('an account that checks keys at once', () => {
  test.each([
    ['disabled', { state: 'Disabled' }, 'InvalidKMSResourceException', 'DisabledException'],
    ['pending deletion', { state: 'PendingDeletion' }, 'InvalidKMSResourceException', 'KMSInvalidStateException'],
    ['in another region', { region: 'eu-west-1' }, 'InvalidKMSResourceException', 'NotFoundException'],
    ['refused to the service', { refusedToServices: true }, 'InvalidKMSResourceException', 'AccessDeniedException'],
    ['asymmetric', { spec: 'RSA_2048' }, 'InvalidArgumentException', undefined]
  ] as const)('refuses a key that is %s in the call', async (_, seed, error, code) => {
    await using here = await scene({ checksKeysAtOnce: true });
    const key = here.aws.kms.createKey(seed);
    here.aws.firehose.create({ name: 'clicks' });

    const refused = await refusal(start(here, key.arn));

    expect(refused).toMatchObject(code === undefined ? { name: error } : { name: error, code });
    expect(await encryption(here)).toEqual({ Status: 'DISABLED' });
  });

  test('takes a usable key', async () => {
    await using here = await scene({ checksKeysAtOnce: true });
    here.aws.firehose.create({ name: 'clicks' });

    await start(here, here.aws.kms.createKey().arn);

    expect(here.aws.writes()).toHaveLength(1);
  });
});
