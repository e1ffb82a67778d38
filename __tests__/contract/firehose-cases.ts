/** The behavior of Firehose that encryption and the selection of delivery streams depend on. */

import type { CreateDeliveryStreamCommandInput } from '@aws-sdk/client-firehose';
import { ACCOUNT, DESTINATION, outcome } from '../local-aws/fixture.ts';
import {
  type ContractCase,
  INSTANT,
  letters,
  MISSING_ID,
  NO_KEY_LOOKUP,
  NO_VALIDATION,
  newName,
  pollUntil
} from './contract-case.ts';
import type { RunningEmulator } from './servers.ts';

const RoleARN = `arn:aws:iam::${ACCOUNT}:role/firehose`;
const KinesisStreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`;

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

function waitForChange({ calls }: RunningEmulator, name: string) {
  return pollUntil(
    () => calls.encryption(name),
    (configuration) => configuration?.Status !== 'ENABLING'
  );
}

const CASES: readonly Omit<ContractCase, 'service'>[] = [
  {
    name: 'a new delivery stream is Direct PUT and not encrypted',
    aws: { type: 'DirectPut', status: 'ACTIVE', encryption: 'DISABLED', arn: true },
    moto: [
      { type: 'DirectPut', status: 'ACTIVE', encryption: 'omitted', arn: true },
      'It omits the encryption block, as AWS sometimes does. Both mean not encrypted.'
    ],
    async observe(server) {
      const name = await create(server);
      const description = await server.calls.describeFirehose(name);
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
    aws: ['ResourceNotFoundException', 'ResourceNotFoundException'],
    async observe({ calls }) {
      return [await outcome(calls.describeFirehose('none')), await outcome(calls.startFirehose('aws-owned', 'none'))];
    }
  },
  {
    name: 'the encryption status is ENABLING during a change',
    aws: 'ENABLING',
    moto: ['ENABLED', INSTANT],
    isTransient: true,
    async observe(server) {
      const name = await create(server);
      await server.calls.startFirehose('aws-owned', name);
      return (await server.calls.encryption(name))?.Status;
    }
  },
  {
    name: 'the AWS owned key is described by its type, without an ARN; a customer key by type and ARN',
    aws: [
      { Status: 'ENABLED', KeyType: 'AWS_OWNED_CMK' },
      { Status: 'ENABLED', KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'as requested' }
    ],
    async observe(server) {
      const [owned, customer] = [await create(server), await create(server)];
      await server.calls.startFirehose('aws-owned', owned);
      await server.calls.startFirehose(server.keys.arn, customer);
      const configuration = await waitForChange(server, customer);
      const KeyARN = configuration?.KeyARN === server.keys.arn ? 'as requested' : 'different';
      return [await waitForChange(server, owned), { ...configuration, KeyARN }];
    }
  },
  {
    name: 'Start without a key uses the AWS owned key',
    aws: 'AWS_OWNED_CMK',
    moto: ['SyntaxError', 'It returns an HTML page with status 500.'],
    async observe(server) {
      const name = await create(server);
      const accepted = await outcome(server.calls.startFirehose(undefined, name));
      return accepted === 'accepted' ? (await waitForChange(server, name))?.KeyType : accepted;
    }
  },
  {
    name: 'a customer key without an ARN, an ARN with the AWS owned key, and an alias ARN are rejected',
    aws: ['InvalidArgumentException', 'InvalidArgumentException', 'ValidationException'],
    moto: [['accepted', 'accepted', 'accepted'], NO_VALIDATION],
    async observe(server) {
      const name = await create(server);
      return [
        await outcome(server.calls.startFirehose({ KeyType: 'CUSTOMER_MANAGED_CMK' }, name)),
        await outcome(server.calls.startFirehose({ KeyType: 'AWS_OWNED_CMK', KeyARN: server.keys.arn }, name)),
        await outcome(server.calls.startFirehose(server.keys.aliasArn, name))
      ];
    }
  },
  {
    name: 'a key that does not exist leads to ENABLING_FAILED with a reason',
    aws: { Status: 'ENABLING_FAILED', Type: 'KMS_KEY_NOT_FOUND' },
    moto: [{ Status: 'ENABLED', Type: undefined }, NO_KEY_LOOKUP],
    async observe(server) {
      const name = await create(server);
      await server.calls.startFirehose(server.keys.arn.replace(server.keys.id, MISSING_ID), name);
      const configuration = await waitForChange(server, name);
      return { Status: configuration?.Status, Type: configuration?.FailureDescription?.Type };
    }
  },
  {
    name: 'Start is rejected while a change is in progress',
    aws: 'ResourceInUseException',
    moto: ['accepted', INSTANT],
    isTransient: true,
    async observe(server) {
      const name = await create(server);
      await server.calls.startFirehose('aws-owned', name);
      return outcome(server.calls.startFirehose(server.keys.arn, name));
    }
  },
  {
    name: 'Start with the configuration in force is rejected',
    aws: 'InvalidArgumentException',
    moto: ['accepted', NO_VALIDATION],
    async observe(server) {
      const name = await create(server);
      await server.calls.startFirehose('aws-owned', name);
      await waitForChange(server, name);
      return outcome(server.calls.startFirehose('aws-owned', name));
    }
  },
  {
    name: 'a delivery stream that reads from a data stream returns its ARN, and Start is rejected',
    aws: { type: 'KinesisStreamAsSource', source: KinesisStreamARN, start: 'InvalidArgumentException' },
    moto: [{ type: 'KinesisStreamAsSource', source: KinesisStreamARN, start: 'accepted' }, 'It ignores the source.'],
    async observe(server) {
      const type = 'KinesisStreamAsSource';
      const name = await create(server, {
        DeliveryStreamType: type,
        KinesisStreamSourceConfiguration: { KinesisStreamARN, RoleARN }
      });
      const { DeliveryStreamType, Source } = await server.calls.describeFirehose(name);
      return {
        type: DeliveryStreamType,
        source: Source?.KinesisStreamSourceDescription?.KinesisStreamARN,
        start: await outcome(server.calls.startFirehose('aws-owned', name))
      };
    }
  },
  {
    name: 'PutRecord returns whether the record was encrypted',
    aws: [false, true],
    moto: [[false, false], 'It always returns false.'],
    async observe(server) {
      // A destination that moto does not write records to. For S3, moto requires an existing bucket.
      const name = await create(server, {
        ExtendedS3DestinationConfiguration: undefined,
        ElasticsearchDestinationConfiguration: {
          RoleARN,
          DomainARN: `arn:aws:es:us-east-1:${ACCOUNT}:domain/clicks`,
          IndexName: 'clicks',
          S3Configuration: DESTINATION.ExtendedS3DestinationConfiguration
        }
      });
      const before = await server.calls.putFirehose(name);
      await server.calls.startFirehose('aws-owned', name);
      await waitForChange(server, name);
      return [before, await server.calls.putFirehose(name)];
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
  },
  {
    name: 'a list without a limit returns ten names',
    aws: 'ten',
    moto: ['all', 'It has no default limit.'],
    async observe(server) {
      await Promise.all(Array.from({ length: 11 }, () => create(server)));
      const { DeliveryStreamNames = [] } = await server.calls.firehose.listDeliveryStreams({});
      return DeliveryStreamNames.length === 10 ? 'ten' : 'all';
    }
  }
];

export const FIREHOSE_CASES: readonly ContractCase[] = CASES.map((one) => ({ ...one, service: 'firehose' }));
