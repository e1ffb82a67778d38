/** The calls to Firehose that the tests of the local AWS, and the contract with other servers, are made of. */

import {
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfiguration,
  type DeliveryStreamEncryptionConfigurationInput,
  DescribeDeliveryStreamCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import type { Clients } from './harness.ts';

interface Caller {
  readonly clients: Clients;
}

export async function describeStream(
  { clients }: Caller,
  name = 'clicks'
): Promise<Partial<DeliveryStreamDescription>> {
  const answer = await clients.firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
  return answer.DeliveryStreamDescription ?? {};
}

/** What Describe says of its encryption. */
export async function encryption(
  caller: Caller,
  name?: string
): Promise<DeliveryStreamEncryptionConfiguration | undefined> {
  return (await describeStream(caller, name)).DeliveryStreamEncryptionConfiguration;
}

/** Starts encryption with this key: `aws-owned`, or a customer's by its ARN. */
export async function start(caller: Caller, key: string, name?: string): Promise<void> {
  if (key === 'aws-owned') await startWith(caller, { KeyType: 'AWS_OWNED_CMK' }, name);
  else await startWith(caller, { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: key }, name);
}

/** Starts encryption with this configuration, or with none. */
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

/** Whether a record that is put now is encrypted. */
export async function putRecord({ clients }: Caller, name = 'clicks'): Promise<boolean | undefined> {
  const put = new PutRecordCommand({ DeliveryStreamName: name, Record: { Data: Buffer.from('record') } });
  return (await clients.firehose.send(put)).Encrypted;
}
