import { describe, expect, test } from '@jest/globals';
import {
  accepted,
  answerLost,
  described,
  ended,
  INITIAL_STATE,
  isInFlight,
  isSent,
  observed,
  refused,
  type StreamState,
  secondAttempt,
  sent,
  waitingForOther
} from '../../../src/encryption/stream/state.ts';
import { enablingFailed, updating } from '../../support/observations.ts';
import { inUnknownStatus, newTarget, onNew, onOld, resolved, viaAlias } from '../../support/resolved-observations.ts';

const SENT_MS = 1_000;
const CHANGE = {
  target: newTarget,
  stateBefore: 'encrypted with the old key',
  warnings: [],
  before: onOld,
  sinceMs: SENT_MS
};
const changing = resolved(updating());

const whenObserved = observed(INITIAL_STATE, onOld);
const whenSent = sent(whenObserved, CHANGE);
const whenAccepted = accepted(whenSent, SENT_MS + 200);

function stageOf({ change }: StreamState): string {
  return change.stage;
}

describe('a change', () => {
  test('has the stages none, sent, accepted and ended', () => {
    const states = [INITIAL_STATE, whenSent, whenAccepted, ended(whenAccepted)];
    expect(states.map(stageOf)).toEqual(['none', 'sent', 'accepted', 'ended']);
  });

  test('counts as sent once it was sent, and as in flight until it has ended', () => {
    const changes = [INITIAL_STATE, whenSent, whenAccepted, ended(whenAccepted)].map(({ change }) => change);
    expect(changes.map(isSent)).toEqual([false, true, true, true]);
    expect(changes.map(isInFlight)).toEqual([false, true, true, false]);
  });

  test('keeps its target, its origin and the observation before it', () => {
    expect(ended(whenAccepted).change).toEqual({ ...CHANGE, stage: 'ended', sinceMs: SENT_MS + 200 });
  });

  test('has the time at which it was sent, then the time of its answer', () => {
    expect(whenSent.change).toMatchObject({ sinceMs: SENT_MS });
    expect(whenAccepted.change).toMatchObject({ sinceMs: SENT_MS + 200 });
  });

  test('stays sent if its answer is lost, with the time at which the answer was given up', () => {
    expect(answerLost(whenSent, SENT_MS + 10_000).change).toEqual({
      ...CHANGE,
      stage: 'sent',
      sinceMs: SENT_MS + 10_000
    });
  });

  test.each([
    ['accepted', (state: StreamState) => accepted(state, SENT_MS)],
    ['answered', (state: StreamState) => answerLost(state, SENT_MS)],
    ['ended', ended]
  ])('cannot be %s before it was sent', (_, transition) => {
    expect(transition(whenObserved)).toEqual(whenObserved);
  });
});

describe('a refused change', () => {
  test('goes back to none if it was the first one', () => {
    expect(refused(whenSent).change).toEqual({ stage: 'none' });
  });

  test('goes back to the earlier change whose answer was lost', () => {
    const lost = answerLost(whenSent, SENT_MS + 10_000);
    const sentAgain = sent(lost, { ...CHANGE, sinceMs: SENT_MS + 15_000 });
    expect(refused(sentAgain).change).toEqual(lost.change);
  });

  test('goes back to the earlier change that failed', () => {
    const failed = secondAttempt(whenAccepted);
    expect(refused(sent(failed, CHANGE)).change).toEqual(failed.change);
  });
});

describe('an observation', () => {
  test('that proves the target ends the change, even if its answer was lost', () => {
    expect(stageOf(observed(whenAccepted, onNew))).toBe('ended');
    expect(stageOf(observed(answerLost(whenSent, SENT_MS), onNew))).toBe('ended');
  });

  test('ends the change before its key is looked up if it proves the target', () => {
    const state = described(whenAccepted, onNew);
    expect(stageOf(state)).toBe('ended');
    expect(state.last).toBe(onNew);
  });

  test.each([
    ['with a change in flight', changing],
    ['on the previous key', onOld],
    ['on an alias of the target', viaAlias],
    ['in an unknown status', inUnknownStatus],
    ['in a failed status', resolved(enablingFailed())]
  ])('of a stream %s does not end the change', (_, observation) => {
    expect(stageOf(observed(whenAccepted, observation))).toBe('accepted');
  });

  test('of the target does not count as a change if none was sent', () => {
    expect(stageOf(observed(INITIAL_STATE, onNew))).toBe('none');
  });

  test('is kept as the last one, and as the first one only once', () => {
    const state = observed(observed(INITIAL_STATE, changing), onOld);
    expect(state.first).toBe(changing);
    expect(state.last).toBe(onOld);
  });

  test('is not the first one before its key is looked up', () => {
    expect(described(INITIAL_STATE, onOld)).toEqual({ ...INITIAL_STATE, last: onOld });
  });
});

describe('beforeChange', () => {
  test('is the latest certain observation before the change', () => {
    expect(whenObserved.beforeChange).toBe(onOld);
    expect(observed(whenObserved, viaAlias).beforeChange).toBe(viaAlias);
  });

  test.each([
    ['in flight', changing],
    ['unknown', inUnknownStatus],
    ['failed', resolved(enablingFailed())]
  ])('is not replaced by an observation that is %s', (_, observation) => {
    expect(observed(whenObserved, observation).beforeChange).toBe(onOld);
    expect(observed(INITIAL_STATE, observation).beforeChange).toBeNull();
  });

  test('is kept once the change was sent', () => {
    for (const state of [whenSent, whenAccepted, ended(whenAccepted), secondAttempt(whenAccepted)]) {
      expect(observed(state, onNew).beforeChange).toBe(onOld);
      expect(observed(state, viaAlias).beforeChange).toBe(onOld);
    }
  });

  test('is replaced again after the change was refused', () => {
    expect(observed(refused(whenSent), onNew).beforeChange).toBe(onNew);
  });
});

test('a second attempt ends the change and is recorded', () => {
  expect(whenAccepted.isSecondAttempt).toBe(false);
  const state = secondAttempt(whenAccepted);
  expect(state).toEqual({ ...ended(whenAccepted), isSecondAttempt: true });
  expect(sent(state, CHANGE).isSecondAttempt).toBe(true);
});

test('a wait for a change of another run is recorded', () => {
  expect(INITIAL_STATE.waitedForOther).toBe(false);
  expect(observed(waitingForOther(INITIAL_STATE), onOld).waitedForOther).toBe(true);
});
