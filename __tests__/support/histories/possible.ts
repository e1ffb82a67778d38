/** Which histories can be: what only one of the services knows is not put to the other, nor what no inputs let through. */

import type { StreamKind } from '../../../src/encryption/model.ts';
import type { Asked, History, Standing, WrittenKey } from './history.ts';

/** The history as its service and the inputs can have it. */
export function asItCanBe(one: History): History {
  const written = (key: WrittenKey) => reportedAs(one.kind, key);
  const criteria = askedOf(one);
  const mayMove = one.mode !== 'check' && (criteria.which === 'one' || criteria.which === 'aws-owned');
  return {
    ...one,
    stands: standingOf(one.kind, withKeys(one.stands, written)),
    criteria,
    from: mayMove ? one.from : null,
    wait: one.wait || one.verifyRecords,
    // Without kms:DescribeKey the region of a key is judged where the inputs are read.
    newKeyIs: one.newKeyIs === 'elsewhere' && !one.mayDescribeKeys ? 'usable' : one.newKeyIs,
    others: one.others.map(({ to, ...rest }) => ({ ...rest, to: to && written(to) }))
  };
}

/** Firehose reports a key by its ARN, and has an AWS owned key of its own; Kinesis' AWS key has an alias. */
function reportedAs(kind: StreamKind, { key, form }: WrittenKey): WrittenKey {
  return { key, form: kind === 'firehose' ? 'arn' : form };
}

/** The standing with each of its keys written so. */
export function withKeys(standing: Standing, as: (key: WrittenKey) => WrittenKey): Standing {
  switch (standing.is) {
    case 'in-flight':
      return { ...standing, key: standing.key && as(standing.key), to: standing.to && as(standing.to) };
    case 'at-rest':
    case 'unclear':
    case 'failed':
      return { ...standing, key: standing.key && as(standing.key) };
    default:
      return standing;
  }
}

/** Kinesis has no word for a change that failed, nor for a stream that could not be created or that another feeds. */
function standingOf(kind: StreamKind, standing: Standing): Standing {
  if (kind === 'firehose') return standing;
  switch (standing.is) {
    case 'failed':
      return { is: 'at-rest', key: standing.key };
    case 'not-created':
    case 'fed':
      return { is: 'deleting', key: null };
    default:
      return standing;
  }
}

/**
 * What the inputs let through: `customer-managed` without a key and approved keys for checks alone, AWS' alias for
 * Kinesis as the AWS key.
 */
function askedOf({ criteria: wish, mode, kind }: History): Asked {
  const forChecks = wish.which === 'customer-managed' || wish.which === 'approved';
  if (forChecks && mode !== 'check') return { which: 'any' };
  if (wish.which !== 'one' || wish.written.key !== 'aws') return wish;
  if (kind === 'kinesis' && !wish.mustBeCustomerManaged) {
    return wish.written.form === 'alias' ? { which: 'aws-owned' } : wish;
  }
  return wish.written.form.startsWith('alias') ? { ...wish, written: { key: 'aws', form: 'arn' } } : wish;
}
