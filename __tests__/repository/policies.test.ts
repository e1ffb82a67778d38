import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PERMISSIONS } from '../../src/aws/permissions.ts';
import { callsOfAction } from '../support/calls-of-action.ts';

/** The calls that each policy is for. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  'check.json': ['kinesis:DescribeStreamSummary', 'firehose:DescribeDeliveryStream', 'kms:DescribeKey'],
  'encrypt-kinesis.json': ['kinesis:DescribeStreamSummary', 'kinesis:StartStreamEncryption', 'kms:DescribeKey'],
  'encrypt-firehose.json': [
    'firehose:DescribeDeliveryStream',
    'firehose:StartDeliveryStreamEncryption',
    'kms:DescribeKey'
  ],
  'find-streams.json': ['kinesis:ListStreams', 'firehose:ListDeliveryStreams', 'tag:GetResources'],
  'see-sources.json': ['kinesis:DescribeStreamSummary'],
  'verify-records-kinesis.json': ['kinesis:PutRecord'],
  'verify-records-firehose.json': ['firehose:PutRecord']
};

/** `action on kind of resource`, for each action and each resource of a policy. */
function grantsIn(file: string): string[] {
  const { Statement } = JSON.parse(readFileSync(join('docs/iam', file), 'utf8'));
  const statements: readonly { Action: string | string[]; Resource: string | string[] }[] = Statement;
  return unique(
    statements.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => {
        const ofService = [Resource].flat().filter((resource) => mayConcern(action, resource));
        return ofService.map((resource) => `${action} on ${kindOf(resource)}`);
      })
    )
  );
}

/** A statement may name streams of both services, each for its own actions. */
function mayConcern(action: string, resource: string): boolean {
  const [, , service = '*'] = resource.split(':');
  return service === '*' || service === 'kms' || action.startsWith(`${service}:`);
}

function kindOf(resource: string): string {
  if (resource === '*') return resource;
  return resource.includes(':kms:') ? 'key' : 'stream';
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

describe('the list of permissions', () => {
  test('has exactly the calls of the action', async () => {
    expect([...PERMISSIONS.keys()].sort()).toEqual(await callsOfAction());
  });

  test.each(Object.entries(CALLS))('is what %s grants', (file, calls) => {
    const grants = calls.flatMap((call) => {
      const { on, keyActions } = PERMISSIONS.get(call) ?? { on: [], keyActions: [] };
      return [...on.map((kind) => `${call} on ${kind}`), ...keyActions.map((action) => `${action} on key`)];
    });
    expect(grantsIn(file)).toEqual(unique(grants));
  });
});
