/** The behavior of Firehose that encryption and the selection of delivery streams depend on. */

import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  ListDeliveryStreamsCommand
} from '@aws-sdk/client-firehose';
import { describeStream, encryption, putRecord, start, startWith } from '../local-aws/firehose-calls.ts';
import { type ContractCase, MISSING_ID, outcome, pollUntil } from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

const ROLE = 'arn:aws:iam::111122223333:role/firehose';
const BUCKET = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::clicks' };
/** A destination that moto does not write records to. For S3, moto requires an existing bucket. */
const SEARCH_DESTINATION: Partial<CreateDeliveryStreamCommandInput> = {
  ExtendedS3DestinationConfiguration: undefined,
  ElasticsearchDestinationConfiguration: {
    RoleARN: ROLE,
    DomainARN: 'arn:aws:es:us-east-1:111122223333:domain/clicks',
    IndexName: 'clicks',
    S3Configuration: BUCKET
  }
};

const FED_BY_DATA_STREAM: Partial<CreateDeliveryStreamCommandInput> = {
  DeliveryStreamType: 'KinesisStreamAsSource',
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks',
    RoleARN: ROLE
  }
};

async function create(
  server: RunningEmulator,
  name: string,
  input: Partial<CreateDeliveryStreamCommandInput> = {}
): Promise<string> {
  await server.clients.firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      ExtendedS3DestinationConfiguration: BUCKET,
      ...input
    })
  );
  await pollUntil(
    () => describeStream(server, name),
    ({ DeliveryStreamStatus }) => DeliveryStreamStatus === 'ACTIVE'
  );
  return name;
}

async function waitForChange(server: RunningEmulator, name: string) {
  return pollUntil(
    () => encryption(server, name),
    (configuration) => configuration?.Status !== 'ENABLING'
  );
}

export const FIREHOSE_CASES: readonly ContractCase[] = [
  {
    name: 'a new delivery stream is Direct PUT and not encrypted',
    service: 'firehose',
    expected: { type: 'DirectPut', status: 'ACTIVE', encryption: 'DISABLED', arn: true },
    async observe(server) {
      const name = await create(server, 'described');
      const description = await describeStream(server, name);
      const arn = new RegExp(`^arn:aws:firehose:us-east-1:\\d{12}:deliverystream/${name}$`);
      return {
        type: description.DeliveryStreamType,
        status: description.DeliveryStreamStatus,
        encryption: description.DeliveryStreamEncryptionConfiguration?.Status ?? 'omitted',
        arn: arn.test(description.DeliveryStreamARN ?? '')
      };
    }
  },
  {
    name: 'Describe and Start fail for a delivery stream that does not exist',
    service: 'firehose',
    expected: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe(server) {
      const name = 'missing';
      return [await outcome(describeStream(server, name)), await outcome(start(server, 'aws-owned', name))];
    }
  },
  {
    name: 'the encryption status is ENABLING during a change',
    service: 'firehose',
    expected: 'ENABLING',
    isTransient: true,
    async observe(server, attempt) {
      const name = await create(server, `during-${attempt}`);
      await start(server, 'aws-owned', name);
      return (await encryption(server, name))?.Status;
    }
  },
  {
    name: 'the AWS owned key is described by its type, without an ARN',
    service: 'firehose',
    expected: { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
    async observe(server) {
      const name = await create(server, 'owned');
      await start(server, 'aws-owned', name);
      return waitForChange(server, name);
    }
  },
  {
    name: 'a customer key is described by its type and ARN',
    service: 'firehose',
    expected: { Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'as requested' },
    async observe(server) {
      const name = await create(server, 'customer');
      await start(server, server.keys.arn, name);
      const configuration = await waitForChange(server, name);
      return { ...configuration, KeyARN: configuration?.KeyARN === server.keys.arn ? 'as requested' : 'different' };
    }
  },
  {
    name: 'Start without a key uses the AWS owned key',
    service: 'firehose',
    expected: 'AWS_OWNED_CMK',
    async observe(server) {
      const name = await create(server, 'no-input');
      const accepted = await outcome(startWith(server, undefined, name));
      return accepted === 'accepted' ? (await waitForChange(server, name))?.KeyType : accepted;
    }
  },
  {
    name: 'a customer key without an ARN, and an ARN with the AWS owned key, are rejected',
    service: 'firehose',
    expected: ['InvalidArgumentException', 'InvalidArgumentException'],
    async observe(server) {
      const without = await create(server, 'without');
      const both = await create(server, 'both');
      return [
        await outcome(startWith(server, { KeyType: 'CUSTOMER_MANAGED_CMK' }, without)),
        await outcome(startWith(server, { KeyType: 'AWS_OWNED_CMK', KeyARN: server.keys.arn }, both))
      ];
    }
  },
  {
    name: 'an alias ARN is rejected',
    service: 'firehose',
    expected: 'ValidationException',
    async observe(server) {
      const name = await create(server, 'alias');
      return outcome(start(server, server.keys.aliasArn, name));
    }
  },
  {
    name: 'a key that does not exist leads to ENABLING_FAILED with a reason',
    service: 'firehose',
    expected: { Status: 'ENABLING_FAILED', Type: 'KMS_KEY_NOT_FOUND' },
    async observe(server) {
      const name = await create(server, 'no-key');
      await start(server, server.keys.arn.replace(server.keys.id, MISSING_ID), name);
      const configuration = await waitForChange(server, name);
      return { Status: configuration?.Status, Type: configuration?.FailureDescription?.Type };
    }
  },
  {
    name: 'Start is rejected while a change is in progress',
    service: 'firehose',
    expected: 'ResourceInUseException',
    isTransient: true,
    async observe(server, attempt) {
      const name = await create(server, `in-flight-${attempt}`);
      await start(server, 'aws-owned', name);
      return outcome(start(server, server.keys.arn, name));
    }
  },
  {
    name: 'Start with the configuration in force is rejected',
    service: 'firehose',
    expected: 'InvalidArgumentException',
    async observe(server) {
      const name = await create(server, 'again');
      await start(server, 'aws-owned', name);
      await waitForChange(server, name);
      return outcome(start(server, 'aws-owned', name));
    }
  },
  {
    name: 'Start is rejected for a source other than Direct PUT',
    service: 'firehose',
    expected: 'InvalidArgumentException',
    async observe(server) {
      const name = await create(server, 'sourced', FED_BY_DATA_STREAM);
      return outcome(start(server, 'aws-owned', name));
    }
  },
  {
    name: 'a delivery stream that reads from a data stream returns its ARN',
    service: 'firehose',
    expected: { type: 'KinesisStreamAsSource', source: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks' },
    async observe(server) {
      const name = await create(server, 'fed', FED_BY_DATA_STREAM);
      const { DeliveryStreamType, Source } = await describeStream(server, name);
      return { type: DeliveryStreamType, source: Source?.KinesisStreamSourceDescription?.KinesisStreamARN };
    }
  },
  {
    name: 'PutRecord returns whether the record was encrypted',
    service: 'firehose',
    expected: [false, true],
    async observe(server) {
      const name = await create(server, 'records', SEARCH_DESTINATION);
      const before = await putRecord(server, name);
      await start(server, 'aws-owned', name);
      await waitForChange(server, name);
      return [before, await putRecord(server, name)];
    }
  },
  {
    name: 'the list continues after a name, in order',
    service: 'firehose',
    expected: { first: ['a', 'b'], more: true, second: ['c'], end: false },
    async observe(server) {
      for (const name of ['zz', 'zz-a', 'zz-b', 'zz-c']) await create(server, name);
      const list = async (after: string) =>
        server.clients.firehose.send(
          new ListDeliveryStreamsCommand({ Limit: 2, ExclusiveStartDeliveryStreamName: after })
        );
      const first = await list('zz');
      const second = await list('zz-b');
      const letters = (names: string[] | undefined) => names?.map((name) => name.at(-1));
      return {
        first: letters(first.DeliveryStreamNames),
        more: first.HasMoreDeliveryStreams,
        second: letters(second.DeliveryStreamNames),
        end: second.HasMoreDeliveryStreams
      };
    }
  },
  {
    name: 'the list after the last name is empty and complete',
    service: 'firehose',
    expected: { names: [], more: false },
    async observe(server) {
      const last = await create(server, 'zzzz');
      const { DeliveryStreamNames, HasMoreDeliveryStreams } = await server.clients.firehose.send(
        new ListDeliveryStreamsCommand({ Limit: 2, ExclusiveStartDeliveryStreamName: last })
      );
      return { names: DeliveryStreamNames, more: HasMoreDeliveryStreams };
    }
  },
  {
    name: 'a list without a limit returns ten names',
    service: 'firehose',
    expected: 'ten',
    async observe(server) {
      await Promise.all(Array.from({ length: 11 }, (_, index) => create(server, `ten-${index}`)));
      const { DeliveryStreamNames = [] } = await server.clients.firehose.send(new ListDeliveryStreamsCommand({}));
      return DeliveryStreamNames.length === 10 ? 'ten' : 'all';
    }
  }
];
