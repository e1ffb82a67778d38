/** Texts that come in by what AWS says of one stream and its keys, and by what the runner says of the run. */

import { itemsOf } from '../html.ts';
import { ALWAYS, createStream, DESCRIBE, START } from '../step.ts';
import { asVariable, type Channel, ONE_TRY, originOf, type Surroundings, type Told, warningsOf } from './channel.ts';

/** What is told of the only stream. */
function message({ streams }: Told): readonly (string | null)[] {
  return streams.length === 1 ? streams.map((stream) => stream.message) : [null];
}

function hostileSurroundings(text: string): Surroundings {
  const variable = asVariable(text);
  return { workflow: variable, event: variable, repository: variable };
}

export const BY_SERVICES: readonly Channel[] = [
  {
    name: 'the messages of a service, the workflow, the event and the repository',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis');
      const { workflow, event, repository } = hostileSurroundings(text);
      const env = { GITHUB_WORKFLOW: workflow, GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository, ...ONE_TRY };
      scene.aws.faults.add({ on: DESCRIBE.kinesis, error: { code: 'InternalFailure', message: text, status: 500 } });
      scene.aws.faults.add({ on: START.kinesis, error: { code: 'StrangeException', message: text } });
      return scene.run('kinesis', { 'key-type': 'aws-owned' }, env);
    },
    outcome: 'failed',
    foundIn: (told, { summary }) => [...message(told), originOf(summary).replace(/^Run /, '')],
    surroundings: hostileSurroundings
  },
  {
    name: 'the error codes of a service',
    run: (scene, text) => {
      scene.aws.faults.add({ on: DESCRIBE.kinesis, error: { code: text, message: text, extra: { code: text } } });
      return scene.run('kinesis', {}, ONE_TRY);
    },
    outcome: 'failed',
    foundIn: message
  },
  {
    name: 'the codes and words of a key that Firehose refuses',
    run: (scene, text) => {
      createStream(scene.aws, 'firehose');
      const { arn } = scene.aws.kms.createKey();
      const error = { code: 'InvalidKMSResourceException', message: text, extra: { code: text } };
      scene.aws.faults.add({ on: START.firehose, error });
      return scene.run('firehose', { 'key-id': arn });
    },
    outcome: 'failed',
    foundIn: message
  },
  {
    name: 'the refusal of KMS to describe a key',
    run: (scene, text) => {
      createStream(scene.aws, 'firehose');
      scene.aws.faults.add({
        on: 'DescribeKey',
        times: ALWAYS,
        error: { code: 'AccessDeniedException', message: text }
      });
      return scene.run('firehose', { 'key-id': 'alias/app' });
    },
    outcome: 'failed',
    foundIn: message
  },
  {
    name: 'the type and the details of a failed change',
    run: (scene, text) => {
      scene.aws.firehose.create({ name: 'orders', changeMs: 1, changeFails: { type: text, details: text } });
      return scene.run('firehose', { 'key-type': 'aws-owned' });
    },
    outcome: 'failed',
    foundIn: message
  },
  {
    name: 'every word of a description by Kinesis',
    run: (scene, text) => {
      scene.answerWith(DESCRIBE.kinesis, {
        StreamDescriptionSummary: {
          StreamName: text,
          StreamARN: text,
          StreamStatus: text,
          EncryptionType: 'KMS',
          KeyId: text,
          RetentionPeriodHours: 24
        }
      });
      return scene.run('kinesis', { mode: 'check', 'key-type': 'customer-managed' });
    },
    outcome: ['failed', 'non-compliant'],
    foundIn: ({ streams: [told] }) => [told?.status ?? null, told?.keyId ?? null, told?.arn ?? null]
  },
  {
    name: 'every word of a description by Firehose',
    run: (scene, text) => {
      scene.answerWith(DESCRIBE.firehose, {
        DeliveryStreamDescription: {
          DeliveryStreamName: text,
          DeliveryStreamARN: text,
          DeliveryStreamStatus: text,
          DeliveryStreamEncryptionConfiguration: {
            KeyARN: text,
            KeyType: text,
            Status: text,
            FailureDescription: { Type: text, Details: text }
          }
        }
      });
      return scene.run('firehose', {});
    },
    outcome: 'failed',
    foundIn: ({ streams: [told] }) => [told?.status ?? null, told?.arn ?? null, told?.message ?? null]
  },
  {
    name: 'the source of a delivery stream',
    run: (scene, text) => {
      scene.answerWith(DESCRIBE.firehose, {
        DeliveryStreamDescription: { DeliveryStreamARN: text, DeliveryStreamType: text }
      });
      return scene.run('firehose', {});
    },
    outcome: 'not-applicable',
    foundIn: message
  },
  {
    name: 'every word of a description by KMS, in a warning',
    run: (scene, text) => {
      const { arn } = scene.aws.kms.createKey();
      createStream(scene.aws, 'kinesis', { key: arn });
      scene.answerWith('DescribeKey', {
        KeyMetadata: { Arn: text, KeyId: text, KeyManager: text, KeySpec: text, KeyUsage: text, KeyState: text }
      });
      return scene.run('kinesis', {});
    },
    outcome: 'unchanged',
    foundIn: (_told, { stdout }) => warningsOf(stdout).map(({ message }) => message)
  },
  {
    name: 'the key of before, in the aftercare',
    run: (scene, text) => {
      // Longer than this no key's name may be.
      createStream(scene.aws, 'kinesis', { key: text.slice(0, 2_000), changeMs: 1 });
      return scene.run('kinesis', { 'key-id': scene.aws.kms.createKey().arn });
    },
    outcome: 'rekeyed',
    foundIn: ({ streams: [told] }, { summary }) => [told?.previousKeyId ?? null, itemsOf(summary).join('\n')]
  },
  {
    name: 'a page that something on the way puts in place of an answer',
    run: (scene, text) => {
      scene.aws.faults.add({ on: DESCRIBE.kinesis, status: 403, body: text });
      return scene.run('kinesis', {});
    },
    outcome: 'failed',
    // What the SDK makes of such a page is its own affair.
    foundIn: () => []
  }
];
