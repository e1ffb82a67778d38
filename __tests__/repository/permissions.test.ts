import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { REGION } from '../support/account.ts';
import { firstColumn, README, section } from '../support/readme.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const POLICIES = readdirSync('docs/iam').map((file) => join('docs/iam', file));
const ROLES_POLICIES = POLICIES.filter((file) => !file.includes('trust'));

function statementsOf(file: string): readonly Statement[] {
  return JSON.parse(readFileSync(file, 'utf8')).Statement;
}

function actionsOf({ Action }: Statement): readonly string[] {
  return [Action].flat();
}

const PREFIXES: Readonly<Record<string, string>> = { 'resource-groups-tagging-api': 'tag' };

/** The calls that the sources make: each command of the SDK that they send, by the name of its permission. */
function callsInSources(): string[] {
  const sources = readdirSync('src/aws').map((file) => readFileSync(join('src/aws', file), 'utf8'));
  const calls = sources.flatMap((source) => {
    const [, client = ''] = /from '@aws-sdk\/client-([\w-]+)'/.exec(source) ?? [];
    return [...source.matchAll(/new (\w+)Command\(/g)].map(([, call]) => `${PREFIXES[client] ?? client}:${call}`);
  });
  return [...new Set(calls)];
}

describe('the permissions', () => {
  const statements = ROLES_POLICIES.flatMap(statementsOf);

  test('are for the calls that the sources make and those that the services make in turn, and a table tells just these', () => {
    const told = firstColumn(section('Every API call')).sort();
    const callsOfServices = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];
    expect(told).toEqual([...callsInSources(), ...callsOfServices].sort());
    expect([...new Set(statements.flatMap(actionsOf))].sort()).toEqual(told);
  });

  test.each(POLICIES)('are shown as they stand in %s', (file) => {
    expect(README).toContain(`\`\`\`json\n${readFileSync(file, 'utf8')}\`\`\``);
    expect(JSON.parse(readFileSync(file, 'utf8')).Version).toBe('2012-10-17');
  });

  test('allow a check to look, and nothing else', () => {
    const actions = statementsOf('docs/iam/check.json').flatMap(actionsOf);
    expect(actions.filter((call) => !call.includes(':Describe'))).toEqual([]);
  });

  test.each(['kinesis', 'firehose'])('allow nothing on the other service to who encrypts or verifies %s', (service) => {
    const files = ROLES_POLICIES.filter((file) => file.endsWith(`-${service}.json`));
    const actions = files.flatMap(statementsOf).flatMap(actionsOf);
    expect(new Set(actions.map((call) => call.split(':')[0]))).toEqual(new Set([service, 'kms']));
  });

  test('are for all resources only where AWS knows no narrower one, and then for one region', () => {
    const wide = statements.filter(({ Resource }) => Resource === '*');
    expect(wide.flatMap(actionsOf).filter((call) => !/:List|^tag:/.test(call))).toEqual([]);
    for (const { Condition } of wide) expect(Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': REGION } });
  });

  test("let the step itself ask KMS: kms:DescribeKey stands alone, without the conditions of a service's calls", () => {
    const asking = statements.filter((statement) => actionsOf(statement).includes('kms:DescribeKey'));
    expect(asking.length).toBeGreaterThan(0);
    for (const { Action, Condition } of asking) expect([Action, Condition]).toEqual(['kms:DescribeKey', undefined]);
  });

  test('let grants be made by a service only, and of kms:CreateGrant alone is that asked', () => {
    const forServices = statements.filter(({ Condition }) => JSON.stringify(Condition ?? '').includes('GrantIsFor'));
    const granting = statements.filter((statement) => actionsOf(statement).includes('kms:CreateGrant'));
    expect(granting).toEqual(forServices);
    for (const { Action, Condition } of granting) {
      expect([Action, Condition]).toEqual(['kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }]);
    }
  });
});
