/** 'Running again is safe' stands only where running again can help: nothing must be corrected first, or a change continues. */

import { describe, expect, test } from '@jest/globals';
import { Cancelled, type ErrorKind, MalformedAnswer, ServiceError, TimedOut } from '../../../src/encryption/ports.ts';
import { verdictOnError } from '../../../src/encryption/stream/result.ts';
import { accepted, ended, INITIAL_STATE, type StreamState, sent } from '../../../src/encryption/stream/state.ts';
import { request } from '../../support/requests.ts';
import { newTarget, onOld } from '../../support/resolved-observations.ts';

const NOT_SENT = INITIAL_STATE;
const IN_FLIGHT = accepted(
  sent(NOT_SENT, { target: newTarget, stateBefore: 'not encrypted', warnings: [], before: onOld, sinceMs: 0 }),
  0
);
const ENDED = ended(IN_FLIGHT);

function saysRunningAgain(state: StreamState, error: unknown): boolean {
  return verdictOnError(request(), state, error, null).message.includes('Running again is safe');
}

const FINAL: readonly ErrorKind[] = ['missing', 'denied', 'refused', 'limited'];

describe.each(FINAL)('after an error that is %s', (errorKind) => {
  const error = new ServiceError(errorKind, 'why, and what to do');

  test('the cause must be corrected first if no change was sent, or if it has ended', () => {
    expect(saysRunningAgain(NOT_SENT, error)).toBe(false);
    expect(saysRunningAgain(ENDED, error)).toBe(false);
  });

  test('running again shows how a change ended that is in flight', () => {
    expect(saysRunningAgain(IN_FLIGHT, error)).toBe(true);
  });
});

test.each([
  ['an unusable answer', new ServiceError('unanswered', 'no')],
  ['the deadline', new TimedOut()],
  ['a cancellation', new Cancelled()]
])('after %s, running again can always help', (_, error) => {
  for (const state of [NOT_SENT, IN_FLIGHT, ENDED]) expect(saysRunningAgain(state, error)).toBe(true);
});

test('an answer that is not whole may not come from AWS', () => {
  const { message } = verdictOnError(request(), NOT_SENT, new MalformedAnswer('the answer has no StreamARN'), null);
  expect(message).toMatch(
    /^the answer has no StreamARN\. Such an answer may not come from AWS: check AWS_ENDPOINT_URL…/
  );
});

test('a defect of the action says to report it', () => {
  expect(saysRunningAgain(NOT_SENT, new TypeError('no'))).toBe(false);
  expect(verdictOnError(request(), NOT_SENT, new TypeError('no'), null).message).toMatch(/report it as an issue/);
});
