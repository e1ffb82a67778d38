/** Texts that come in where streams are listed, where there are several, and where an issue tells of them. */

import { REPOSITORY } from '../../github/local-github.ts';
import { ALWAYS, createStream, DESCRIBE, KINDS, START } from '../step.ts';
import { asVariable, type Channel, ONE_TRY, type Scene, type Surroundings, type Told, warningsOf } from './channel.ts';

const ARN = 'arn:aws:kinesis:us-east-1:111122223333:stream';

/** Streams of either service, by their ARNs, as the inputs name them. */
function severalStreams({ aws }: Scene): { 'stream-name': string } {
  const names = ['clicks', 'orders', 'views'];
  const streams = [
    ...names.map((name) => aws.kinesis.create({ name, changeMs: 1 })),
    ...names.map((name) => aws.firehose.create({ name, changeMs: 1 }))
  ];
  return { 'stream-name': streams.map(({ arn }) => arn).join('\n') };
}

/** What the first of these words is found in: those of other streams may be cut short. */
function messages({ streams }: Told): (string | null)[] {
  const words = streams.filter(({ outcome }) => outcome === 'failed').map(({ message }) => message);
  return words.length > 0 ? words : [null];
}

/** The name of the listed stream that no AWS has, or that is not there. */
function listedName({ streams }: Told): (string | null)[] {
  return [streams.find(({ name }) => name !== 'orders')?.name ?? null];
}

/** They become part of a header, which must not be too long. */
function hostileJob(text: string): Surroundings {
  const variable = asVariable(text.slice(0, 3_000));
  return { workflow: variable, event: variable, repository: REPOSITORY };
}

function hostileJobEnv({ workflow: variable, event }: Surroundings) {
  return {
    GITHUB_WORKFLOW: variable,
    GITHUB_EVENT_NAME: event,
    GITHUB_WORKFLOW_REF: variable,
    GITHUB_JOB: variable,
    ACTIONS_ORCHESTRATION_ID: `${variable}.${variable}.${variable}`
  };
}

const LISTED: readonly Channel[] = [
  {
    name: 'the names that Kinesis lists',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis');
      const StreamSummaries = [{ StreamName: text, StreamARN: text, StreamStatus: text, StreamModeDetails: {} }];
      scene.answerWith('ListStreams', { StreamNames: ['orders', text], StreamSummaries, HasMoreStreams: false });
      return scene.runTracked('kinesis', { 'stream-name': '*' });
    },
    // A name that AWS could have is that of a stream that is gone.
    outcome: ['failed', 'not-applicable'],
    foundIn: listedName,
    issue: 'written'
  },
  {
    name: 'the names that Firehose lists',
    run: (scene, text) => {
      createStream(scene.aws, 'firehose');
      const answer = { DeliveryStreamNames: [text, 'orders'], HasMoreDeliveryStreams: false };
      scene.answerWith('ListDeliveryStreams', answer);
      return scene.runTracked('firehose', { 'stream-name': '*' });
    },
    outcome: ['failed', 'not-applicable'],
    foundIn: listedName,
    issue: 'written'
  },
  {
    name: 'the list in which Kinesis tells what waits',
    run: (scene, text) => {
      const names = severalStreams(scene);
      const StreamSummaries = [{ StreamName: text, StreamARN: text, StreamStatus: 'UPDATING' }];
      scene.answerWith('ListStreams', { StreamNames: [text], StreamSummaries, HasMoreStreams: true, NextToken: text });
      return scene.run('kinesis', { ...names, 'stream-kind': '' });
    },
    outcome: 'enabled',
    // It is compared with the streams of the run, and told nowhere.
    foundIn: () => []
  },
  {
    name: 'the resources that have the tags',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis');
      const arns = [text, `${ARN}/${text}`, `arn:aws:kinesis:${text}:111122223333:stream/orders`, `${ARN}/orders`];
      const ResourceTagMappingList = arns.map((ResourceARN) => ({ ResourceARN, Tags: [{ Key: text, Value: text }] }));
      scene.answerWith('GetResources', { ResourceTagMappingList, PaginationToken: text });
      return scene.run('kinesis', { 'stream-kind': '', 'stream-name': '', 'stream-tags': 'env=' });
    },
    outcome: ['enabled', 'not-applicable'],
    // What is no ARN of a stream is none of a stream.
    foundIn: ({ streams }) => streams.filter(({ name }) => name !== 'orders').map(({ name }) => name)
  },
  ...(['ListStreams', 'GetResources'] as const).map(
    (on): Channel => ({
      name: `the refusal of ${on}`,
      run: (scene, text) => {
        scene.aws.faults.add({ on, times: ALWAYS, error: { code: 'AccessDeniedException', message: text } });
        return scene.run('kinesis', on === 'ListStreams' ? { 'stream-name': '*' } : { 'stream-tags': 'env=' });
      },
      outcome: 'failed',
      foundIn: ({ faults }) => faults
    })
  )
];

const SEVERAL: readonly Channel[] = [
  {
    name: 'the messages of the services, about several streams at once',
    run: (scene, text) => {
      const names = severalStreams(scene);
      for (const kind of KINDS) {
        const failure = { code: 'InternalFailure', message: text, status: 500 };
        scene.aws.faults.add({ on: DESCRIBE[kind], times: 2, error: failure });
        scene.aws.faults.add({ on: START[kind], stream: 'orders', error: { code: 'StrangeException', message: text } });
        scene.aws.faults.add({
          on: DESCRIBE[kind],
          stream: 'views',
          times: ALWAYS,
          error: { code: text, message: text }
        });
      }
      return scene.runTracked('kinesis', { ...names, 'stream-kind': '', 'key-type': 'aws-owned' }, ONE_TRY);
    },
    outcome: 'failed',
    foundIn: messages,
    issue: 'written'
  },
  {
    name: 'the descriptions of several streams',
    run: (scene, text) => {
      for (const name of ['clicks', 'views']) {
        const words = { StreamName: text, StreamARN: text, StreamStatus: `${name} ${text}`, KeyId: text };
        const more = { EncryptionType: text, RetentionPeriodHours: 24 };
        scene.answerWith(DESCRIBE.kinesis, { StreamDescriptionSummary: { ...words, ...more } }, name);
      }
      return scene.run('kinesis', { 'stream-name': 'clicks,views', mode: 'check' });
    },
    outcome: 'failed',
    foundIn: ({ streams }) => streams.flatMap(({ status, arn }) => [status?.replace(/^\w+ /, '') ?? null, arn])
  },
  {
    name: 'the refusal to describe more streams than have room for an annotation',
    run: (scene, text) => {
      const names = Array.from({ length: 12 }, (_, index) => `orders-${index}`);
      scene.aws.faults.add({ on: DESCRIBE.kinesis, times: ALWAYS, error: { code: 'StrangeException', message: text } });
      return scene.run('kinesis', { 'stream-name': names.join(), mode: 'check' });
    },
    outcome: 'failed',
    foundIn: messages
  }
];

const TRACKED: readonly Channel[] = [
  {
    name: 'the workflow and the job that a tracking issue is of, and what it tells',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis');
      scene.aws.faults.add({ on: START.kinesis, error: { code: 'StrangeException', message: text } });
      return scene.runTracked('kinesis', {}, hostileJobEnv(hostileJob(text)));
    },
    outcome: 'failed',
    foundIn: messages,
    surroundings: hostileJob,
    issue: 'written'
  },
  {
    name: 'the refusal of GitHub to take the tracking issue',
    run: (scene, text) => {
      createStream(scene.aws, 'kinesis');
      scene.github.faults.set('POST /repos/', { status: 422, message: asVariable(text) });
      return scene.runTracked('kinesis', { mode: 'check' });
    },
    outcome: 'non-compliant',
    foundIn: (_told, { stdout }) => warningsOf(stdout).map(({ message }) => message),
    issue: 'refused'
  }
];

export const BY_FLEETS: readonly Channel[] = [...LISTED, ...SEVERAL, ...TRACKED];
