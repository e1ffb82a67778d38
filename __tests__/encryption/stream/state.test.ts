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

const CHANGE = { target: newTarget, stateBefore: 'not encrypted', warnings: ['a'], before: onOld, sinceMs: 1_000 };
const changing = resolved(updating());
const failed = resolved(enablingFailed());

const whenObserved = observed(INITIAL_STATE, onOld);
const whenSent = sent(whenObserved, CHANGE);
const whenAccepted = accepted(whenSent, 1_200);
const whenLost = answerLost(whenSent, 11_000);

function stageAfter(state: StreamState, observation: typeof onOld): string {
  return observed(state, observation).change.stage;
}

describe('a change', () => {
  test('is sent, accepted and ended, and is in flight until it has ended', () => {
    const changes = [INITIAL_STATE, whenSent, whenAccepted, ended(whenAccepted)].map(({ change }) => change);
    expect(changes.map((change) => [change.stage, isSent(change), isInFlight(change)])).toEqual([
      ['none', false, false],
      ['sent', true, true],
      ['accepted', true, true],
      ['ended', true, false]
    ]);
  });

  test('keeps what was sent, and the time when it was sent, answered or given up', () => {
    expect(whenSent.change).toEqual({ ...CHANGE, stage: 'sent' });
    expect(ended(whenAccepted).change).toEqual({ ...CHANGE, stage: 'ended', sinceMs: 1_200 });
    expect(whenLost.change).toEqual({ ...CHANGE, stage: 'sent', sinceMs: 11_000 });
  });

  test('cannot be accepted, given up or ended before it was sent', () => {
    const states = [accepted(whenObserved, 1_000), answerLost(whenObserved, 1_000), ended(whenObserved)];
    for (const state of states) expect(state).toEqual(whenObserved);
  });

  test('that failed is ended when the second attempt begins, which the state keeps', () => {
    expect(whenAccepted.isSecondAttempt).toBe(false);
    const state = secondAttempt(whenAccepted);
    expect(state).toEqual({ ...ended(whenAccepted), isSecondAttempt: true });
    expect(sent(state, CHANGE).isSecondAttempt).toBe(true);
  });

  test('that is refused leaves none, or the earlier change that was lost or failed', () => {
    expect(refused(whenSent)).toMatchObject({ change: { stage: 'none' }, isRefused: true });
    for (const earlier of [whenLost, secondAttempt(whenAccepted)]) {
      expect(refused(sent(earlier, { ...CHANGE, sinceMs: 16_000 })).change).toEqual(earlier.change);
    }
  });
});

describe('an observation', () => {
  test('ends a change if it proves the target, even if the answer was lost or the key is not looked up yet', () => {
    expect(stageAfter(whenAccepted, onNew)).toBe('ended');
    expect(stageAfter(whenLost, onNew)).toBe('ended');
    expect(described(whenAccepted, onNew)).toMatchObject({ change: { stage: 'ended' }, last: onNew });
  });

  test('that proves nothing does not end a change', () => {
    for (const observation of [changing, onOld, viaAlias, inUnknownStatus, failed]) {
      expect(stageAfter(whenAccepted, observation)).toBe('accepted');
    }
    expect(stageAfter(INITIAL_STATE, onNew)).toBe('none');
  });

  test('is kept as the last one, and as the first one only once and when its key is looked up', () => {
    expect(observed(observed(INITIAL_STATE, changing), onOld)).toMatchObject({ first: changing, last: onOld });
    expect(described(INITIAL_STATE, onOld)).toEqual({ ...INITIAL_STATE, last: onOld });
  });

  test('keeps that the run waited for a change of another caller', () => {
    expect(INITIAL_STATE.waitedForOther).toBe(false);
    expect(observed(waitingForOther(INITIAL_STATE), onOld).waitedForOther).toBe(true);
  });
});

describe('the observation before a change', () => {
  test('is the latest certain one', () => {
    expect(whenObserved.beforeChange).toBe(onOld);
    expect(observed(whenObserved, viaAlias).beforeChange).toBe(viaAlias);
    for (const uncertain of [changing, inUnknownStatus, failed]) {
      expect(observed(whenObserved, uncertain).beforeChange).toBe(onOld);
      expect(observed(INITIAL_STATE, uncertain).beforeChange).toBeNull();
    }
  });

  test('is kept from the start on, unless the change is refused', () => {
    for (const state of [whenSent, whenAccepted, ended(whenAccepted), secondAttempt(whenAccepted)]) {
      expect(observed(state, onNew).beforeChange).toBe(onOld);
    }
    expect(observed(refused(whenSent), onNew).beforeChange).toBe(onNew);
  });
});
