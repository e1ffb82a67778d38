import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { REGION } from '../support/account.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { firstColumn, read, section } from '../support/documents.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const POLICIES = readdirSync('docs/iam')
  .filter((file) => file.endsWith('.json'))
  .map((file) => join('docs/iam', file));
const ROLE_POLICIES = POLICIES.filter((file) => !file.includes('trust'));

function statementsOf(file: string): readonly Statement[] {
  return JSON.parse(readFileSync(file, 'utf8')).Statement;
}

function actionsOf({ Action }: Statement): readonly string[] {
  return [Action].flat();
}

describe('the permissions', () => {
  const statements = ROLE_POLICIES.flatMap(statementsOf);

  test('are documented and granted exactly for the calls of the action and of the services', async () => {
    const documented = firstColumn(section('docs/permissions.md', 'Every API call')).sort();
    const serviceCalls = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];
    expect(documented).toEqual([...(await callsOfAction()), ...serviceCalls].sort());
    expect([...new Set(statements.flatMap(actionsOf))].sort()).toEqual(documented);
  });

  test.each(POLICIES)('are documented as in %s', (file) => {
    expect(read('docs/permissions.md')).toContain(`\`\`\`json\n${readFileSync(file, 'utf8')}\`\`\``);
    expect(JSON.parse(readFileSync(file, 'utf8')).Version).toBe('2012-10-17');
  });

  test('allow a check only Describe calls', () => {
    const actions = statementsOf('docs/iam/check.json').flatMap(actionsOf);
    expect(actions.filter((call) => !call.includes(':Describe'))).toEqual([]);
  });

  test.each(['kinesis', 'firehose'])('allow no calls to the other stream service in the policies for %s', (service) => {
    const files = ROLE_POLICIES.filter((file) => file.endsWith(`-${service}.json`));
    const actions = files.flatMap(statementsOf).flatMap(actionsOf);
    expect(new Set(actions.map((call) => call.split(':')[0]))).toEqual(new Set([service, 'kms']));
  });

  test('use the resource * only where AWS supports nothing narrower, and then for one region', () => {
    const wide = statements.filter(({ Resource }) => Resource === '*');
    expect(wide.flatMap(actionsOf).filter((call) => !/:List|^tag:/.test(call))).toEqual([]);
    for (const { Condition } of wide) expect(Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': REGION } });
  });

  test('allow kms:DescribeKey in its own statement without conditions, because the step calls it directly', () => {
    const describing = statements.filter((statement) => actionsOf(statement).includes('kms:DescribeKey'));
    expect(describing.length).toBeGreaterThan(0);
    for (const { Action, Condition } of describing) expect([Action, Condition]).toEqual(['kms:DescribeKey', undefined]);
  });

  test('allow kms:CreateGrant only for AWS services, and set this condition on no other call', () => {
    const forServices = statements.filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('GrantIsFor'));
    const granting = statements.filter((statement) => actionsOf(statement).includes('kms:CreateGrant'));
    expect(granting).toEqual(forServices);
    for (const { Action, Condition } of granting) {
      expect([Action, Condition]).toEqual(['kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }]);
    }
  });
});
