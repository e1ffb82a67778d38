/** Limits random histories to what their service can report and what the inputs accept. */

import type { StreamKind } from '../../../src/encryption/model.ts';
import type { History, HistoryCriteria, KeyReference, StreamState } from './history.ts';

/** The nearest history that can occur. */
export function toValidHistory(history: History): History {
  const reported = (key: KeyReference) => asReported(history.kind, key);
  const criteria = validCriteria(history);
  const supportsFrom = history.mode !== 'check' && (criteria.which === 'one' || criteria.which === 'aws-owned');
  return {
    ...history,
    initialState: validState(history.kind, mapKeys(history.initialState, reported)),
    criteria,
    from: supportsFrom ? history.from : null,
    wait: history.wait || history.verifyRecords,
    settleMs: Math.min(history.settleMs, history.timeoutMs - 1_000),
    // Without kms:DescribeKey, a key in another region is rejected when the inputs are read.
    newKeyState: history.newKeyState === 'other-region' && !history.canDescribeKeys ? 'usable' : history.newKeyState,
    concurrentChanges: history.concurrentChanges.map(({ target, ...rest }) => ({
      ...rest,
      target: target && reported(target)
    }))
  };
}

/** Firehose always reports the ARN of a key. */
function asReported(kind: StreamKind, { key, form }: KeyReference): KeyReference {
  return { key, form: kind === 'firehose' ? 'arn' : form };
}

/** The state with each of its keys replaced. */
export function mapKeys(state: StreamState, map: (key: KeyReference) => KeyReference): StreamState {
  const { status } = state;
  if (status === 'changing')
    return { ...state, key: state.key && map(state.key), target: state.target && map(state.target) };
  const mayHaveKey = status === 'at-rest' || status === 'unclear' || status === 'failed';
  return mayHaveKey ? { ...state, key: state.key && map(state.key) } : state;
}

/** Kinesis has no status for a failed change, for a stream that could not be created, or for one that has a source. */
function validState(kind: StreamKind, state: StreamState): StreamState {
  if (kind === 'firehose') return state;
  if (state.status === 'failed') return { status: 'at-rest', key: state.key };
  const isImpossible = state.status === 'not-created' || state.status === 'has-source';
  return isImpossible ? { status: 'deleting', key: null } : state;
}

/**
 * The inputs accept `customer-managed` without a key and approved keys in checks only. For Kinesis, the alias of the
 * AWS managed key requests that key.
 */
function validCriteria({ criteria, mode, kind }: History): HistoryCriteria {
  const isForChecks = criteria.which === 'customer-managed' || criteria.which === 'approved';
  if (isForChecks && mode !== 'check') return { which: 'any' };
  if (criteria.which !== 'one' || criteria.key.key !== 'aws') return criteria;
  if (kind === 'kinesis' && !criteria.mustBeCustomerManaged) {
    return criteria.key.form === 'alias' ? { which: 'aws-owned' } : criteria;
  }
  return criteria.key.form.startsWith('alias') ? { ...criteria, key: { key: 'aws', form: 'arn' } } : criteria;
}
