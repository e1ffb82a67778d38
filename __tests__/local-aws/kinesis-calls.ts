/** Kinesis calls for the tests of the local AWS and for the contract tests. */

import {
  DescribeStreamSummaryCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
  type StreamDescriptionSummary
} from '@aws-sdk/client-kinesis';
import type { Clients } from './fixture.ts';

interface Caller {
  readonly clients: Clients;
}

export const AWS_KEY = 'alias/aws/kinesis';

export async function describeStream({ clients }: Caller, name = 'orders'): Promise<Partial<StreamDescriptionSummary>> {
  const output = await clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name }));
  return output.StreamDescriptionSummary ?? {};
}

export async function start({ clients }: Caller, keyId: string, name = 'orders', signal?: AbortSignal): Promise<void> {
  await clients.kinesis.send(
    new StartStreamEncryptionCommand({ StreamName: name, EncryptionType: 'KMS', KeyId: keyId }),
    signal === undefined ? {} : { abortSignal: signal }
  );
}

/** Puts a record, and returns its EncryptionType. */
export async function putRecord({ clients }: Caller, name = 'orders'): Promise<string | undefined> {
  const command = new PutRecordCommand({ StreamName: name, Data: Buffer.from('record'), PartitionKey: '1' });
  return (await clients.kinesis.send(command)).EncryptionType;
}
