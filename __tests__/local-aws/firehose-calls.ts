/** Firehose calls for the tests of the local AWS and for the contract tests. */

import {
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfiguration,
  type DeliveryStreamEncryptionConfigurationInput,
  DescribeDeliveryStreamCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import type { Clients } from './fixture.ts';

interface Caller {
  readonly clients: Clients;
}

export async function describeStream(
  { clients }: Caller,
  name = 'clicks'
): Promise<Partial<DeliveryStreamDescription>> {
  const output = await clients.firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
  return output.DeliveryStreamDescription ?? {};
}

/** The encryption block of DescribeDeliveryStream. */
export async function encryption(
  caller: Caller,
  name?: string
): Promise<DeliveryStreamEncryptionConfiguration | undefined> {
  return (await describeStream(caller, name)).DeliveryStreamEncryptionConfiguration;
}

/** Starts encryption with `aws-owned` or the ARN of a customer managed key. */
export async function start(caller: Caller, key: string, name?: string): Promise<void> {
  if (key === 'aws-owned') await startWith(caller, { KeyType: 'AWS_OWNED_CMK' }, name);
  else await startWith(caller, { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key }, name);
}

/** Starts encryption with this configuration, or without one. */
export async function startWith(
  { clients }: Caller,
  input: DeliveryStreamEncryptionConfigurationInput | undefined,
  name = 'clicks'
): Promise<void> {
  await clients.firehose.send(
    new StartDeliveryStreamEncryptionCommand({
      DeliveryStreamName: name,
      ...(input !== undefined && { DeliveryStreamEncryptionConfigurationInput: input })
    })
  );
}

/** Puts a record, and returns whether it was encrypted. */
export async function putRecord({ clients }: Caller, name = 'clicks'): Promise<boolean | undefined> {
  const command = new PutRecordCommand({ DeliveryStreamName: name, Record: { Data: Buffer.from('record') } });
  return (await clients.firehose.send(command)).Encrypted;
}
