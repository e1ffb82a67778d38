import type { KeyCriteria, Result, StreamRequest } from '../../../src/encryption/model.ts';
import { ACCOUNT, AWS_MANAGED, disabledKey, NEW, OTHER_ACCOUNT, STREAM_ARN } from '../account.ts';
import { NO_FLEET } from '../fleet-context.ts';
import { active } from '../observations.ts';
import { AWS_OWNED, approved, targetKey } from '../requests.ts';
import { type StreamSimulation, simulate } from '../stream-simulation.ts';
import type { History, HistoryCriteria } from './history.ts';
import { KEY_FORMS, type KeyName, keyIdOf } from './keys.ts';
import { StreamModel } from './stream-model.ts';

/** A finished run, with everything that an invariant needs to judge it. */
export interface HistoryRun {
  readonly history: History;
  readonly model: StreamModel;
  readonly result: Result;
  readonly endedMs: number;
  /** Timers that the run did not clear. */
  readonly timersLeft: number;
}

/** Encrypts or checks the stream of the history, as its mode requires, in virtual time. */
export async function runHistory(history: History): Promise<HistoryRun> {
  const simulation = simulate(active());
  const { clock } = simulation;
  const model = new StreamModel(history, clock);
  const { cancelAtMs, mayChange, seed } = history;
  simulation.service = model;
  simulation.random = seed;
  simulation.fleet = { ...NO_FLEET, admit: mayChange ? null : async () => false };
  if (cancelAtMs !== null) model.at(cancelAtMs, () => simulation.cancel());
  setKeys(simulation, history, model);
  const result = await simulation.run(requestOf(history));
  return { history, model, result, endedMs: clock.now(), timersLeft: clock.timers - model.pendingEvents };
}

function setKeys({ keys }: StreamSimulation, history: History, model: StreamModel): void {
  const { newKeyState, canDescribeKeys, keyLookups } = history;
  if (newKeyState === 'disabled') keys.add(disabledKey(NEW), 'alias/new');
  if (newKeyState === 'missing') {
    for (const form of KEY_FORMS) keys.refuse(keyIdOf('new', form), 'missing', 'no such key');
  }
  if (!canDescribeKeys) keys.denyAll();
  keys.onNextDescribes(...keyLookups.map((call) => (signal: AbortSignal) => model.answer(call, signal)));
}

function requestOf({ kind, streamArn, criteria, from, requestedForm, ...history }: History): Partial<StreamRequest> {
  const { named, mode, wait, timeoutMs, settleMs, verifyRecords } = history;
  const account = streamArn === 'of-another-account' ? OTHER_ACCOUNT : ACCOUNT;
  const arn = streamArn === 'not-given' ? null : STREAM_ARN[kind].replace(ACCOUNT, account);
  const idOf = (key: KeyName) => keyIdOf(key, requestedForm);
  return {
    stream: { kind, name: 'orders', arn },
    criteria: toKeyCriteria(criteria, idOf),
    from: from?.map((key) => (key === 'any' || key === 'aws-owned' ? key : { id: idOf(key) })) ?? null,
    ...{ named, mode, wait, timeoutMs, settleMs, verifyRecords }
  };
}

function toKeyCriteria(criteria: HistoryCriteria, idOf: (key: KeyName) => string): KeyCriteria {
  if (criteria.which === 'one') {
    const { key, mustBeCustomerManaged } = criteria;
    // The alias of the AWS managed key requests `aws-owned`.
    return targetKey(key === 'aws' ? AWS_MANAGED : idOf(key), mustBeCustomerManaged);
  }
  if (criteria.which === 'approved') return approved(...criteria.keys.map(idOf));
  return criteria.which === 'aws-owned' ? AWS_OWNED : { which: criteria.which };
}
