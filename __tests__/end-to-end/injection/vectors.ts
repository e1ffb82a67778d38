/** The ways in which a hostile text reaches the action: inputs and environment, AWS, and GitHub. */

import type { LocalAws } from '../../../local-aws/server.ts';
import type { Step, StepResult } from '../../../testing/runner.ts';
import { STREAM_ARN } from '../../campaign/account.ts';
import type { LocalGithub } from '../../github/local-github.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, type Kind, START } from '../step.ts';
import { asVariable } from './text.ts';

/** A step that a text reaches. */
interface HostileStep {
  /** Default: kinesis. */
  readonly kind?: Kind;
  readonly inputs?: Step['inputs'];
  readonly env?: Step['env'];
  /** It reports to a tracking issue. */
  readonly isTracked?: true;
  /** The outcomes that it may have; `failed` if omitted. */
  readonly outcome?: RegExp;
  /** Whether log or summary must show the text; always if omitted. */
  readonly isShown?: (step: StepResult) => boolean;
}

/** Prepares the servers, and returns the step that the text reaches. */
export type Vector = (text: string, aws: LocalAws, github: LocalGithub) => HostileStep;

const INPUTS = ['stream-kind', 'stream-name', 'stream-tags', 'mode', 'key-type', 'key-id', 'from-key-id', 'region'];
const MORE_INPUTS = ['approved-key-ids', 'wait', 'timeout-seconds', 'settle-seconds', 'verify-records', 'report-issue'];

/** Inputs of a step that selects streams of both kinds by their tags alone. */
const NO_NAMES = { 'stream-kind': '', 'stream-name': '' };

/** The text as a valid tag value: one line of limited length. */
function asTagValue(text: string): string {
  return asVariable(text).replace(/\s+/g, ' ').slice(0, 200).toWellFormed().trim();
}

/** Makes AWS send this response to every request of the operation. */
function respond({ faults }: LocalAws, on: string, output: unknown): void {
  const contentType = 'application/x-amz-json-1.1';
  faults.add({ on, times: ALWAYS, status: 200, body: JSON.stringify(output), contentType });
}

/** Makes AWS refuse the requests of the operation with an error that has this message. */
function refuse(
  { faults }: LocalAws,
  on: string,
  message: string,
  code = 'AccessDeniedException',
  times = ALWAYS
): void {
  faults.add({ on, times, error: { code, message } });
}

/** The environment with the text in these variables. */
function variables(text: string, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, asVariable(text)]));
}

export const VECTORS: Readonly<Record<string, Vector>> = {
  'every input': (text) => ({ inputs: variables(text, ...INPUTS, ...MORE_INPUTS) }),
  'the input stream-name': (text) => ({ inputs: variables(text, 'stream-name') }),
  'the input approved-key-ids': (text) => ({ inputs: { mode: 'check', ...variables(text, 'approved-key-ids') } }),
  'the value of a tag that streams have': (text, aws) => {
    const env = asTagValue(text);
    for (const kind of KINDS) createStream(aws, kind, { tags: { env } });
    return { inputs: { ...NO_NAMES, 'stream-tags': `env=${env}` }, outcome: /^enabled$/ };
  },
  'a tag that the stream lacks': (text, aws) => {
    createStream(aws, 'firehose', { tags: { env: 'prod' } });
    return { kind: 'firehose', inputs: { 'stream-tags': `env=${asTagValue(text)}` } };
  },
  'the path of the report': (text, aws) => {
    createStream(aws, 'kinesis');
    const path = asVariable(text).trim();
    return { inputs: { 'report-path': path }, outcome: /^enabled$/, isShown: ({ exitCode }) => exitCode === 1 };
  },
  'the region and the profile of the environment': (text) => ({
    env: variables(text, 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE')
  }),
  'the path in AWS_CONFIG_FILE, which leads to no file with credentials': (text) => ({
    env: {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: asVariable(text)
    },
    // What contains an @ could be a password, and is not repeated.
    isShown: () => !text.includes('@')
  }),

  'the code and the message with which Firehose rejects a key': (text, aws) => {
    createStream(aws, 'firehose');
    const error = { code: 'InvalidKMSResourceException', message: text, extra: { code: text } };
    aws.faults.add({ on: START.firehose, error });
    return { kind: 'firehose', inputs: { 'key-id': aws.kms.createKey().arn } };
  },
  'the message with which KMS denies DescribeKey': (text, aws) => {
    createStream(aws, 'firehose');
    refuse(aws, 'DescribeKey', text);
    return { kind: 'firehose', inputs: { 'key-id': 'alias/app' } };
  },
  'the type and the details of a failed change': (text, aws) => {
    aws.firehose.create({ name: 'orders', changeFails: { type: text, details: text } });
    return { kind: 'firehose', inputs: { 'key-type': 'aws-owned' } };
  },
  'every string of a DescribeStreamSummary response': (text, aws) => {
    const strings = { StreamName: text, StreamARN: STREAM_ARN.kinesis, StreamStatus: text, KeyId: text };
    const more = { EncryptionType: 'KMS', RetentionPeriodHours: 24 };
    respond(aws, DESCRIBE.kinesis, { StreamDescriptionSummary: { ...strings, ...more } });
    return { inputs: { mode: 'check', 'key-type': 'customer-managed' }, outcome: /^(failed|non-compliant)$/ };
  },
  'every string of a DescribeDeliveryStream response': (text, aws) => {
    const FailureDescription = { Type: text, Details: text };
    const encryption = { KeyARN: text, KeyType: text, Status: text, FailureDescription };
    const strings = { DeliveryStreamName: text, DeliveryStreamARN: STREAM_ARN.firehose, DeliveryStreamStatus: text };
    const description = { ...strings, DeliveryStreamEncryptionConfiguration: encryption };
    respond(aws, DESCRIBE.firehose, { DeliveryStreamDescription: description });
    return { kind: 'firehose' };
  },
  'the source of a delivery stream': (text, aws) => {
    const strings = { DeliveryStreamStatus: text, DeliveryStreamType: text };
    const description = { DeliveryStreamARN: STREAM_ARN.firehose, ...strings };
    respond(aws, DESCRIBE.firehose, { DeliveryStreamDescription: description });
    return { kind: 'firehose', outcome: /^not-applicable$/ };
  },
  'every string of a DescribeKey response, in a warning': (text, aws) => {
    const { arn } = aws.kms.createKey();
    createStream(aws, 'kinesis', { key: arn });
    const strings = { KeyId: text, KeyManager: text, KeySpec: text, KeyUsage: text, KeyState: text };
    respond(aws, 'DescribeKey', { KeyMetadata: { Arn: arn, ...strings } });
    return { outcome: /^unchanged$/ };
  },
  'the previous key, in the notes after a change': (text, aws) => {
    // The API limits key IDs to 2,048 characters.
    createStream(aws, 'kinesis', { key: text.slice(0, 2_000) });
    // A key that KMS does not know is gone, and need not be kept.
    refuse(aws, 'DescribeKey', 'no');
    return { inputs: { 'key-id': aws.kms.createKey().arn }, outcome: /^rekeyed$/ };
  },
  'a page that a proxy returns in place of a response': (text, aws) => {
    aws.faults.add({ on: DESCRIBE.kinesis, status: 403, body: text });
    // How much of the page the SDK's error message contains is not defined.
    return { isShown: () => false };
  },
  'the names of the streams that a service lists': (text, aws) => {
    createStream(aws, 'kinesis');
    const StreamSummaries = [{ StreamName: text, StreamARN: text, StreamStatus: text, StreamModeDetails: {} }];
    respond(aws, 'ListStreams', { StreamNames: ['orders', text], StreamSummaries, HasMoreStreams: false });
    // A valid name is that of a stream deleted since it was listed.
    return { inputs: { 'stream-name': '*' }, isTracked: true, outcome: /^(failed|not-applicable)$/ };
  },
  'the resources that GetResources returns': (text, aws) => {
    createStream(aws, 'kinesis');
    const arn = 'arn:aws:kinesis:us-east-1:111122223333:stream';
    const arns = [`${arn}/${text}`, `arn:aws:kinesis:${text}:111122223333:stream/orders`, `${arn}/orders`];
    const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN, Tags: [{ Key: text, Value: text }] }));
    respond(aws, 'GetResources', { ResourceTagMappingList });
    // A text that cannot be the name of a stream is no answer.
    return { inputs: { ...NO_NAMES, 'stream-tags': 'env=' }, outcome: /^(enabled|not-applicable|failed)$/ };
  },
  'the message with which AWS denies ListStreams': (text, aws) => {
    refuse(aws, 'ListStreams', text);
    return { inputs: { 'stream-name': '*' } };
  },
  'the error codes and messages of the services about several streams': (text, aws) => {
    for (const kind of KINDS) {
      for (const name of ['clicks', 'orders', 'views']) createStream(aws, kind, { name, tags: { env: 'prod' } });
      aws.faults.add({ on: DESCRIBE[kind], times: 2, error: { code: 'InternalFailure', message: text, status: 500 } });
      aws.faults.add({ on: START[kind], stream: 'orders', error: { code: 'StrangeException', message: text } });
      aws.faults.add({ on: DESCRIBE[kind], stream: 'views', times: ALWAYS, error: { code: text, message: text } });
    }
    return { inputs: { ...NO_NAMES, 'stream-tags': 'env=prod', 'key-type': 'aws-owned' }, isTracked: true };
  },
  'the error messages about more streams than GitHub shows annotations for': (text, aws) => {
    const names = Array.from({ length: 12 }, (_, index) => `orders-${index}`);
    refuse(aws, DESCRIBE.kinesis, text, 'StrangeException');
    return { inputs: { 'stream-name': names.join(), mode: 'check' } };
  },

  'the error messages of a service, the workflow, the event and the repository': (text, aws) => {
    createStream(aws, 'kinesis');
    aws.faults.add({ on: DESCRIBE.kinesis, error: { code: 'InternalFailure', message: text, status: 500 } });
    refuse(aws, START.kinesis, text, 'StrangeException');
    return { env: variables(text, 'GITHUB_WORKFLOW', 'GITHUB_EVENT_NAME', 'GITHUB_REPOSITORY') };
  },
  'the workflow and the job of a tracking issue, and the errors in it': (text, aws) => {
    createStream(aws, 'kinesis');
    refuse(aws, START.kinesis, text, 'StrangeException');
    // The length is limited because it becomes part of an HTTP header.
    const short = text.slice(0, 3_000);
    const env = variables(short, 'GITHUB_WORKFLOW', 'GITHUB_EVENT_NAME', 'GITHUB_WORKFLOW_REF', 'GITHUB_JOB');
    return { env: { ...env, ...variables(`${short}.${short}.${short}`, 'ACTIONS_ORCHESTRATION_ID') }, isTracked: true };
  },
  'the message with which GitHub rejects the tracking issue': (text, aws, github) => {
    createStream(aws, 'kinesis');
    github.faults.set('POST /repos/', { status: 422, message: asVariable(text) });
    return { inputs: { mode: 'check' }, isTracked: true, outcome: /^non-compliant$/ };
  }
};
