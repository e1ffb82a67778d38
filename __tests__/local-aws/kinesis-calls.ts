/** The calls to Kinesis that the tests of the local AWS, and the contract with other servers, are made of. */

import {
  DescribeStreamSummaryCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import type { Clients } from './harness.ts';

interface Caller {
  readonly clients: Clients;
}

export const AWS_KEY = 'alias/aws/kinesis';

export async function describeStream({ clients }: Caller, name = 'orders'): Promise<Partial<StreamDescriptionSummary>> {
  const answer = await clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name }));
  return answer.StreamDescriptionSummary ?? {};
}

export async function start({ clients }: Caller, keyId: string, name = 'orders', signal?: AbortSignal): Promise<void> {
  await clients.kinesis.send(
    new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: keyId }),
    signal === undefined ? {} : { abortSignal: signal }
  );
}

/** The EncryptionType of a record that is put now. */
export async function putRecord({ clients }: Caller, name = 'orders'): Promise<string | undefined> {
  const put = new PutRecordCommand({ StreamName: name, Data: Buffer.from('record'), PartitionKey: '1' });
  return (await clients.kinesis.send(put)).EncryptionType;
}
