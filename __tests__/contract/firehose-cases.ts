/** The behavior of Firehose that encryption and the selection of delivery streams depend on. */

import type { CreateDeliveryStreamCommandInput } from '@aws-sdk/client-firehose';
import { ACCOUNT, DESTINATION, outcome } from '../local-aws/fixture.ts';
import { type ContractCase, letters, newName, pollUntil } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

async function create(
  { calls }: RunningEmulator,
  { DeliveryStreamName = newName('stream'), ...input }: Partial<CreateDeliveryStreamCommandInput> = {}
): Promise<string> {
  await calls.firehose.createDeliveryStream({ DeliveryStreamName, ...DESTINATION, ...input });
  await pollUntil(
    () => calls.describeFirehose(DeliveryStreamName),
    ({ DeliveryStreamStatus }) => DeliveryStreamStatus === 'ACTIVE'
  );
  return DeliveryStreamName;
}

/** Encrypts a new stream with this key, and returns its encryption when the change has ended. */
async function encrypted(server: RunningEmulator, key: string) {
  const name = await create(server);
  await server.calls.startFirehose(key, name);
  return pollUntil(
    () => server.calls.encryption(name),
    (encryption) => encryption?.Status !== 'ENABLING'
  );
}

const CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'a new delivery stream is Direct PUT',
    aws: { type: 'DirectPut', status: 'ACTIVE', arn: true },
    async observe(server) {
      const name = await create(server);
      const {
        DeliveryStreamType,
        DeliveryStreamStatus,
        DeliveryStreamARN = ''
      } = await server.calls.describeFirehose(name);
      const arn = new RegExp(`^arn:aws:firehose:us-east-1:\\d{12}:deliverystream/${name}$`).test(DeliveryStreamARN);
      return { type: DeliveryStreamType, status: DeliveryStreamStatus, arn };
    }
  },
  {
    name: 'Describe and Start fail for a delivery stream that does not exist',
    aws: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe({ calls }) {
      return [await outcome(calls.describeFirehose('none')), await outcome(calls.startFirehose('aws-owned', 'none'))];
    }
  },
  {
    name: 'the AWS owned key is described by its type, without an ARN; a customer key by type and ARN',
    aws: [
      { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
      { Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'as requested' }
    ],
    async observe(server) {
      const customer = await encrypted(server, server.keys.arn);
      const KeyARN = customer?.KeyARN === server.keys.arn ? 'as requested' : 'different';
      return [await encrypted(server, 'aws-owned'), { ...customer, KeyARN }];
    }
  },
  {
    name: 'a delivery stream that reads from a data stream returns its ARN',
    aws: { type: 'KinesisStreamAsSource', source: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks` },
    async observe(server) {
      const KinesisStreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`;
      const { RoleARN } = DESTINATION.ExtendedS3DestinationConfiguration;
      const name = await create(server, {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN, RoleARN }
      });
      const { DeliveryStreamType, Source } = await server.calls.describeFirehose(name);
      return { type: DeliveryStreamType, source: Source?.KinesisStreamSourceDescription?.KinesisStreamARN };
    }
  },
  {
    name: 'the list continues after a name, in order, and is empty after the last one',
    aws: [['a', 'b'], true, ['c'], false, [], false],
    async observe(server) {
      let after = await create(server, { DeliveryStreamName: newName('zz') });
      for (const letter of ['a', 'b', 'c']) await create(server, { DeliveryStreamName: `${after}-${letter}` });
      const pages: unknown[] = [];
      for (let page = 0; page < 3; page += 1) {
        const list = { Limit: 2, ExclusiveStartDeliveryStreamName: after };
        const { DeliveryStreamNames, HasMoreDeliveryStreams } = await server.calls.firehose.listDeliveryStreams(list);
        pages.push(letters(DeliveryStreamNames), HasMoreDeliveryStreams);
        after = DeliveryStreamNames?.at(-1) ?? after;
      }
      return pages;
    }
  }
];

export const FIREHOSE_CASES: readonly ContractCase[] = CASES.map((one) => ({ ...one, service: 'firehose' }));
