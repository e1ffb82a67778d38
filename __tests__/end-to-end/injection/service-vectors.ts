/** Hostile texts in what AWS returns about one stream and its keys, and in the runner's data about the workflow run. */

import { STREAM_ARN } from '../../campaign/account.ts';
import { listItems, parseHtml, textOf } from '../html.ts';
import { ALWAYS, createStream, DESCRIBE, START } from '../step.ts';
import { warningsOf } from '../workflow-commands.ts';
import type { ReportedRun } from './reported-run.ts';
import { NO_SDK_RETRIES } from './sandbox.ts';
import { asVariable } from './text.ts';
import type { InjectionVector, Origin } from './vector.ts';

/** The message of the only stream. */
function streamMessage({ streams }: ReportedRun): readonly (string | null)[] {
  return streams.length === 1 ? streams.map(({ message }) => message) : [null];
}

function hostileOrigin(text: string): Origin {
  const variable = asVariable(text);
  return { workflow: variable, event: variable, repository: variable };
}

export const SERVICE_VECTORS: readonly InjectionVector[] = [
  {
    name: 'the error messages of a service, the workflow, the event and the repository',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const { workflow, event, repository } = hostileOrigin(text);
      const env = { GITHUB_WORKFLOW: workflow, GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository };
      sandbox.aws.faults.add({ on: DESCRIBE.kinesis, error: { code: 'InternalFailure', message: text, status: 500 } });
      sandbox.aws.faults.add({ on: START.kinesis, error: { code: 'StrangeException', message: text } });
      return sandbox.run('kinesis', { 'key-type': 'aws-owned' }, { ...env, ...NO_SDK_RETRIES });
    },
    outcome: 'failed',
    foundIn: (run, { summary }) => {
      const [footnote = ''] = parseHtml(summary).slice(-1);
      return [...streamMessage(run), textOf(footnote).replace(/^Run /, '')];
    },
    origin: hostileOrigin
  },
  {
    name: 'the error codes of a service',
    run: (sandbox, text) => {
      sandbox.aws.faults.add({ on: DESCRIBE.kinesis, error: { code: text, message: text, extra: { code: text } } });
      return sandbox.run('kinesis', {}, NO_SDK_RETRIES);
    },
    outcome: 'failed',
    foundIn: streamMessage
  },
  {
    name: 'the code and the message with which Firehose rejects a key',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'firehose');
      const { arn } = sandbox.aws.kms.createKey();
      const error = { code: 'InvalidKMSResourceException', message: text, extra: { code: text } };
      sandbox.aws.faults.add({ on: START.firehose, error });
      return sandbox.run('firehose', { 'key-id': arn });
    },
    outcome: 'failed',
    foundIn: streamMessage
  },
  {
    name: 'the message with which KMS denies DescribeKey',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'firehose');
      sandbox.aws.faults.add({
        on: 'DescribeKey',
        times: ALWAYS,
        error: { code: 'AccessDeniedException', message: text }
      });
      return sandbox.run('firehose', { 'key-id': 'alias/app' });
    },
    outcome: 'failed',
    foundIn: streamMessage
  },
  {
    name: 'the type and the details of a failed change',
    run: (sandbox, text) => {
      sandbox.aws.firehose.create({ name: 'orders', changeMs: 1, changeFails: { type: text, details: text } });
      return sandbox.run('firehose', { 'key-type': 'aws-owned' });
    },
    outcome: 'failed',
    foundIn: streamMessage
  },
  {
    name: 'every string of a DescribeStreamSummary response',
    run: (sandbox, text) => {
      sandbox.respondWith(DESCRIBE.kinesis, {
        StreamDescriptionSummary: {
          StreamName: text,
          StreamARN: STREAM_ARN.kinesis,
          StreamStatus: text,
          EncryptionType: 'KMS',
          KeyId: text,
          RetentionPeriodHours: 24
        }
      });
      return sandbox.run('kinesis', { mode: 'check', 'key-type': 'customer-managed' });
    },
    outcome: ['failed', 'non-compliant'],
    foundIn: ({ streams: [stream] }) => [stream?.status ?? null, stream?.keyId ?? null]
  },
  {
    name: 'every string of a DescribeDeliveryStream response',
    run: (sandbox, text) => {
      sandbox.respondWith(DESCRIBE.firehose, {
        DeliveryStreamDescription: {
          DeliveryStreamName: text,
          DeliveryStreamARN: STREAM_ARN.firehose,
          DeliveryStreamStatus: text,
          DeliveryStreamEncryptionConfiguration: {
            KeyARN: text,
            KeyType: text,
            Status: text,
            FailureDescription: { Type: text, Details: text }
          }
        }
      });
      return sandbox.run('firehose', {});
    },
    outcome: 'failed',
    foundIn: ({ streams: [stream] }) => [stream?.status ?? null, stream?.message ?? null]
  },
  {
    name: 'the source of a delivery stream',
    run: (sandbox, text) => {
      sandbox.respondWith(DESCRIBE.firehose, {
        DeliveryStreamDescription: {
          DeliveryStreamARN: STREAM_ARN.firehose,
          DeliveryStreamStatus: text,
          DeliveryStreamType: text
        }
      });
      return sandbox.run('firehose', {});
    },
    outcome: 'not-applicable',
    foundIn: streamMessage
  },
  {
    name: 'every string of a DescribeKey response, in a warning',
    run: (sandbox, text) => {
      const { arn } = sandbox.aws.kms.createKey();
      createStream(sandbox.aws, 'kinesis', { key: arn });
      sandbox.respondWith('DescribeKey', {
        KeyMetadata: { Arn: arn, KeyId: text, KeyManager: text, KeySpec: text, KeyUsage: text, KeyState: text }
      });
      return sandbox.run('kinesis', {});
    },
    outcome: 'unchanged',
    foundIn: (_run, { stdout }) => warningsOf(stdout).map(({ message }) => message)
  },
  {
    name: 'the previous key, in the notes after a change',
    run: (sandbox, text) => {
      // The API limits key IDs to 2,048 characters.
      createStream(sandbox.aws, 'kinesis', { key: text.slice(0, 2_000), changeMs: 1 });
      // A key that KMS does not know is gone, and need not be kept.
      const error = { code: 'AccessDeniedException', message: 'no' };
      sandbox.aws.faults.add({ on: 'DescribeKey', times: ALWAYS, error });
      return sandbox.run('kinesis', { 'key-id': sandbox.aws.kms.createKey().arn });
    },
    outcome: 'rekeyed',
    foundIn: ({ streams: [stream] }, { summary }) => [stream?.previousKeyId ?? null, listItems(summary).join('\n')]
  },
  {
    name: 'a page that a proxy returns in place of a response',
    run: (sandbox, text) => {
      sandbox.aws.faults.add({ on: DESCRIBE.kinesis, status: 403, body: text });
      return sandbox.run('kinesis', {});
    },
    outcome: 'failed',
    // How much of the page the SDK's error message contains is not defined.
    foundIn: () => []
  }
];
