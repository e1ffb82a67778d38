/** Hostile texts in lists of streams, in runs of several streams, and in the tracking issue. */

import { REPOSITORY } from '../../github/local-github.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, START } from '../step.ts';
import { warningsOf } from '../workflow-commands.ts';
import type { ReportedRun } from './reported-run.ts';
import { NO_SDK_RETRIES, type Sandbox } from './sandbox.ts';
import { asVariable } from './text.ts';
import type { InjectionVector, Origin } from './vector.ts';

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream';

/** Creates three streams of each kind; returns the input that selects them by ARN. */
function createSixStreams({ aws }: Sandbox): { 'stream-name': string } {
  const names = ['clicks', 'orders', 'views'];
  const streams = [
    ...names.map((name) => aws.kinesis.create({ name, changeMs: 1 })),
    ...names.map((name) => aws.firehose.create({ name, changeMs: 1 }))
  ];
  return { 'stream-name': streams.map(({ arn }) => arn).join('\n') };
}

/** The messages of the failed streams; `[null]`, which contains no text, if none failed. */
function failureMessages({ streams }: ReportedRun): (string | null)[] {
  const messages = streams.filter(({ outcome }) => outcome === 'failed').map(({ message }) => message);
  return messages.length > 0 ? messages : [null];
}

/** The name of the listed stream that does not exist. */
function nameOfMissingStream({ streams }: ReportedRun): (string | null)[] {
  return [streams.find(({ name }) => name !== 'orders')?.name ?? null];
}

/** The runner's data about the workflow run. Its length is limited because it becomes part of an HTTP header. */
function hostileOrigin(text: string): Origin {
  const variable = asVariable(text.slice(0, 3_000));
  return { workflow: variable, event: variable, repository: REPOSITORY };
}

function envOf({ workflow, event }: Origin) {
  return {
    GITHUB_WORKFLOW: workflow,
    GITHUB_EVENT_NAME: event,
    GITHUB_WORKFLOW_REF: workflow,
    GITHUB_JOB: workflow,
    ACTIONS_ORCHESTRATION_ID: `${workflow}.${workflow}.${workflow}`
  };
}

const LIST_VECTORS: readonly InjectionVector[] = [
  {
    name: 'the names that ListStreams returns',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const StreamSummaries = [{ StreamName: text, StreamARN: text, StreamStatus: text, StreamModeDetails: {} }];
      sandbox.respondWith('ListStreams', { StreamNames: ['orders', text], StreamSummaries, HasMoreStreams: false });
      return sandbox.runWithIssue('kinesis', { 'stream-name': '*' });
    },
    // A valid name is that of a stream deleted since it was listed.
    outcome: ['failed', 'not-applicable'],
    foundIn: nameOfMissingStream,
    issue: 'written'
  },
  {
    name: 'the names that ListDeliveryStreams returns',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'firehose');
      const response = { DeliveryStreamNames: [text, 'orders'], HasMoreDeliveryStreams: false };
      sandbox.respondWith('ListDeliveryStreams', response);
      return sandbox.runWithIssue('firehose', { 'stream-name': '*' });
    },
    outcome: ['failed', 'not-applicable'],
    foundIn: nameOfMissingStream,
    issue: 'written'
  },
  {
    name: 'the resources that GetResources returns',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      const arns = [`${ARN}/${text}`, `arn:aws:kinesis:${text}:111122223333:stream/orders`, `${ARN}/orders`];
      const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN, Tags: [{ Key: text, Value: text }] }));
      sandbox.respondWith('GetResources', { ResourceTagMappingList });
      return sandbox.run('kinesis', { 'stream-kind': '', 'stream-name': '', 'stream-tags': 'env=' });
    },
    // A text that cannot be the name of a stream is no answer.
    outcome: ['enabled', 'not-applicable', 'failed'],
    foundIn: ({ streams, errors }) => [
      ...errors,
      ...streams.filter(({ name }) => name !== 'orders').map(({ name }) => name)
    ]
  },
  ...(['ListStreams', 'GetResources'] as const).map(
    (operation): InjectionVector => ({
      name: `the message with which AWS denies ${operation}`,
      run: (sandbox, text) => {
        const error = { code: 'AccessDeniedException', message: text };
        sandbox.aws.faults.add({ on: operation, times: ALWAYS, error });
        return sandbox.run('kinesis', operation === 'ListStreams' ? { 'stream-name': '*' } : { 'stream-tags': 'env=' });
      },
      outcome: 'failed',
      foundIn: ({ errors }) => errors
    })
  )
];

const SEVERAL_STREAMS: readonly InjectionVector[] = [
  {
    name: 'the error messages of the services about several streams',
    run: (sandbox, text) => {
      const names = createSixStreams(sandbox);
      const { faults } = sandbox.aws;
      for (const kind of KINDS) {
        const error = { code: 'InternalFailure', message: text, status: 500 };
        faults.add({ on: DESCRIBE[kind], times: 2, error });
        faults.add({ on: START[kind], stream: 'orders', error: { code: 'StrangeException', message: text } });
        faults.add({ on: DESCRIBE[kind], stream: 'views', times: ALWAYS, error: { code: text, message: text } });
      }
      const inputs = { ...names, 'stream-kind': '', 'key-type': 'aws-owned' };
      return sandbox.runWithIssue('kinesis', inputs, NO_SDK_RETRIES);
    },
    outcome: 'failed',
    foundIn: failureMessages,
    issue: 'written'
  },
  {
    name: 'the descriptions of several streams',
    run: (sandbox, text) => {
      for (const name of ['clicks', 'views']) {
        const strings = { StreamName: text, StreamARN: `${ARN}/${name}`, StreamStatus: `${name} ${text}`, KeyId: text };
        const more = { EncryptionType: text, RetentionPeriodHours: 24 };
        sandbox.respondWith(DESCRIBE.kinesis, { StreamDescriptionSummary: { ...strings, ...more } }, name);
      }
      return sandbox.run('kinesis', { 'stream-name': 'clicks,views', mode: 'check' });
    },
    outcome: 'failed',
    foundIn: ({ streams }) => streams.map(({ status }) => status?.replace(/^\w+ /, '') ?? null)
  },
  {
    name: 'the error messages about more streams than GitHub shows annotations for',
    run: (sandbox, text) => {
      const names = Array.from({ length: 12 }, (_, index) => `orders-${index}`);
      const error = { code: 'StrangeException', message: text };
      sandbox.aws.faults.add({ on: DESCRIBE.kinesis, times: ALWAYS, error });
      return sandbox.run('kinesis', { 'stream-name': names.join(), mode: 'check' });
    },
    outcome: 'failed',
    foundIn: failureMessages
  }
];

const ISSUE_VECTORS: readonly InjectionVector[] = [
  {
    name: 'the workflow and the job of a tracking issue, and the errors in it',
    run: (sandbox, text) => {
      createStream(sandbox.aws, 'kinesis');
      sandbox.aws.faults.add({ on: START.kinesis, error: { code: 'StrangeException', message: text } });
      return sandbox.runWithIssue('kinesis', {}, envOf(hostileOrigin(text)));
    },
    outcome: 'failed',
    foundIn: failureMessages,
    origin: hostileOrigin,
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

export const FLEET_VECTORS: readonly InjectionVector[] = [...LIST_VECTORS, ...SEVERAL_STREAMS, ...ISSUE_VECTORS];
