import { describe, expect, test } from '@jest/globals';
import { AWS_ALIAS, NEW, NEW_ID, OLD } from '../../support/account.ts';
import { active, disabled, enabled, enablingFailed, GRANT_FAILED, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { answerLost, endsAs, hangs, ignored, refuses, times } from '../../support/simulated-stream.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0, timeoutMs: 60_000 } as const;
const AGAIN = 'Running again is safe';

describe('the whole message', () => {
  test('before the service has told anything', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(hangs);
    const { message } = await here.encrypt(ASKED);
    expect(message).toBe(
      `not done within 60 s. The service has not described the stream. No change was sent. ${AGAIN}`
    );
  });

  test('while the service cannot be reached', async () => {
    const here = scene(active(OLD));
    here.stream.nextLooks(() => {}, ...times(99, refuses('unanswered', 'no route')));
    here.keys.nextDescribes(...times(99, refuses('unanswered', 'KMS is away')));
    const { message } = await here.encrypt(ASKED);
    expect(message).toBe(
      `not done within 60 s. The last status was ACTIVE; the last call failed: KMS is away. No change was sent. ${AGAIN}`
    );
  });

  test("while another's change is in flight", async () => {
    const { message } = await scene(updating(OLD)).encrypt(ASKED);
    expect(message).toBe(
      'not done within 60 s. The last status was UPDATING. No change was sent: the one in flight is not from this run, ' +
        `and the service continues it by itself. ${AGAIN}`
    );
  });

  test('of an answer that is looked for when the run is cancelled', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(answerLost(ignored));
    here.cancelAt(2_000);
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'cancelled', changed: true, encrypted: 'true', key: { id: OLD } });
    expect(result.message).toBe(
      `the run was cancelled. The last status was ACTIVE. The change to ${NEW} was sent, but no answer came: if it was accepted, the service continues it by itself. ${AGAIN}`
    );
  });

  test('of a change that failed where nobody can tell what was before', async () => {
    const here = scene(enablingFailed('DISABLED_KMS_KEY: it is disabled'));
    here.stream.nextStarts(endsAs(1_000, enablingFailed()));
    const { message } = await here.encrypt(ASKED);
    expect(message).toBe(
      `the change to ${NEW} failed (ENABLING_FAILED: ${GRANT_FAILED}). Which key is in force now, if any, cannot be determined. Mend it`
    );
  });

  test('of a change that failed for a reason that is not told', async () => {
    const here = scene(enabled(OLD));
    here.stream.nextStarts(endsAs(1_000, { ...enablingFailed(), failure: null }));
    const { message } = await here.encrypt(ASKED);
    expect(message).toBe(
      `the change to ${NEW} failed (ENABLING_FAILED). The stream is still encrypted with ${OLD}, the previous key. Fix the key, then run again`
    );
  });

  test('of a stream that came back not encrypted', async () => {
    const here = scene(active());
    here.stream.nextStarts(ignored);
    const { message } = await here.encrypt(ASKED);
    expect(message).toMatch(
      /ended in ACTIVE, not encrypted: another change may have overtaken it\. Find out who else changes/
    );
  });

  test('of a change that is not waited for', async () => {
    const { message } = await scene(disabled()).encrypt({ ...ASKED, wait: false });
    expect(message).toBe(`was not encrypted; the service accepted the change to ${NEW}`);
  });

  test('of a stream left as it is, by the form of its key', async () => {
    const anyKey = await scene(active(OLD)).encrypt({ settleMs: 0 });
    expect(anyKey.message).toBe(`the stream is already encrypted with ${OLD}`);
    const sameForm = await scene(active(NEW)).encrypt(ASKED);
    expect(sameForm.message).toBe(`the stream is already encrypted with ${NEW}`);
    const otherForm = await scene(active(NEW_ID)).encrypt(ASKED);
    expect(otherForm.message).toBe(`the stream is already encrypted with ${NEW_ID}, which is ${NEW}`);
  });

  test('of a check for a customer key on a stream with the key of AWS', async () => {
    const { message } = await scene(active(AWS_ALIAS)).check({ criteria: { which: 'customer-managed' } });
    expect(message).toContain(`encrypted with ${AWS_ALIAS}, but must be encrypted with a customer managed key`);
  });
});
