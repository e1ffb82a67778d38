import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../src/aws/permissions.ts';
import { REGION } from '../support/account.ts';
import { callsOfAction } from '../support/calls-of-action.ts';
import { codeBlocks, firstColumn, read, section } from '../support/documents.ts';

type Statement = Readonly<Record<'Action' | 'Resource', string | readonly string[]> & { Condition?: unknown }>;

const POLICIES = readdirSync('docs/iam').filter((file) => file.endsWith('.json'));

function statementsOf(policy: string): readonly Statement[] {
  return JSON.parse(read(`docs/iam/${policy}`)).Statement;
}

function actionsOf(statements: readonly Statement[]): string[] {
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}

/** `action on kind of resource`, for each action and each resource of its service. */
function grantsIn(policy: string): string[] {
  const grants = statementsOf(policy).flatMap(({ Action, Resource }) =>
    [Resource].flat().flatMap((resource) => {
      const [, , service = '*'] = resource.split(':');
      const kind = service === '*' ? '*' : service === 'kms' ? 'key' : 'stream';
      const actions = [Action].flat().filter((action) => kind !== 'stream' || action.startsWith(`${service}:`));
      return actions.map((action) => `${action} on ${kind}`);
    })
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
    expect(actionsOf(statements)).toEqual(all);
  });

  test('are in the documentation, whose other policies are valid JSON, too', () => {
    const documented = codeBlocks('docs/permissions.md', 'json').map(({ code }) => JSON.parse(code));
    expect(documented).toEqual(expect.arrayContaining(POLICIES.map((file) => JSON.parse(read(`docs/iam/${file}`)))));
  });

  const rows = [...section('README.md', 'Permissions').matchAll(/^\| .* \| (.*) \| \[.+\]\(docs\/iam\/(.+)\) \|$/gm)];
  const inReadme = rows.map(([, text = '', policy = '']) => [policy, text.match(/\w+:\w+/g) ?? []] as const);

  test.each(inReadme)('%s: allows what README.md lists', (policy, actions) => {
    const allowed = actionsOf(statementsOf(policy));
    expect(allowed).toEqual(expect.arrayContaining(actions));
    expect([...actions, ...actionsOf(statementsOf('check.json'))]).toEqual(expect.arrayContaining(allowed));
  });

  test('use the resource * only where AWS supports nothing narrower, and then for one region', () => {
    const wide = statements.filter(({ Resource }) => Resource === '*');
    expect(actionsOf(wide).filter((call) => !/:List|^tag:/.test(call))).toEqual([]);
    for (const { Condition } of wide) expect(Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': REGION } });
  });

  test('allow kms:DescribeKey without conditions, and kms:CreateGrant only for AWS services', () => {
    const conditions = (action: string) =>
      statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Condition }) => Condition);
    expect(new Set(conditions('kms:DescribeKey'))).toEqual(new Set([undefined]));
    expect(conditions('kms:CreateGrant')).toEqual([{ Bool: { 'kms:GrantIsForAWSResource': 'true' } }]);
    const forServices = statements.filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('GrantIsFor'));
    expect(actionsOf(forServices)).toEqual(['kms:CreateGrant']);
  });
});
