import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../src/aws/permissions.ts';
import { REGION } from '../support/account.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { firstColumn, read, section } from '../support/documents.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

const POLICIES = readdirSync('docs/iam').filter((file) => file.endsWith('.json'));

function statementsOf(policy: string): readonly Statement[] {
  return JSON.parse(read(`docs/iam/${policy}`)).Statement;
}

function actionsOf({ Action }: Statement): readonly string[] {
  return [Action].flat();
}

/** `action on kind of resource`, for each action and each resource of its service. */
function grantsIn(policy: string): string[] {
  const grants = statementsOf(policy).flatMap((statement) =>
    actionsOf(statement).flatMap((action) =>
      [statement.Resource].flat().flatMap((resource) => {
        const [, , service = '*'] = resource.split(':');
        if (service !== '*' && service !== 'kms' && !action.startsWith(`${service}:`)) return [];
        return [`${action} on ${service === '*' ? '*' : service === 'kms' ? 'key' : 'stream'}`];
      })
    )
  );
  return [...new Set(grants)].sort();
}

/** What PERMISSIONS says that a call needs, in the same form. */
function neededFor(call: string): string[] {
  const { on, keyActions } = PERMISSIONS.get(call) ?? { on: [], keyActions: [] };
  return [...on.map((kind) => `${call} on ${kind}`), ...keyActions.map((action) => `${action} on key`)];
}

describe('the policies in docs/iam', () => {
  const DESCRIBE = { kinesis: 'kinesis:DescribeStreamSummary', firehose: 'firehose:DescribeDeliveryStream' };
  const statements = POLICIES.filter((policy) => !policy.startsWith('trust-')).flatMap(statementsOf);

  test.each([
    ['check.json', [DESCRIBE.kinesis, DESCRIBE.firehose, 'kms:DescribeKey']],
    ['encrypt-kinesis.json', [DESCRIBE.kinesis, 'kinesis:StartStreamEncryption', 'kms:DescribeKey']],
    ['encrypt-firehose.json', [DESCRIBE.firehose, 'firehose:StartDeliveryStreamEncryption', 'kms:DescribeKey']],
    ['find-streams.json', ['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources']],
    ['see-sources.json', ['kinesis:DescribeStreamSummary']],
    ['verify-records-kinesis.json', ['kinesis:PutRecord']],
    ['verify-records-firehose.json', ['firehose:PutRecord']]
  ])('%s: allows exactly what its calls need', (policy, calls) => {
    expect(grantsIn(policy)).toEqual([...new Set(calls.flatMap(neededFor))].sort());
  });

  test('allow all calls of the action and of the services, as PERMISSIONS and the documentation list them', async () => {
    const calls = await callsOfAction();
    expect([...PERMISSIONS.keys()].sort()).toEqual(calls);
    const all = [...calls, 'kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'].sort();
    expect(firstColumn(section('docs/permissions.md', 'Every API call')).sort()).toEqual(all);
    expect([...new Set(statements.flatMap(actionsOf))].sort()).toEqual(all);
  });

  test.each(POLICIES)('%s: stands in the documentation', (policy) => {
    const text = read(`docs/iam/${policy}`);
    expect(read('docs/permissions.md')).toContain(`\`\`\`json\n${text}\`\`\``);
    expect(JSON.parse(text).Version).toBe('2012-10-17');
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
