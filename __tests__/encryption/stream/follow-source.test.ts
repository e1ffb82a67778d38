import { describe, expect, test } from '@jest/globals';
import { ServiceError } from '../../../src/encryption/ports.ts';
import { ACCOUNT, AWS_ALIAS, keyArn, NEW, NEW_ID, OLD, OTHER_ACCOUNT, STREAM_ARN } from '../../support/account.ts';
import { NO_FLEET } from '../../support/fleet-context.ts';
import { active, DATA_STREAM, DATABASE, MSK_CLUSTER, updating, withSource } from '../../support/observations.ts';
import { ANY, approved, CUSTOMER_MANAGED, targetKey } from '../../support/requests.ts';
import { failsWith, hangs, repeated } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const FED = withSource(DATA_STREAM);
const TO_NEW = { criteria: targetKey(NEW) };
const FOREIGN_ARN = STREAM_ARN.kinesis.replace(ACCOUNT, OTHER_ACCOUNT);

describe('a delivery stream that reads from a data stream', () => {
  test('reports the encryption and the keys of its source, its own ARN and status, and the ARN of the source', async () => {
    const simulation = simulate(FED, active(NEW));
    const key = { type: 'customer-managed', id: NEW };
    expect(await simulation.check(TO_NEW)).toMatchObject({
      outcome: 'compliant',
      arn: STREAM_ARN.firehose,
      status: 'DISABLED',
      encrypted: 'true',
      key,
      previousKey: key,
      source: STREAM_ARN.kinesis
    });
    expect(simulation.stream.describesMs).toHaveLength(1);
    expect(simulation.source.describesMs).toHaveLength(1);
    expect(simulation.keys.described).toEqual([NEW]);
  });

  test.each([
    ['check', 'not encrypted', active(), 'non-compliant'],
    ['check', 'on another key', active(OLD), 'non-compliant'],
    ['encrypt', 'on the target key', active(NEW), 'unchanged'],
    ['encrypt', 'on another key', active(OLD), 'not-applicable'],
    ['encrypt', 'not encrypted', active(), 'not-applicable'],
    ['plan', 'on the target key', active(NEW), 'unchanged'],
    ['plan', 'not encrypted', active(), 'not-applicable']
  ] as const)(
    'reports the encryption of its source, and writes nothing, in mode %s if the source is %s',
    async (mode, _, source, outcome) => {
      for (const named of [true, false]) {
        const simulation = simulate(FED, source);
        const request = { ...TO_NEW, named };
        const result = await (mode === 'check' ? simulation.check(request) : simulation.encrypt({ ...request, mode }));
        expect(result).toMatchObject({
          outcome,
          changed: false,
          encrypted: source.encrypted,
          key: source.key && { id: source.key.id }
        });
        expect(result.message).toContain(STREAM_ARN.kinesis);
        for (const { starts, recordsMs } of [simulation.stream, simulation.source]) {
          expect([...starts, ...recordsMs]).toEqual([]);
        }
      }
    }
  );

  test.each(['denied', 'missing'] as const)(
    'whose source is %s is failed in check, otherwise not-applicable, with the reason',
    async (errorKind) => {
      const named = false;
      const reason = {
        encrypted: 'unknown',
        key: null,
        source: STREAM_ARN.kinesis,
        message: expect.stringContaining('the reason')
      };
      for (const [mode, outcome] of [
        ['check', 'failed'],
        ['encrypt', 'not-applicable'],
        ['plan', 'not-applicable']
      ] as const) {
        const simulation = simulate(FED);
        simulation.source.onNextDescribes(failsWith(errorKind, 'the reason'));
        const result = await (mode === 'check' ? simulation.check({ named }) : simulation.encrypt({ named, mode }));
        expect(result).toMatchObject({ outcome, ...reason });
      }
    }
  );

  test('fails in every mode if its source cannot be described for another reason, such as expired credentials', async () => {
    for (const mode of ['encrypt', 'plan'] as const) {
      const simulation = simulate(FED);
      const call = `kinesis:DescribeStreamSummary for ${STREAM_ARN.kinesis} in us-east-1`;
      simulation.source.onNextDescribes(failsWith('refused', `${call}: ExpiredTokenException`));
      const result = await simulation.encrypt({ named: false, mode });
      expect(result.outcome).toBe('failed');
      expect(result.message).toContain(`${call}: ExpiredTokenException`);
      // Delivery streams with different sources have the same cause.
      expect(result.cause).toBe('kinesis:DescribeStreamSummary in us-east-1: ExpiredTokenException');
    }
  });

  test('whose source no longer exists is not told to check the name of the source', async () => {
    const simulation = simulate(FED);
    const error = new ServiceError('missing', 'no stream. Check its name', { withoutAdvice: 'no stream' });
    simulation.source.onNextDescribes(() => {
      throw error;
    });
    const { message } = await simulation.check();
    expect(message).toMatch(
      /no stream\. Firehose still reads from it: create the data stream again, or delete the delivery stream$/
    );
  });

  test('whose source is being deleted should be left out of the run, or deleted as well', async () => {
    const deleting = { ...active(NEW), status: 'DELETING', phase: 'deleting' } as const;
    const expected = (outcome: string) => ({
      outcome,
      message: expect.stringMatching(/being deleted.*leave the delivery stream out of the run, or delete it as well$/)
    });
    expect(await simulate(FED, deleting).check(TO_NEW)).toMatchObject(expected('failed'));
    expect(await simulate(FED, deleting).encrypt(TO_NEW)).toMatchObject(expected('not-applicable'));
  });

  test('cannot be judged by the answer about another data stream', async () => {
    const simulation = simulate(FED, { ...active(NEW), arn: FOREIGN_ARN });
    const result = await simulation.check({ criteria: ANY });
    expect(result).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
    expect(result.message).toContain(FOREIGN_ARN);
  });

  test('cannot be judged if Firehose reports no ARN of a data stream', async () => {
    for (const arn of [null, STREAM_ARN.firehose, 'nonsense']) {
      const simulation = simulate(withSource({ ...DATA_STREAM, arn }), active(NEW));
      expect(await simulation.check()).toMatchObject({ outcome: 'failed', encrypted: 'unknown' });
      expect(await simulation.encrypt()).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown' });
      expect(simulation.source.describesMs).toEqual([]);
    }
  });

  test('is judged by a source in GovCloud that Firehose reports with the partition of other regions', async () => {
    const arn = 'arn:aws-us-gov:kinesis:us-gov-west-1:111122223333:stream/orders';
    const reported = arn.replace('aws-us-gov', 'aws');
    const simulation = simulate(withSource({ ...DATA_STREAM, arn: reported }), { ...active(AWS_ALIAS), arn });
    expect(await simulation.check()).toMatchObject({ outcome: 'compliant', source: reported });
  });

  test('is judged by a source of another account, whose key ids belong to that account', async () => {
    const fed = withSource({ ...DATA_STREAM, arn: FOREIGN_ARN });
    const simulation = simulate(fed, { ...active(NEW_ID), arn: FOREIGN_ARN });
    simulation.keys.denyAll();
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'non-compliant' });
    const foreignKey = targetKey(keyArn(NEW_ID, { account: OTHER_ACCOUNT }));
    expect(await simulation.check({ criteria: foreignKey })).toMatchObject({
      outcome: 'compliant',
      source: FOREIGN_ARN
    });
    expect(simulation.keys.described).not.toContain(NEW_ID);
  });

  test('looks up key ids and aliases as they are given if its source is in its own account', async () => {
    const simulation = simulate(FED, active(NEW_ID));
    expect(await simulation.check({ criteria: approved('alias/new') })).toMatchObject({ outcome: 'compliant' });
    expect(simulation.keys.described).toEqual([NEW_ID, 'alias/new']);
  });

  test('is failed and names kms:DescribeKey if the key of its source must be looked up and cannot be', async () => {
    const simulation = simulate(FED, active(NEW));
    simulation.keys.denyAll();
    expect(await simulation.check({ criteria: CUSTOMER_MANAGED })).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(`its source ${STREAM_ARN.kinesis}.* kms:DescribeKey ${NEW}`)
    });
  });

  test.each([
    ['check', 5_000],
    ['encrypt', 5_000],
    ['plan', 0]
  ] as const)('in mode %s waits for a change of its source to end, and settles for %i ms', async (mode, settleMs) => {
    const simulation = simulate(FED, updating());
    simulation.source.report(active(NEW), 20_000);
    const waiting: boolean[] = [];
    simulation.fleet = { ...NO_FLEET, setWaiting: (isWaiting) => waiting.push(isWaiting) };
    const result = await (mode === 'check' ? simulation.check(TO_NEW) : simulation.encrypt({ ...TO_NEW, mode }));
    expect(result.outcome).toBe(mode === 'check' ? 'compliant' : 'unchanged');
    expect(result.durationSeconds * 1_000).toBeGreaterThanOrEqual(20_000 + settleMs);
    expect(result.durationSeconds * 1_000).toBeLessThan(22_500 + settleMs);
    expect(result.previousKey).toBeNull();
    expect(waiting.slice(0, 2)).toEqual([false, true]);
    expect(simulation.log.filter((line) => line.includes(`a change of ${STREAM_ARN.kinesis}`))).toHaveLength(1);
  });

  test('settles if it comes when the change of its source has just ended', async () => {
    const simulation = simulate(FED, updating());
    simulation.source.report(active(NEW), 20_000);
    await simulation.check(TO_NEW);
    const described = simulation.source.describesMs.length;
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', durationSeconds: 5 });
    expect(simulation.source.describesMs).toHaveLength(described);
  });

  test('times out with the last status of its source', async () => {
    const simulation = simulate(FED, updating(OLD));
    const result = await simulation.check({ ...TO_NEW, timeoutMs: 30_000 });
    expect(result).toMatchObject({ outcome: 'timed-out', status: 'DISABLED', encrypted: 'true', key: { id: OLD } });
    expect(result.message).toContain(`The last status of the source ${STREAM_ARN.kinesis} was UPDATING`);
  });

  test('times out if its source does not answer', async () => {
    const simulation = simulate(FED);
    simulation.source.onNextDescribes(hangs);
    const result = await simulation.encrypt({ timeoutMs: 30_000 });
    expect(result).toMatchObject({ outcome: 'timed-out', encrypted: 'unknown' });
    expect(result.message).toContain(`has not described the source ${STREAM_ARN.kinesis}`);
    expect(result.durationSeconds).toBe(30);
  });

  test('retries if its source is throttled or does not answer', async () => {
    const simulation = simulate(FED, active(NEW));
    simulation.source.onNextDescribes(...repeated(3, failsWith('throttled')), failsWith('unanswered'));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant' });
  });

  test('is cancelled while it waits for its source', async () => {
    const simulation = simulate(FED, updating());
    simulation.cancelAt(7_000);
    expect(await simulation.check()).toMatchObject({ outcome: 'cancelled', encrypted: 'false', durationSeconds: 7 });
  });
});

describe('a delivery stream with another source', () => {
  test('that reads from Amazon MSK is encrypted, but with an unknown key', async () => {
    const result = { encrypted: 'true', key: null, source: MSK_CLUSTER.arn };
    expect(await simulate(withSource(MSK_CLUSTER)).check()).toMatchObject({ outcome: 'compliant', ...result });
    expect(await simulate(withSource(MSK_CLUSTER)).encrypt()).toMatchObject({ outcome: 'unchanged', ...result });
    const withKey = await simulate(withSource(MSK_CLUSTER)).check(TO_NEW);
    expect(withKey).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', source: MSK_CLUSTER.arn });
  });

  test('that reads from a database is not-applicable, without an ARN of the source', async () => {
    for (const named of [true, false]) {
      const result = await simulate(withSource(DATABASE)).check({ named });
      expect(result).toMatchObject({ outcome: 'not-applicable', encrypted: 'unknown', source: null });
      expect(result.message).toContain('db.example.com (DatabaseAsSource)');
    }
  });
});
