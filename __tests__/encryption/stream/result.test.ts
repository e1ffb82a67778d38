/** What a result says of a run that ended early, and how old its last observation is. */

import { describe, expect, test } from '@jest/globals';
import { Cancelled, type ErrorKind, MalformedAnswer, ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { verdictOnError } from '../../../src/encryption/stream/result.ts';
import { accepted, ended, INITIAL_STATE, type StreamState, sent } from '../../../src/encryption/stream/state.ts';
import { NEW, OLD } from '../../support/account.ts';
import { active, DATA_STREAM, enabled, enablingFailed, updating, withSource } from '../../support/observations.ts';
import { request, targetKey } from '../../support/requests.ts';
import { newTarget, onOld } from '../../support/resolved-observations.ts';
import { failsWith, hangs, reports } from '../../support/simulated-stream.ts';
import { describes, expectRun, says, simulate, starts } from '../../support/stream-simulation.ts';

const TO_NEW = { criteria: targetKey(NEW), settleMs: 0 } as const;
const CHANGE = { target: newTarget, stateBefore: 'not encrypted', warnings: [], before: onOld, sinceMs: 0 };
const IN_FLIGHT = accepted(sent(INITIAL_STATE, CHANGE), 0);
const ENDED = ended(IN_FLIGHT);

function messageOf(state: StreamState, error: unknown): string {
  return verdictOnError(request(), state, error, null).message;
}

describe("'Running again is safe' stands where running again can help", () => {
  const saysSo = (state: StreamState, error: unknown) => messageOf(state, error).includes('Running again is safe');

  test.each<ErrorKind>(['missing', 'denied', 'refused', 'limited'])(
    'only while a change is in flight if a call is %s',
    (kind) => {
      const error = new ServiceError(kind, 'why, and what to do');
      expect([INITIAL_STATE, IN_FLIGHT, ENDED].map((state) => saysSo(state, error))).toEqual([false, true, false]);
    }
  );

  test.each([
    ['an unusable answer', new ServiceError('unanswered', 'no')],
    ['the deadline', new TimedOut()],
    ['a cancellation', new Cancelled()]
  ])('always after %s', (_, error) => {
    for (const state of [INITIAL_STATE, IN_FLIGHT, ENDED]) expect(saysSo(state, error)).toBe(true);
  });
});

test('an answer that is not whole may not come from AWS, and a defect of the action should be reported', () => {
  const malformed = messageOf(INITIAL_STATE, new MalformedAnswer('the answer has no StreamARN'));
  expect(malformed).toContain(
    'the answer has no StreamARN. Such an answer may not come from AWS: check AWS_ENDPOINT_URL…'
  );
  expect(messageOf(INITIAL_STATE, new TypeError('no'))).toBe(
    'no. This is an error of the action itself: report it as an issue, with this message. No change was sent'
  );
});

test('the reason of a change that failed is why it was sent, because the message says why it failed', () => {
  const reason = `was encrypted with ${OLD}, but the request requires encryption with ${NEW}`;
  const expected = { outcome: 'failed', reason, message: says('the change to') };
  return expectRun(enabled(OLD), { ...TO_NEW, given: starts(reports(enablingFailed())) }, expected);
});

describe('the time of the last observation', () => {
  test('is that of the proof, before settling', () => {
    const options = { ...TO_NEW, settleMs: 5_000, given: starts(reports(active(NEW))) };
    return expectRun(active(OLD), options, { outcome: 'rekeyed', lastObservedMsAgo: 5_000 });
  });

  test('is that of the last answer if the run ends later without another one, and null without any', async () => {
    const waiting = { ...TO_NEW, timeoutMs: 60_000, given: describes(() => {}, hangs) };
    await expectRun(updating(OLD), waiting, { outcome: 'timed-out', lastObservedMsAgo: 60_000 });
    const denied = { ...TO_NEW, given: describes(failsWith('denied')) };
    await expectRun(active(), denied, { outcome: 'failed', lastObservedMsAgo: null });
  });

  test('is that of the source if it decides, also if it was described earlier for another delivery stream', async () => {
    const simulation = simulate(withSource(DATA_STREAM), active(NEW));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', lastObservedMsAgo: 0 });
    await simulation.clock.finish(simulation.clock.sleep(7_000, new AbortController().signal));
    expect(await simulation.check(TO_NEW)).toMatchObject({ outcome: 'compliant', lastObservedMsAgo: 7_000 });
  });

  test('is that of the source, too, if its change does not end before the deadline', async () => {
    const simulation = simulate(withSource(DATA_STREAM), updating(OLD));
    const result = await simulation.check({ ...TO_NEW, timeoutMs: 60_000 });
    const lastMs = simulation.source.describesMs.at(-1) ?? 0;
    expect(lastMs).toBeGreaterThan(50_000);
    expect(result).toMatchObject({ outcome: 'timed-out', lastObservedMsAgo: 60_000 - lastMs });
  });
});
