/** The CloudFormation template grants what the policies beside it grant, and is valid by AWS's specification of resources. */

import { readdirSync, readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, REGION } from '../support/account.ts';
import { isRecord, Resolver, type Resource, readTemplate } from '../support/cloudformation.ts';

const template = readTemplate('docs/iam/cloudformation.yml');

/** The names in the policies of docs/iam. */
const SAMPLE = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
  Repository: 'octo-org/streams',
  DataStreams: 'orders',
  DeliveryStreams: 'clicks',
  SourceStreams: 'feed',
  KeyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
};

function resourcesFor(values: Readonly<Record<string, string>>): Readonly<Record<string, Resource>> {
  return new Resolver(template, { ...SAMPLE, ...values }).resources();
}

/** The policies of a role, by their names. */
function policiesOf(role: Resource | undefined): Readonly<Record<string, unknown>> {
  const policies = Array.isArray(role?.Properties.Policies) ? role.Properties.Policies : [];
  return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
}

function policyFile(name: string): unknown {
  return JSON.parse(readFileSync(`docs/iam/${name}.json`, 'utf8'));
}

/** Joins `StringLike` with `StringEquals`: a pattern needs the first, and for one name they mean the same. */
function withoutPatterns(policy: unknown): unknown {
  if (Array.isArray(policy)) return policy.map(withoutPatterns);
  if (!isRecord(policy)) return policy;
  const { StringLike, ...rest } = policy;
  const members = Object.entries(
    isRecord(StringLike) ? { ...rest, StringEquals: joined(rest.StringEquals, StringLike) } : rest
  );
  return Object.fromEntries(members.map(([name, value]) => [name, withoutPatterns(value)]));
}

function joined(one: unknown, other: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isRecord(one) ? { ...one, ...other } : other;
}

describe('the roles of the CloudFormation template', () => {
  const { EncryptRole, CheckRole } = resourcesFor({ VerifyRecords: 'true', CreateProvider: 'false' });
  const names = readdirSync('docs/iam').flatMap((file) => /^(?!trust-)(.*)\.json$/.exec(file)?.[1] ?? []);

  test.each([
    ['the role for changes', EncryptRole, names.filter((name) => name !== 'check')],
    ['the role for checks', CheckRole, ['find-streams', 'check']]
  ])('have the policies and the trust of docs/iam: %s', (_, role, expected) => {
    expect(withoutPatterns(policiesOf(role))).toEqual(
      Object.fromEntries(expected.map((name) => [name, policyFile(name)]))
    );
    expect(withoutPatterns(role?.Properties.AssumeRolePolicyDocument)).toEqual(policyFile('trust-github'));
  });

  const WITHOUT_DATA_STREAMS = ['find-streams', 'encrypt-firehose', 'see-sources'];
  test.each([
    [{ DeliveryStreams: '' }, ['find-streams', 'encrypt-kinesis']],
    [{ DataStreams: '' }, WITHOUT_DATA_STREAMS],
    [{ DataStreams: '', VerifyRecords: 'true' }, [...WITHOUT_DATA_STREAMS, 'verify-records-firehose']]
  ])('grant only what the parameters need: %j', (values, expected) => {
    expect(Object.keys(policiesOf(resourcesFor(values).EncryptRole))).toEqual(expected);
  });
});

test('the OIDC provider is created only on demand, and the roles then wait for it', () => {
  const created = resourcesFor({ CreateProvider: 'true' });
  expect(Object.keys(created)).toEqual(['GitHub', 'EncryptRole', 'CheckRole']);
  expect(JSON.stringify(created.EncryptRole?.Properties.AssumeRolePolicyDocument)).toContain('{"Federated":"GitHub"}');
  expect(Object.keys(resourcesFor({ CreateProvider: 'false' }))).toEqual(['EncryptRole', 'CheckRole']);
});

test('the outputs are the ARNs of the roles', () => {
  const outputs = new Resolver(template, SAMPLE).resolve(template.Outputs);
  expect(outputs).toMatchObject({ EncryptRoleArn: { Value: 'EncryptRole' }, CheckRoleArn: { Value: 'CheckRole' } });
});

test.each(Object.keys(template.Parameters).filter((name) => name in SAMPLE))(
  'the parameter %s accepts the sample',
  (name) => {
    const { AllowedPattern = '' } = template.Parameters[name] ?? {};
    expect(SAMPLE).toHaveProperty(name, expect.stringMatching(`^(?:${AllowedPattern})$`));
  }
);

describe('the specification of CloudFormation', () => {
  const database = loadAwsServiceSpecSync();

  type ResourceProperties = ReturnType<typeof propertiesOf>;
  type PropertyType = ResourceProperties[string]['type'];

  function propertiesOf(type: string) {
    return database.lookup('resource', 'cloudFormationType', 'equals', type).only().properties;
  }

  /** What is wrong with these properties: unknown and missing names, and values of another type. */
  function faultsOf(given: Readonly<Record<string, unknown>>, known: ResourceProperties): string[] {
    const required = Object.keys(known).filter((name) => known[name]?.required === true && !(name in given));
    const present = Object.entries(given).flatMap(([name, value]) => {
      const property = known[name];
      return property === undefined ? [`${name} is unknown`] : faultsIn(name, value, property.type);
    });
    return [...required.map((name) => `${name} is missing`), ...present];
  }

  function faultsIn(name: string, value: unknown, type: PropertyType): string[] {
    switch (type.type) {
      case 'string':
        return typeof value === 'string' ? [] : [`${name} must be a string`];
      case 'integer':
        return Number.isInteger(value) ? [] : [`${name} must be an integer`];
      case 'json':
        return isRecord(value) ? [] : [`${name} must be an object`];
      case 'array':
        if (!Array.isArray(value)) return [`${name} must be a list`];
        return value.flatMap((one, at) => faultsIn(`${name}[${at}]`, one, type.element));
      case 'ref':
        if (!isRecord(value)) return [`${name} must be an object`];
        return faultsOf(value, database.get('typeDefinition', type.reference).properties);
      case 'union':
        return type.types.map((one) => faultsIn(name, value, one)).sort((a, b) => a.length - b.length)[0] ?? [];
      default:
        return [`${name} has the type ${type.type}, which this test does not know`];
    }
  }

  test.each(Object.entries(resourcesFor({ VerifyRecords: 'true' })))(
    'allows the resource %s',
    (_, { Type, Properties }) => {
      expect(faultsOf(Properties, propertiesOf(Type))).toEqual([]);
    }
  );

  test('reports an unknown, a missing and a wrong property', () => {
    const role = { AssumeRolePolicyDocument: {}, Policies: [{ Name: 'check', PolicyDocument: {} }], Path: 1 };
    expect(faultsOf(role, propertiesOf('AWS::IAM::Role'))).toEqual([
      'PolicyName is missing',
      'Name is unknown',
      'Path must be a string'
    ]);
    expect(() => propertiesOf('AWS::IAM::Rolle')).toThrow();
  });
});
