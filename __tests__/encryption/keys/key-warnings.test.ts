import { expect, test } from '@jest/globals';
import { keyWarnings } from '../../../src/encryption/keys/key-warnings.ts';
import { type Lookup, type ResolvedKey, resolveKey } from '../../../src/encryption/keys/resolved-key.ts';
import { AWS_ALIAS, customerKey, DENIED, found, NEW, OLD, OLD_ID, SCOPE } from '../../support/account.ts';
import { awsKeyTarget, newTarget } from '../../support/resolved-observations.ts';

const validTo = new Date('2027-01-15T12:00:00Z');
const expires = (arn: string) =>
  `the imported material of the key ${arn} expires on 2027-01-15 12:00 UTC: import it again before then, because nothing can be encrypted or decrypted with the key afterwards`;
const notLookedUp = (key: string) =>
  `the key ${key} could not be looked up, so whether it can be used is not known: ${DENIED.why}`;

function inForce(id: string, lookup: Lookup, type: ResolvedKey['type'] = null): ResolvedKey {
  return resolveKey({ type, id }, lookup, SCOPE);
}

test.each<[string, Parameters<typeof keyWarnings>[0], string[]]>([
  ['keys that were looked up and do not expire', [inForce(OLD, found(customerKey(OLD))), newTarget, awsKeyTarget], []],
  ['a key in force that expires', [inForce('alias/old', found(customerKey(OLD, { validTo })))], [expires(OLD)]],
  ['a target that expires, beside no key in force', [null, { ...newTarget, validTo }], [expires(NEW)]],
  ['a key in force that could not be looked up', [inForce(OLD, DENIED)], [notLookedUp(OLD)]],
  ['a target that could not be looked up', [{ ...newTarget, lookupError: DENIED.why }], [notLookedUp(NEW)]],
  ['an alias that could not be looked up', [inForce('alias/x', DENIED)], [notLookedUp('alias/x')]],
  [
    'one key in two forms',
    [inForce(OLD_ID, DENIED), { ...newTarget, arn: OLD, lookupError: DENIED.why, validTo }],
    [expires(OLD), notLookedUp(OLD)]
  ],
  ['an AWS managed key, which can always be used', [inForce(AWS_ALIAS, DENIED, 'aws-owned')], []]
])('the warnings about %s', (_, keys, warnings) => {
  expect(keyWarnings(keys)).toEqual(warnings);
});
