/** Runs of delivery streams that read from a source. */

import { describe, expect, test } from '@jest/globals';
import { ServiceError } from '../../../src/encryption/ports.ts';
import { ACCOUNT, AWS_ALIAS, keyArn, NEW, NEW_ID, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import { active, DATA_STREAM, DATABASE, MSK_CLUSTER, updating, withSource } from '../../support/observations.ts';
import { approved, targetKey } from '../../support/requests.ts';
import { failsWith, hangs, type Interceptor, repeated } from '../../support/simulated-stream.ts';
import {
  between,
  cancelAt,
  expectRun,
  type SetUp,
  says,
  simulate,
  withoutDescribeKey
} from '../../support/stream-simulation.ts';

const FED = withSource(DATA_STREAM);
const ARN = STREAM_ARN.kinesis;
const FOREIGN_ARN = ARN.replace(ACCOUNT, OTHER_ACCOUNT);
const TO_NEW = { criteria: targetKey(NEW) } as const;
const UNKNOWN = { changed: false, encrypted: 'unknown', key: null };

function sourceDescribes(...interceptors: Interceptor[]): SetUp {
  return ({ source }) => source.onNextDescribes(...interceptors);
}

describe('a delivery stream that reads from a data stream', () => {
  test('has the encryption and the keys of its source, its own ARN and status, and the ARN of the source', async () => {
    const key = { type: 'customer-managed', id: NEW };
    const expected = {
      ...{ outcome: 'compliant', encrypted: 'true', key, previousKey: key },
      ...{ arn: STREAM_ARN.firehose, status: 'DISABLED', source: ARN }
    };
    const options = { ...TO_NEW, mode: 'check', source: active(NEW) } as const;
    const { stream, source, keys } = await expectRun(FED, options, expected);
    expect([stream.describesMs, source.describesMs, keys.described]).toEqual([[0], [0], [NEW]]);
  });

  test.each([
    ['on the target key', active(NEW), { check: 'compliant', encrypt: 'unchanged' }],
    ['on another key', active(OLD), { check: 'non-compliant', encrypt: 'not-applicable' }],
    ['not encrypted', active(), { check: 'non-compliant', encrypt: 'not-applicable' }]
  ])('is judged by its source, and nothing is written: %s', async (_, source, outcomes) => {
    for (const mode of ['check', 'encrypt', 'plan'] as const) {
      const outcome = mode === 'check' ? outcomes.check : outcomes.encrypt;
      const { encrypted, key } = source;
      const expected = { outcome, changed: false, encrypted, key: key && { id: key.id }, message: says(ARN) };
      const simulation = await expectRun(FED, { ...TO_NEW, mode, named: false, source }, expected);
      for (const { starts, recordsMs } of [simulation.stream, simulation.source]) {
        expect([...starts, ...recordsMs]).toEqual([]);
      }
    }
  });

  test.each(['denied', 'missing'] as const)('is failed in mode check only if its source is %s', async (errorKind) => {
    for (const mode of ['check', 'encrypt', 'plan'] as const) {
      const outcome = mode === 'check' ? 'failed' : 'not-applicable';
      const given = sourceDescribes(failsWith(errorKind, 'the reason'));
      const expected = { ...UNKNOWN, outcome, source: ARN, message: says('the reason') };
      await expectRun(FED, { mode, named: false, given }, expected);
    }
  });

  test('is failed if its source cannot be described for another reason, with one cause for all sources', () => {
    const call = `kinesis:DescribeStreamSummary for ${ARN} in us-east-1`;
    const given = sourceDescribes(failsWith('refused', `${call}: ExpiredTokenException`));
    const cause = 'kinesis:DescribeStreamSummary in us-east-1: ExpiredTokenException';
    return expectRun(FED, { given }, { outcome: 'failed', message: says(`${call}: ExpiredTokenException`), cause });
  });

  test('whose source no longer exists gets no advice about the name of the source', () => {
    const given = sourceDescribes(() => {
      throw new ServiceError('missing', 'no stream. Check its name', { withoutAdvice: 'no stream' });
    });
    const remedy = 'Firehose still reads from it: create the data stream again, or delete the delivery stream';
    return expectRun(FED, { mode: 'check', given }, { message: expect.stringMatching(`: no stream\\. ${remedy}$`) });
  });

  test('cannot be judged by the answer about another data stream', () => {
    const source = { ...active(NEW), arn: FOREIGN_ARN };
    return expectRun(FED, { mode: 'check', source }, { ...UNKNOWN, outcome: 'failed', message: says(FOREIGN_ARN) });
  });

  test.each([null, STREAM_ARN.firehose, 'nonsense'])(
    'cannot be judged if Firehose reports the source %s',
    async (arn) => {
      const fed = withSource({ ...DATA_STREAM, arn });
      const { source } = await expectRun(fed, { mode: 'check' }, { ...UNKNOWN, outcome: 'failed' });
      expect(source.describesMs).toEqual([]);
      await expectRun(fed, {}, { ...UNKNOWN, outcome: 'not-applicable' });
    }
  );

  test('is judged by a source in GovCloud that Firehose reports with the partition of other regions', () => {
    const arn = `arn:aws-us-gov:kinesis:us-gov-west-1:${ACCOUNT}:stream/orders`;
    const reported = arn.replace('aws-us-gov', 'aws');
    const options = { mode: 'check', source: { ...active(AWS_ALIAS), arn } } as const;
    return expectRun(withSource({ ...DATA_STREAM, arn: reported }), options, {
      outcome: 'compliant',
      source: reported
    });
  });

  test.each([
    ['of that account is required', keyArn(NEW_ID, { account: OTHER_ACCOUNT }), 'compliant'],
    ['of the account of the credentials is required', NEW, 'non-compliant']
  ])('is judged by a source of another account, if the key %s', async (_, id, outcome) => {
    const fed = withSource({ ...DATA_STREAM, arn: FOREIGN_ARN });
    const source = { ...active(NEW_ID), arn: FOREIGN_ARN };
    const options = { mode: 'check', criteria: targetKey(id), source, given: withoutDescribeKey } as const;
    const { keys } = await expectRun(fed, options, { outcome, source: FOREIGN_ARN });
    expect(keys.described).not.toContain(NEW_ID);
  });

  test('looks up key ids and aliases as they are given if its source is in its own account', async () => {
    const options = { mode: 'check', source: active(NEW_ID), criteria: approved('alias/new') } as const;
    const { keys } = await expectRun(FED, options, { outcome: 'compliant' });
    expect(keys.described).toEqual([NEW_ID, 'alias/new']);
  });

  test('retries if its source is throttled or does not answer', () => {
    const given = sourceDescribes(...repeated(3, failsWith('throttled')), failsWith('unanswered'));
    return expectRun(FED, { ...TO_NEW, source: active(NEW), given }, { outcome: 'unchanged' });
  });
});

describe('a delivery stream whose source has a change in flight', () => {
  const endsAt = (ms: number): SetUp => {
    return ({ source }) => source.report(active(NEW), ms);
  };

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
    const options = { ...TO_NEW, mode, source: updating(), given: [endsAt(20_000), fleet] };
    const { log } = await expectRun(FED, options, expected);
    expect(waiting.slice(0, 2)).toEqual([false, true]);
    expect(log.filter((line) => line.includes(`a change of ${ARN}`))).toHaveLength(1);
  });

  test('settles if it comes when the change has just ended', async () => {
    const simulation = simulate(FED, updating());
    endsAt(20_000)(simulation);
    await simulation.check(TO_NEW);
    const described = simulation.source.describesMs.length;
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', durationSeconds: 5 });
    expect(simulation.source.describesMs).toHaveLength(described);
  });

  test('times out with the last status of its source', () => {
    const message = says(`The last status of the source ${ARN} was UPDATING. No change was sent: the change in flight`);
    const expected = { outcome: 'timed-out', status: 'DISABLED', encrypted: 'true', key: { id: OLD }, message };
    return expectRun(FED, { ...TO_NEW, timeoutMs: 30_000, source: updating(OLD) }, expected);
  });

  test('is cancelled while it waits', () => {
    const expected = { outcome: 'cancelled', encrypted: 'false', durationSeconds: 7 };
    return expectRun(FED, { mode: 'check', source: updating(), given: cancelAt(7_000) }, expected);
  });
});

test('a delivery stream whose source does not answer times out', () => {
  const message = says(`has not described the source ${ARN}`);
  const expected = { ...UNKNOWN, outcome: 'timed-out', message, durationSeconds: 30 };
  return expectRun(FED, { timeoutMs: 30_000, given: sourceDescribes(hangs) }, expected);
});

test('a delivery stream that reads from Amazon MSK is encrypted with an unknown key, from a database not judged', async () => {
  const msk = { encrypted: 'true', key: null, source: MSK_CLUSTER.arn };
  await expectRun(withSource(MSK_CLUSTER), { mode: 'check' }, { ...msk, outcome: 'compliant' });
  await expectRun(withSource(MSK_CLUSTER), {}, { ...msk, outcome: 'unchanged' });
  await expectRun(withSource(MSK_CLUSTER), TO_NEW, { ...msk, outcome: 'not-applicable', encrypted: 'unknown' });
  await expectRun(withSource(DATABASE), { named: false }, { ...UNKNOWN, outcome: 'not-applicable', source: null });
});
