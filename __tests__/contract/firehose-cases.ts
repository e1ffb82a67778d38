import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  type DeliveryStreamDescription,
  type DeliveryStreamEncryptionConfigurationInput,
  DescribeDeliveryStreamCommand,
  ListDeliveryStreamsCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand
} from '@aws-sdk/client-firehose';
import { type Case, outcome, until } from './case.ts';
import type { Running } from './servers.ts';

const ROLE = 'arn:aws:iam::111122223333:role/firehose';
const BUCKET = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::clicks' };
/** A destination that moto writes no records to; for S3 it would want the bucket to be there. */
const TO_SEARCH: Partial<CreateDeliveryStreamCommandInput> = {
  ExtendedS3DestinationConfiguration: undefined,
  ElasticsearchDestinationConfiguration: {
    RoleARN: ROLE,
    DomainARN: 'arn:aws:es:us-east-1:111122223333:domain/clicks',
    IndexName: 'clicks',
    S3Configuration: BUCKET
  }
};
const AWS_OWNED: DeliveryStreamEncryptionConfigurationInput = { KeyType: 'AWS_OWNED_CMK' };

async function describe({ clients }: Running, name: string): Promise<Partial<DeliveryStreamDescription>> {
  const answer = await clients.firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: name }));
  return answer.DeliveryStreamDescription ?? {};
}

async function create(
  server: Running,
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
  await until(
    () => describe(server, name),
    ({ DeliveryStreamStatus }) => DeliveryStreamStatus === 'ACTIVE'
  );
  return name;
}

async function start(
  { clients }: Running,
  name: string,
  input?: DeliveryStreamEncryptionConfigurationInput
): Promise<void> {
  await clients.firehose.send(
    new StartDeliveryStreamEncryptionCommand({
      DeliveryStreamName: name,
      ...(input !== undefined && { DeliveryStreamEncryptionConfigurationInput: input })
    })
  );
}

async function encryption(server: Running, name: string) {
  return (await describe(server, name)).DeliveryStreamEncryptionConfiguration;
}

async function settled(server: Running, name: string) {
  return until(
    () => encryption(server, name),
    (configuration) => configuration?.Status !== 'ENABLING'
  );
}

function customer(keyArn: string): DeliveryStreamEncryptionConfigurationInput {
  return { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: keyArn };
}

export const FIREHOSE_CASES: readonly Case[] = [
  {
    name: 'a new delivery stream is described as Direct PUT and not encrypted',
    service: 'firehose',
    expected: { type: 'DirectPut', status: 'ACTIVE', encryption: 'DISABLED', arn: true },
    async observe(server) {
      const name = await create(server, 'described');
      const description = await describe(server, name);
      const arn = new RegExp(`^arn:aws:firehose:us-east-1:\\d{12}:deliverystream/${name}$`);
      return {
        type: description.DeliveryStreamType,
        status: description.DeliveryStreamStatus,
        encryption: description.DeliveryStreamEncryptionConfiguration?.Status ?? 'left out',
        arn: arn.test(description.DeliveryStreamARN ?? '')
      };
    }
  },
  {
    name: 'a delivery stream that does not exist is not found, to describe or to encrypt',
    service: 'firehose',
    expected: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe(server) {
      const name = 'missing';
      return [await outcome(describe(server, name)), await outcome(start(server, name, AWS_OWNED))];
    }
  },
  {
    name: 'while encryption starts its status is ENABLING',
    service: 'firehose',
    expected: 'ENABLING',
    async observe(server) {
      const name = await create(server, 'during');
      await start(server, name, AWS_OWNED);
      return (await encryption(server, name))?.Status;
    }
  },
  {
    name: 'the key that AWS owns shows its type and no ARN',
    service: 'firehose',
    expected: { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
    async observe(server) {
      const name = await create(server, 'owned');
      await start(server, name, AWS_OWNED);
      return settled(server, name);
    }
  },
  {
    name: 'a customer key shows its type and its ARN',
    service: 'firehose',
    expected: { Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'as given' },
    async observe(server) {
      const name = await create(server, 'customer');
      await start(server, name, customer(server.keys.arn));
      const configuration = await settled(server, name);
      return { ...configuration, KeyARN: configuration?.KeyARN === server.keys.arn ? 'as given' : 'changed' };
    }
  },
  {
    name: 'a start that names no key takes the one that AWS owns',
    service: 'firehose',
    expected: 'AWS_OWNED_CMK',
    async observe(server) {
      const name = await create(server, 'no-input');
      const accepted = await outcome(start(server, name));
      return accepted === 'accepted' ? (await settled(server, name))?.KeyType : accepted;
    }
  },
  {
    name: 'a customer key without an ARN, and an ARN with the key that AWS owns, are refused',
    service: 'firehose',
    expected: ['InvalidArgumentException', 'InvalidArgumentException'],
    async observe(server) {
      const without = await create(server, 'without');
      const both = await create(server, 'both');
      return [
        await outcome(start(server, without, { KeyType: 'CUSTOMER_MANAGED_CMK' })),
        await outcome(start(server, both, { KeyType: 'AWS_OWNED_CMK', KeyARN: server.keys.arn }))
      ];
    }
  },
  {
    name: 'an alias ARN is refused',
    service: 'firehose',
    expected: 'ValidationException',
    async observe(server) {
      const name = await create(server, 'alias');
      return outcome(start(server, name, customer(server.keys.aliasArn)));
    }
  },
  {
    name: 'a key that does not exist ends in ENABLING_FAILED with the reason',
    service: 'firehose',
    expected: { Status: 'ENABLING_FAILED', Type: 'KMS_KEY_NOT_FOUND' },
    async observe(server) {
      const name = await create(server, 'no-key');
      await start(
        server,
        name,
        customer(server.keys.arn.replace(/[0-9a-f-]{36}$/, '87654321-4321-4321-4321-210987654321'))
      );
      const configuration = await settled(server, name);
      return { Status: configuration?.Status, Type: configuration?.FailureDescription?.Type };
    }
  },
  {
    name: 'a second start while one is in flight is refused',
    service: 'firehose',
    expected: 'ResourceInUseException',
    async observe(server) {
      const name = await create(server, 'in-flight');
      await start(server, name, AWS_OWNED);
      return outcome(start(server, name, customer(server.keys.arn)));
    }
  },
  {
    name: 'the configuration already in force is refused',
    service: 'firehose',
    expected: 'InvalidArgumentException',
    async observe(server) {
      const name = await create(server, 'again');
      await start(server, name, AWS_OWNED);
      await settled(server, name);
      return outcome(start(server, name, AWS_OWNED));
    }
  },
  {
    name: 'a source other than Direct PUT is refused',
    service: 'firehose',
    expected: 'InvalidArgumentException',
    async observe(server) {
      const name = await create(server, 'sourced', {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: {
          KinesisStreamARN: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks',
          RoleARN: ROLE
        }
      });
      return outcome(start(server, name, AWS_OWNED));
    }
  },
  {
    name: 'PutRecord tells whether the record was encrypted',
    service: 'firehose',
    expected: [false, true],
    async observe(server) {
      const name = await create(server, 'records', TO_SEARCH);
      const put = new PutRecordCommand({ DeliveryStreamName: name, Record: { Data: Buffer.from('record') } });
      const before = (await server.clients.firehose.send(put)).Encrypted;
      await start(server, name, AWS_OWNED);
      await settled(server, name);
      return [before, (await server.clients.firehose.send(put)).Encrypted];
    }
  },
  {
    name: 'the list goes on after a name, in order',
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
    name: 'the list after the last name is empty, and says that it is the end',
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
    name: 'a list without a limit gives ten names',
    service: 'firehose',
    expected: 'ten',
    async observe(server) {
      await Promise.all(Array.from({ length: 11 }, (_, index) => create(server, `ten-${index}`)));
      const { DeliveryStreamNames = [] } = await server.clients.firehose.send(new ListDeliveryStreamsCommand({}));
      return DeliveryStreamNames.length === 10 ? 'ten' : 'all';
    }
  }
];
