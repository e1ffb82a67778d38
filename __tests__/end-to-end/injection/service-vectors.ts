/** Hostile texts in what AWS and GitHub return, and in the runner's data about the workflow run. */

import { STREAM_ARN } from '../../campaign/account.ts';
import { REPOSITORY } from '../../github/local-github.ts';
import { listItems, parseHtml, textOf } from '../html.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, START } from '../step.ts';
import { warningsOf } from '../workflow-commands.ts';
import type { ReportedRun } from './reported-run.ts';
import type { InjectionVector, Origin, Sandbox } from './sandbox.ts';
import { asVariable } from './text.ts';

/** The messages of the failed streams; `[null]`, which contains no text, if none failed. */
function failureMessages({ streams }: ReportedRun): (string | null)[] {
  const messages = streams.filter(({ outcome }) => outcome === 'failed').map(({ message }) => message);
  return messages.length > 0 ? messages : [null];
}

/** The runner's data about the workflow run. */
function hostileOrigin(text: string): Origin {
  const variable = asVariable(text);
  return { workflow: variable, event: variable, repository: variable };
}

/** With a repository that has a tracking issue. The length is limited because it becomes part of an HTTP header. */
function hostileOriginOfIssue(text: string): Origin {
  return { ...hostileOrigin(text.slice(0, 3_000)), repository: REPOSITORY };
}

/** Lets each of the next requests fail with this message, as an error that the action does not know. */
function failWith({ aws }: Sandbox, operation: string, message: string, times = 1): void {
  aws.faults.add({ on: operation, times, error: { code: 'StrangeException', message } });
}

/** A vector whose text is part of the messages of failed streams. */
function failing(name: string, run: InjectionVector['run']): InjectionVector {
  return { name, run, outcome: 'failed', foundIn: failureMessages };
}

const ONE_STREAM: readonly InjectionVector[] = [
  failing('the code and the message with which Firehose rejects a key', (sandbox, text) => {
    createStream(sandbox.aws, 'firehose');
    const error = { code: 'InvalidKMSResourceException', message: text, extra: { code: text } };
    sandbox.aws.faults.add({ on: START.firehose, error });
    return sandbox.run('firehose', { 'key-id': sandbox.aws.kms.createKey().arn });
  }),
  failing('the message with which KMS denies DescribeKey', (sandbox, text) => {
    createStream(sandbox.aws, 'firehose');
    const error = { code: 'AccessDeniedException', message: text };
    sandbox.aws.faults.add({ on: 'DescribeKey', times: ALWAYS, error });
    return sandbox.run('firehose', { 'key-id': 'alias/app' });
  }),
  failing('the type and the details of a failed change', (sandbox, text) => {
    sandbox.aws.firehose.create({ name: 'orders', changeMs: 1, changeFails: { type: text, details: text } });
    return sandbox.run('firehose', { 'key-type': 'aws-owned' });
  }),
  {
    name: 'every string of a DescribeStreamSummary response',
    run: (sandbox, text) => {
      const strings = { StreamName: text, StreamARN: STREAM_ARN.kinesis, StreamStatus: text, KeyId: text };
      const more = { EncryptionType: 'KMS', RetentionPeriodHours: 24 };
      sandbox.respondWith(DESCRIBE.kinesis, { StreamDescriptionSummary: { ...strings, ...more } });
      return sandbox.run('kinesis', { mode: 'check', 'key-type': 'customer-managed' });
    },
    outcome: ['failed', 'non-compliant'],
    foundIn: ({ streams: [stream] }) => [stream?.status ?? null, stream?.keyId ?? null]
  },
  {
    name: 'the error messages of a service, the workflow, the event and the repository',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const { workflow, event, repository } = hostileOrigin(text);
      const env = { GITHUB_WORKFLOW: workflow, GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository };
      sandbox.aws.faults.add({ on: DESCRIBE.kinesis, error: { code: 'InternalFailure', message: text, status: 500 } });
      failWith(sandbox, START.kinesis, text);
      return sandbox.run('kinesis', { 'key-type': 'aws-owned' }, env);
    },
    outcome: 'failed',
    foundIn: (run, { summary }) => {
      const [footnote = ''] = parseHtml(summary).slice(-1);
      return [...failureMessages(run), textOf(footnote).replace(/^Run /, '')];
    },
    origin: hostileOrigin
  },
  {
    name: 'every string of a DescribeDeliveryStream response',
    run: (sandbox, text) => {
      const FailureDescription = { Type: text, Details: text };
      const encryption = { KeyARN: text, KeyType: text, Status: text, FailureDescription };
      const strings = { DeliveryStreamName: text, DeliveryStreamARN: STREAM_ARN.firehose, DeliveryStreamStatus: text };
      const description = { ...strings, DeliveryStreamEncryptionConfiguration: encryption };
      sandbox.respondWith(DESCRIBE.firehose, { DeliveryStreamDescription: description });
      return sandbox.run('firehose', {});
    },
    outcome: 'failed',
    foundIn: ({ streams: [stream] }) => [stream?.status ?? null, stream?.message ?? null]
  },
  {
    name: 'the source of a delivery stream',
    run: (sandbox, text) => {
      const strings = { DeliveryStreamStatus: text, DeliveryStreamType: text };
      const description = { DeliveryStreamARN: STREAM_ARN.firehose, ...strings };
      sandbox.respondWith(DESCRIBE.firehose, { DeliveryStreamDescription: description });
      return sandbox.run('firehose', {});
    },
    outcome: 'not-applicable',
    foundIn: ({ streams: [stream] }) => [stream?.message ?? null]
  },
  {
    name: 'every string of a DescribeKey response, in a warning',
    run: (sandbox, text) => {
      const { arn } = sandbox.aws.kms.createKey();
      createStream(sandbox.aws, 'kinesis', { key: arn });
      const strings = { KeyId: text, KeyManager: text, KeySpec: text, KeyUsage: text, KeyState: text };
      sandbox.respondWith('DescribeKey', { KeyMetadata: { Arn: arn, ...strings } });
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

const SEVERAL_STREAMS: readonly InjectionVector[] = [
  {
    name: 'the names of the streams that a service lists',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const StreamSummaries = [{ StreamName: text, StreamARN: text, StreamStatus: text, StreamModeDetails: {} }];
      sandbox.respondWith('ListStreams', { StreamNames: ['orders', text], StreamSummaries, HasMoreStreams: false });
      return sandbox.runWithIssue('kinesis', { 'stream-name': '*' });
    },
    // A valid name is that of a stream deleted since it was listed.
    outcome: ['failed', 'not-applicable'],
    foundIn: ({ streams }) => [streams.find(({ name }) => name !== 'orders')?.name ?? null],
    issue: 'written'
  },
  {
    name: 'the resources that GetResources returns',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const arn = 'arn:aws:kinesis:us-east-1:111122223333:stream';
      const arns = [`${arn}/${text}`, `arn:aws:kinesis:${text}:111122223333:stream/orders`, `${arn}/orders`];
      const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN, Tags: [{ Key: text, Value: text }] }));
      sandbox.respondWith('GetResources', { ResourceTagMappingList });
      return sandbox.run('kinesis', { 'stream-kind': '', 'stream-name': '', 'stream-tags': 'env=' });
    },
    // A text that cannot be the name of a stream is no answer.
    outcome: ['enabled', 'not-applicable', 'failed'],
    foundIn: ({ streams, errors }) => {
      const names = streams.map(({ name }) => name);
      return [...errors, ...names.filter((name) => name !== 'orders')];
    }
  },
  {
    name: 'the message with which AWS denies ListStreams',
    run: (sandbox, text) => {
      const error = { code: 'AccessDeniedException', message: text };
      sandbox.aws.faults.add({ on: 'ListStreams', times: ALWAYS, error });
      return sandbox.run('kinesis', { 'stream-name': '*' });
    },
    outcome: 'failed',
    foundIn: ({ errors }) => errors
  },
  {
    name: 'the error codes and messages of the services about several streams',
    run: (sandbox, text) => {
      const streams = ['clicks', 'orders', 'views'].flatMap((name) => [
        sandbox.aws.kinesis.create({ name, changeMs: 1 }),
        sandbox.aws.firehose.create({ name, changeMs: 1 })
      ]);
      for (const kind of KINDS) {
        const { faults } = sandbox.aws;
        faults.add({ on: DESCRIBE[kind], times: 2, error: { code: 'InternalFailure', message: text, status: 500 } });
        faults.add({ on: START[kind], stream: 'orders', error: { code: 'StrangeException', message: text } });
        faults.add({ on: DESCRIBE[kind], stream: 'views', times: ALWAYS, error: { code: text, message: text } });
      }
      const names = streams.map(({ arn }) => arn).join('\n');
      return sandbox.runWithIssue('kinesis', { 'stream-name': names, 'stream-kind': '', 'key-type': 'aws-owned' });
    },
    outcome: 'failed',
    foundIn: failureMessages,
    issue: 'written'
  },
  failing('the error messages about more streams than GitHub shows annotations for', (sandbox, text) => {
    const names = Array.from({ length: 12 }, (_, index) => `orders-${index}`);
    failWith(sandbox, DESCRIBE.kinesis, text, ALWAYS);
    return sandbox.run('kinesis', { 'stream-name': names.join(), mode: 'check' });
  })
];

const TRACKING_ISSUE: readonly InjectionVector[] = [
  {
    name: 'the workflow and the job of a tracking issue, and the errors in it',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      failWith(sandbox, START.kinesis, text);
      const { workflow, event } = hostileOriginOfIssue(text);
      return sandbox.runWithIssue(
        'kinesis',
        {},
        {
          GITHUB_WORKFLOW: workflow,
          GITHUB_EVENT_NAME: event,
          GITHUB_WORKFLOW_REF: workflow,
          GITHUB_JOB: workflow,
          ACTIONS_ORCHESTRATION_ID: `${workflow}.${workflow}.${workflow}`
        }
      );
    },
    outcome: 'failed',
    foundIn: failureMessages,
    origin: hostileOriginOfIssue,
    issue: 'written'
  },
  {
    name: 'the message with which GitHub rejects the tracking issue',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      sandbox.github.faults.set('POST /repos/', { status: 422, message: asVariable(text) });
      return sandbox.runWithIssue('kinesis', { mode: 'check' });
    },
    outcome: 'non-compliant',
    foundIn: (_run, { stdout }) => warningsOf(stdout).map(({ message }) => message),
    issue: 'rejected'
  }
];

export const SERVICE_VECTORS: readonly InjectionVector[] = [...ONE_STREAM, ...SEVERAL_STREAMS, ...TRACKING_ISSUE];
