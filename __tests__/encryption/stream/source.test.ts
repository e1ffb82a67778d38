/** Delivery streams that read from a source: the source is judged in their place, and nothing is ever written to it. */

import { describe, expect, test } from '@jest/globals';
import type { Observation } from '../../../src/encryption/model.ts';
import { ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { SourceCache, type SourceWaiter } from '../../../src/encryption/stream/source-cache.ts';
import { ACCOUNT, AWS_ALIAS, disabledKey, NEW, NEW_ID, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import {
  active,
  DATA_STREAM,
  DATABASE,
  deleting,
  MSK_CLUSTER,
  unknownStatus,
  updating,
  withSource
} from '../../support/observations.ts';
import { ANY, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { failsWith, hangs, type Interceptor, SimulatedStream } from '../../support/simulated-stream.ts';
import {
  between,
  cancelAt,
  expectRun,
  type SetUp,
  says,
  simulate,
  withKey,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const FED = withSource(DATA_STREAM);
const ARN = STREAM_ARN.kinesis;
const FOREIGN_ARN = ARN.replace(ACCOUNT, OTHER_ACCOUNT);
const CHECK = { mode: 'check' } as const;
const TO_NEW = { criteria: targetKey(NEW) } as const;
const UNKNOWN = { changed: false, encrypted: 'unknown', key: null };

const NAME = `its source ${ARN} (KinesisStreamAsSource)`;
const JUDGED = `judged by ${NAME}: the stream is`;
const NO_ENCRYPTION = '. The delivery stream has no encryption of its own';
const NOT_HERE = `${NO_ENCRYPTION}: only the source itself can be encrypted`;
const ENCRYPT_IT = `${NO_ENCRYPTION}: encrypt the source itself`;
const MOVE_IT = `, but the request requires ${NEW}${ENCRYPT_IT}, with stream-kind kinesis`;

function sourceDescribes(...interceptors: Interceptor[]): SetUp {
  return ({ source }) => source.onNextDescribes(...interceptors);
}

describe('a delivery stream that reads from a data stream', () => {
  const OF_NO_USE = 'leave the delivery stream out of the run, or delete it as well';
  const GONE = `judged by ${NAME}: there is no key alias/gone`;
  const disabled = withKey(disabledKey(OLD));
  /** Sources with the same cause are reported together. */
  const cause = expect.stringMatching(/^(?!.*(stream\/orders|1, but))./);

  test.each([
    ['is encrypted as required', active(NEW), NEW, 'compliant', `${JUDGED} encrypted with ${NEW}`],
    ['is not encrypted', active(), NEW, 'non-compliant', says(`${JUDGED} not encrypted: run mode`, NOT_HERE)],
    ['has another key', active(OLD), NEW, 'non-compliant', says(`${JUDGED} encrypted with ${OLD}, but`, NOT_HERE)],
    ['has a disabled key', active(OLD), OLD, 'non-compliant', says(`${OLD} is disabled`, NOT_HERE)],
    ['has an unknown status', unknownStatus(), NEW, 'failed', says(NAME, 'REPAIRING')],
    ['is being deleted', deleting(), NEW, 'failed', says(NAME, `is being deleted: ${OF_NO_USE}`)],
    ['cannot be compared', active(OLD), 'alias/gone', 'failed', GONE]
  ])('is judged by it in mode check, if it %s', async (_, source, id, outcome, message) => {
    const key = source.key && { id: source.key.id };
    const previousKey = source.phase === 'final' ? key : null;
    const expected = { outcome, message, cause, key, previousKey, arn: STREAM_ARN.firehose, source: ARN };
    await expectRun(FED, { ...CHECK, criteria: targetKey(id), given: disabled, source }, expected);
  });

  test.each([
    ['is encrypted as required', active(NEW), NEW, 'unchanged', `${JUDGED} already encrypted with ${NEW}`],
    ['has the key, which is disabled now', active(OLD), OLD, 'unchanged', says(`${JUDGED} already encrypted`)],
    ['is not encrypted', active(), NEW, 'not-applicable', `${JUDGED} not encrypted${MOVE_IT}`],
    ['has another key', active(OLD), NEW, 'not-applicable', `${JUDGED} encrypted with ${OLD}${MOVE_IT}`],
    ['would need a disabled key', active(NEW), OLD, 'not-applicable', says(NAME, 'is disabled', NOT_HERE)],
    ['is being deleted', deleting(), NEW, 'not-applicable', says(NAME, 'data stream is being deleted.', OF_NO_USE)],
    ['cannot be compared', active(OLD), 'alias/gone', 'failed', GONE]
  ])('is judged by it, and nothing is written, if it %s', async (_, source, id, outcome, message) => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const options = { mode, criteria: targetKey(id), verifyRecords: true, named: false, given: disabled, source };
      const warnings = outcome === 'unchanged' ? expect.any(Array) : [];
      const expected = { outcome, message, cause, warnings, changed: false, encrypted: source.encrypted };
      const simulation = await expectRun(FED, options, expected);
      expect([simulation.stream, simulation.source]).toMatchObject(Array(2).fill({ starts: [], recordsMs: [] }));
    }
  });

  test('has the warnings about its source, and one that no test record was put', async () => {
    const warning = (text: string) => expect.stringMatching(`^judged by its source: the key .* ${text}`);
    const onDisabled = { criteria: targetKey(OLD), source: active(OLD), verifyRecords: true, given: disabled };
    await expectRun(FED, onDisabled, { warnings: [warning('is disabled'), says('no test record was put')] });
    await expectRun(FED, { ...onDisabled, verifyRecords: false }, { warnings: [warning('is disabled')] });
    const unknown = { ...CHECK, source: active(OLD), given: withoutDescribeKey };
    await expectRun(FED, unknown, { warnings: [warning('could not be looked up')] });
  });

  test.each([
    ['denied', 'failed', 'not-applicable', 'kinesis:DescribeStreamSummary'],
    ['missing', 'failed', 'not-applicable', ': no\\. Firehose still reads from it: create the data stream again'],
    ['refused', 'failed', 'failed', 'kinesis:DescribeStreamSummary']
  ] as const)('cannot be judged if its source is %s', async (errorKind, checked, encrypted, text) => {
    const message = `kinesis:DescribeStreamSummary for ${ARN} in us-east-1: no`;
    const given = sourceDescribes(() => {
      throw new ServiceError(errorKind, `${message}. Check its name`, { withoutAdvice: message });
    });
    const expected = { ...UNKNOWN, source: ARN, message: expect.stringMatching(text), cause };
    for (const mode of ['check', 'encrypt', 'plan'] as const) {
      const outcome = mode === 'check' ? checked : encrypted;
      await expectRun(FED, { mode, named: false, given }, { ...expected, outcome });
    }
  });

  test.each([null, STREAM_ARN.firehose])('cannot be judged if Firehose reports the source %s', async (arn) => {
    const fed = withSource({ ...DATA_STREAM, arn });
    const { source } = await expectRun(fed, CHECK, { ...UNKNOWN, outcome: 'failed' });
    expect(source.describesMs).toEqual([]);
    await expectRun(fed, {}, { ...UNKNOWN, outcome: 'not-applicable' });
  });

  test('cannot be judged by the answer about another data stream', () => {
    const source = { ...active(NEW), arn: FOREIGN_ARN };
    return expectRun(FED, { ...CHECK, source }, { ...UNKNOWN, outcome: 'failed', message: says(FOREIGN_ARN) });
  });

  test('is judged by a source in GovCloud that Firehose reports with the partition of other regions', () => {
    const arn = `arn:aws-us-gov:kinesis:us-gov-west-1:${ACCOUNT}:stream/orders`;
    const source = arn.replace('aws-us-gov', 'aws');
    const options = { ...CHECK, source: { ...active(AWS_ALIAS), arn } };
    return expectRun(withSource({ ...DATA_STREAM, arn: source }), options, { outcome: 'compliant', source });
  });

  test('is judged by its source, which is described again after a throttle or without an answer', () => {
    const given = sourceDescribes(failsWith('throttled'), failsWith('unanswered'));
    return expectRun(FED, { ...CHECK, ...TO_NEW, given, source: active(NEW) }, { outcome: 'compliant' });
  });

  test('looks up key ids as they are given only if its source is in its own account', async () => {
    const own = { ...CHECK, source: active(NEW_ID), criteria: approved('alias/new') };
    const { keys } = await expectRun(FED, own, { outcome: 'compliant' });
    expect(keys.described).toEqual([NEW_ID, 'alias/new']);

    const fed = withSource({ ...DATA_STREAM, arn: FOREIGN_ARN });
    const foreign = { ...CHECK, source: { ...active(NEW_ID), arn: FOREIGN_ARN }, given: withoutDescribeKey };
    const ofThatAccount = { criteria: targetKey(NEW.replace(ACCOUNT, OTHER_ACCOUNT)) };
    const { keys: looked } = await expectRun(fed, { ...foreign, ...ofThatAccount }, { outcome: 'compliant' });
    expect(looked.described).not.toContain(NEW_ID);
    await expectRun(fed, { ...foreign, ...TO_NEW }, { outcome: 'non-compliant' });
  });
});

describe('a delivery stream whose source has a change in flight', () => {
  const endsAt20s: SetUp = ({ source }) => source.report(active(NEW), 20_000);

  test.each([
    ['check', 'compliant', 25],
    ['encrypt', 'unchanged', 25],
    ['plan', 'unchanged', 20]
  ] as const)('waits for its end and settles, except in mode plan: %s', async (mode, outcome, seconds) => {
    const waiting: boolean[] = [];
    const fleet: SetUp = (simulation) => {
      simulation.fleet = { ...NO_FLEET, setWaiting: (isWaiting) => waiting.push(isWaiting) };
    };
    const expected = { outcome, previousKey: null, durationSeconds: between(seconds, seconds + 2.5) };
    const options = { ...TO_NEW, mode, source: updating(), given: [endsAt20s, fleet] };
    const { log } = await expectRun(FED, options, expected);
    expect(waiting.slice(0, 2)).toEqual([false, true]);
    expect(log.filter((line) => line.includes(`a change of ${ARN}`))).toHaveLength(1);
  });

  test('settles as well if the change was waited for by another delivery stream, with the time of that answer', async () => {
    const simulation = simulate(FED, updating());
    endsAt20s(simulation);
    await simulation.check(TO_NEW);
    const described = simulation.source.describesMs.length;
    const expected = { outcome: 'compliant', durationSeconds: 5, lastObservedMsAgo: 10_000 };
    expect(await simulation.check(TO_NEW)).toMatchObject(expected);
    expect(simulation.source.describesMs).toHaveLength(described);
  });

  test('times out with the last status of its source, and the time of that answer', async () => {
    const message = says(`The last status of the source ${ARN} was UPDATING. No change was sent: the change in flight`);
    const expected = { outcome: 'timed-out', encrypted: 'true', key: { id: OLD }, message };
    const options = { ...TO_NEW, timeoutMs: 30_000, source: updating(OLD) };
    await expectRun(FED, options, { ...expected, lastObservedMsAgo: between(1, 1_000) });
    await expectRun(FED, { ...options, given: cancelAt(7_000) }, { outcome: 'cancelled', durationSeconds: 7 });
  });
});

test('a delivery stream whose source does not answer times out', () => {
  const message = says(`has not described the source ${ARN}`);
  const expected = { ...UNKNOWN, outcome: 'timed-out', message, durationSeconds: 30 };
  return expectRun(FED, { timeoutMs: 30_000, given: sourceDescribes(hangs) }, expected);
});

describe('a delivery stream that reads from another source', () => {
  const unjudged = (source: string) => `its source ${source} cannot be judged${ENCRYPT_IT}`;
  const MSK = says(`its source ${MSK_CLUSTER.arn} (MSKAsSource)`, 'the key is a setting of the cluster');

  test.each([
    ['Amazon MSK, any key required', MSK_CLUSTER, ANY, 'compliant', says('Amazon MSK always encrypts at rest')],
    ['Amazon MSK, a customer key required', MSK_CLUSTER, CUSTOMER_MANAGED, 'not-applicable', MSK],
    ['a database', DATABASE, ANY, 'not-applicable', unjudged('db.example.com (DatabaseAsSource)')],
    ['an unknown one', { ...DATABASE, type: 'New', endpoint: null }, ANY, 'not-applicable', unjudged('New')]
  ])('%s', async (_, source, criteria, outcome, message) => {
    const expected = {
      message,
      encrypted: outcome === 'compliant' ? 'true' : 'unknown',
      key: null,
      source: source.arn
    };
    await expectRun(withSource(source), { ...CHECK, criteria, named: false }, { ...expected, outcome });
    const planned = outcome === 'compliant' ? 'unchanged' : outcome;
    await expectRun(withSource(source), { criteria, named: false }, { ...expected, outcome: planned });
  });
});

describe('the source cache', () => {
  const SOURCE = { kind: 'kinesis', name: 'orders', arn: ARN } as const;
  const FOUND = { answer: 'found', observation: active(OLD), observedMs: 0, waitedForChange: false };

  function createCache(observation = active(OLD)) {
    const clock = new VirtualClock();
    const stream = new SimulatedStream(clock, observation);
    const cache = new SourceCache({ dataStreams: async () => stream, clock, random: () => 0.5 });
    const lookUp = (waiter: Partial<SourceWaiter> = {}, source = SOURCE) => {
      const { signal } = new AbortController();
      return cache.lookUp(source, { signal, leftMs: () => 600_000, onChanging: () => undefined, ...waiter });
    };
    return { clock, stream, lookUp };
  }

  test.each(['missing', 'denied'] as const)(
    'keeps by the ARN that a source is %s, but no other error',
    async (answer) => {
      const { stream, lookUp } = createCache();
      stream.onNextDescribes(failsWith('throttled', 'not now'), failsWith(answer, 'why'));
      await expect(lookUp()).rejects.toThrow('not now');
      for (const _ of ['described', 'kept']) expect(await lookUp()).toEqual({ answer, why: 'why' });
      expect(await lookUp({}, { ...SOURCE, arn: FOREIGN_ARN })).toEqual(FOUND);
    }
  );

  test('shares the polls while a change is in flight, and reports each answer to all who still wait', async () => {
    const { clock, stream, lookUp } = createCache(updating(OLD));
    stream.report(active(NEW), 20_000);
    const statuses: string[] = [];
    const waiter = { leftMs: () => 60_000, onChanging: ({ status }: Observation) => statuses.push(status) };
    const gone = new AbortController();
    const left = lookUp({ signal: gone.signal });
    const waiting = Promise.all([lookUp(waiter), lookUp(waiter)]);
    gone.abort(new TimedOut());
    await expect(left).rejects.toThrow(TimedOut);
    const [answer, other] = await clock.finish(waiting);
    expect(answer).toMatchObject({ answer: 'found', observation: active(NEW), waitedForChange: true });
    expect(other).toBe(answer);
    expect(stream.describesMs.at(-1)).toEqual(between(20_000, 22_001));
    expect(statuses).toEqual(Array((stream.describesMs.length - 1) * 2).fill('UPDATING'));
    expect(stream.pollTimesLeftMs).toEqual([null, ...Array(stream.describesMs.length - 1).fill(60_000)]);
  });
});
