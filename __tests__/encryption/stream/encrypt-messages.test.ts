import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, GRANT_FAILED, updating } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { answerLost, endsAfter, failsWith, hangs, hasNoEffect, repeated } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REQUEST = { criteria: targetKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;
const AGAIN = 'Running again is safe';

describe('the message', () => {
  test('before the service has described the stream', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextDescribes(hangs);
    const { message } = await simulation.encrypt(REQUEST);
    expect(message).toBe(
      `did not finish within 60 s. The service has not described the stream. No change was sent. ${AGAIN}`
    );
  });

  test('while the service cannot be reached', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextDescribes(() => {}, ...repeated(99, failsWith('unanswered', 'no route')));
    simulation.keys.onNextDescribes(...repeated(99, failsWith('unanswered', 'no route to KMS')));
    const { message } = await simulation.encrypt(REQUEST);
    expect(message).toBe(
      `did not finish within 60 s. The last status was ACTIVE; the last call failed: no route to KMS. No change was sent. ${AGAIN}`
    );
  });

  test("while another run's change is in flight", async () => {
    const { message } = await simulate(updating(OLD)).encrypt(REQUEST);
    expect(message).toBe(
      'did not finish within 60 s. The last status was UPDATING. No change was sent: the change in flight was started elsewhere, ' +
        `and the service continues it by itself. ${AGAIN}`
    );
  });

  test('of a run that is cancelled after the answer to the start was lost', async () => {
    const simulation = simulate(active(OLD));
    simulation.stream.onNextStarts(answerLost(hasNoEffect));
    simulation.cancelAt(2_000);
    const result = await simulation.encrypt(REQUEST);
    expect(result).toMatchObject({ outcome: 'cancelled', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toBe(
      `the run was cancelled. The last status was ACTIVE. The change to ${NEW} was sent, but no answer came: if it was accepted, the service continues it by itself. ${AGAIN}`
    );
  });

  test('of a failed change whose previous key is unknown', async () => {
    const simulation = simulate(enablingFailed('DISABLED_KMS_KEY: it is disabled'));
    simulation.stream.onNextStarts(endsAfter(1_000, enablingFailed()));
    const { message } = await simulation.encrypt(REQUEST);
    expect(message).toBe(
      `the change to ${NEW} failed (ENABLING_FAILED: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Fix it`
    );
  });

  test('of a change that failed without a reason', async () => {
    const simulation = simulate(enabled(OLD));
    simulation.stream.onNextStarts(endsAfter(1_000, { ...enablingFailed(), failure: null }));
    const { message } = await simulation.encrypt(REQUEST);
    expect(message).toBe(
      `the change to ${NEW} failed (ENABLING_FAILED). The stream is still encrypted with ${OLD}, the previous key. ` +
        'The service gave no reason: check that the key is enabled, and that the role of this step may use it, then run again'
    );
  });

  test('of a change after which the stream is not encrypted', async () => {
    const simulation = simulate(active());
    simulation.stream.onNextStarts(hasNoEffect);
    const { message } = await simulation.encrypt(REQUEST);
    expect(message).toMatch(
      /ended in ACTIVE, not encrypted: another change may have replaced it\. Find out who else changes/
    );
  });

  test('of a change with wait: false', async () => {
    const { message } = await simulate(disabled()).encrypt({ ...REQUEST, wait: false });
    expect(message).toBe(`was not encrypted; the service accepted the change to ${NEW}`);
  });

  test('of an unchanged stream, by the form of its key', async () => {
    const anyKey = await simulate(active(OLD)).encrypt({ settleMs: 0 });
    expect(anyKey.message).toBe(`the stream is already encrypted with ${OLD}`);
    const sameForm = await simulate(active(NEW)).encrypt(REQUEST);
    expect(sameForm.message).toBe(`the stream is already encrypted with ${NEW}`);
    const otherForm = await simulate(active(NEW_ID)).encrypt(REQUEST);
    expect(otherForm.message).toBe(`the stream is already encrypted with ${NEW_ID}, which is ${NEW}`);
  });

  test('of a check for a customer key on a stream with the AWS key', async () => {
    const { message } = await simulate(active(AWS_ALIAS)).check({ criteria: { which: 'customer-managed' } });
    expect(message).toContain(`encrypted with ${AWS_ALIAS}, but must be encrypted with a customer managed key`);
  });
});
