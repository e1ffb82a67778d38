/** The CloudFormation template grants what the policies beside it grant, and is valid by AWS's specification of resources. */

import { readdirSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { type CollectionTag, parse, type Tags } from 'yaml';
import { ACCOUNT, REGION } from '../support/account.ts';
import { read } from '../support/documents.ts';

interface Policy {
  readonly PolicyName: string;
  readonly PolicyDocument: unknown;
}

interface Template {
  readonly Conditions: Readonly<Record<string, boolean>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: { readonly AssumeRolePolicyDocument?: unknown; readonly Policies?: readonly (Policy | '')[] };
}

const TEXT = read('docs/iam/cloudformation.yml');
const [HEAD = ''] = TEXT.split('\nConditions:', 1);
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = parse(HEAD).Parameters;

/** Parameters with the names in the policies of docs/iam, and the values of other references. */
const VALUES = {
  Repository: 'octo-org/streams',
  DataStreams: 'orders',
  DeliveryStreams: 'clicks',
  SourceStreams: 'feed',
  KeyArn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': '',
  GitHub: 'the provider',
  'EncryptRole.Arn': 'the role for changes',
  'CheckRole.Arn': 'the role for checks'
};

/** Reads the template with these parameters, as CloudFormation does. Throws for a name that it does not define. */
function templateFor(parameters: Readonly<Record<string, string>>): Template {
  const defaults = Object.entries(PARAMETERS).map(([name, { Default }]) => [name, Default]);
  const values = { ...Object.fromEntries(defaults), ...VALUES, ...parameters };
  for (const [name, { AllowedPattern }] of Object.entries(PARAMETERS)) {
    if (AllowedPattern) expect(values[name]).toMatch(new RegExp(`^(?:${AllowedPattern})$`));
  }
  const resolve = (name: string): string => {
    if (values[name] === undefined) throw new Error(`The template does not define ${name}, or the test gives no value`);
    return values[name];
  };
  const ofList = (tag: string, call: (items: readonly unknown[]) => unknown): CollectionTag => {
    return { tag, collection: 'seq', resolve: (node) => call(node.toJSON()) };
  };
  const functionsWith = (conditions: Template['Conditions']): Tags => [
    { tag: '!Ref', resolve },
    { tag: '!GetAtt', resolve },
    { tag: '!Sub', resolve: (text: string) => text.replaceAll(/\$\{([\w:]+)\}/g, (_, name) => resolve(name)) },
    { tag: '!Condition', resolve: (name: string) => conditions[name] ?? false },
    ofList('!If', ([condition, yes, no]) => (conditions[String(condition)] ? yes : no)),
    ofList('!Equals', ([one, other]) => one === other),
    ofList('!Not', ([one]) => one === false),
    ofList('!And', (all) => !all.includes(false))
  ];
  const parseWith = (conditions: Template['Conditions']): Template =>
    parse(TEXT, { customTags: functionsWith(conditions) });
  // Conditions are known once the template was read, and conditions of conditions once more.
  const template = parseWith(parseWith(parseWith({}).Conditions).Conditions);
  const { Conditions, Resources } = template;
  const created = Object.entries(Resources).filter(([, { Condition = '' }]) => Conditions[Condition] ?? true);
  return { ...template, Resources: Object.fromEntries(created) };
}

/** The policies of a role, by their names. */
function policiesOf(role: Resource | undefined): Readonly<Record<string, unknown>> {
  const policies = role?.Properties.Policies?.flatMap((policy) => (policy === '' ? [] : [policy])) ?? [];
  return Object.fromEntries(policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]));
}

/** Joins `StringLike` with `StringEquals`: a pattern needs the first, and for one name they mean the same. */
function withoutPatterns(policies: unknown): unknown {
  return JSON.parse(JSON.stringify(policies), (name, value) => {
    if (name !== 'Condition' || value.StringLike === undefined) return value;
    return { StringEquals: { ...value.StringEquals, ...value.StringLike } };
  });
}

const FULL = templateFor({ VerifyRecords: 'true', CreateProvider: 'false' });
const NAMES = readdirSync('docs/iam').flatMap((file) => /^(?!trust-)(.*)\.json$/.exec(file)?.[1] ?? []);

test.each([
  ['EncryptRole', NAMES.filter((name) => name !== 'check')],
  ['CheckRole', ['find-streams', 'check']]
])('%s has the policies and the trust of docs/iam', (name, expected) => {
  const policy = (file: string) => JSON.parse(read(`docs/iam/${file}.json`));
  const role = FULL.Resources[name];
  expect(withoutPatterns(policiesOf(role))).toEqual(Object.fromEntries(expected.map((file) => [file, policy(file)])));
  expect(withoutPatterns(role?.Properties.AssumeRolePolicyDocument)).toEqual(policy('trust-github'));
});

test.each([
  [{ DeliveryStreams: '' }, ['find-streams', 'encrypt-kinesis']],
  [{ DataStreams: '' }, ['find-streams', 'encrypt-firehose', 'see-sources']],
  [{ DeliveryStreams: '', VerifyRecords: 'true' }, ['find-streams', 'encrypt-kinesis', 'verify-records-kinesis']]
])('the role for changes has only the policies that the parameters need: %j', (parameters, expected) => {
  expect(Object.keys(policiesOf(templateFor(parameters).Resources.EncryptRole))).toEqual(expected);
});

test('the OIDC provider is created only on demand, and the roles then wait for it', () => {
  const { Resources, Outputs } = templateFor({ CreateProvider: 'true' });
  expect(Object.keys(Resources)).toEqual(['GitHub', 'EncryptRole', 'CheckRole']);
  expect(JSON.stringify(Resources)).toContain('{"Federated":"the provider"}');
  expect(Object.keys(FULL.Resources)).toEqual(['EncryptRole', 'CheckRole']);
  const roles = { EncryptRoleArn: { Value: 'the role for changes' }, CheckRoleArn: { Value: 'the role for checks' } };
  expect(Outputs).toMatchObject(roles);
});

const DATABASE = loadAwsServiceSpecSync();
type PropertyType = ReturnType<typeof propertiesOf>[string]['type'];

function propertiesOf(resource: string) {
  return DATABASE.lookup('resource', 'cloudFormationType', 'equals', resource).only().properties;
}

/** The specification of properties as a JSON schema. */
function schemaOf(properties: ReturnType<typeof propertiesOf>): object {
  const members = Object.entries(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, { type }]) => [name, schemaOfType(type)])),
    required: members.flatMap(([name, { required }]) => (required === true ? [name] : [])),
    additionalProperties: false
  };
}

function schemaOfType(type: PropertyType): object {
  switch (type.type) {
    case 'array':
      return { type: 'array', items: schemaOfType(type.element) };
    case 'ref':
      return schemaOf(DATABASE.get('typeDefinition', type.reference).properties);
    case 'union':
      return { anyOf: type.types.map(schemaOfType) };
    case 'json':
    case 'tag':
      return { type: 'object' };
    default:
      return { type: type.type };
  }
}

test.each(Object.values(templateFor({ VerifyRecords: 'true' }).Resources))(
  'the specification of CloudFormation allows the $Type, but no other property',
  ({ Type, Properties }) => {
    const ajv = new Ajv({ strict: true });
    const validate = ajv.compile(schemaOf(propertiesOf(Type)));
    validate(JSON.parse(JSON.stringify(Properties)));
    expect(validate.errors).toBeNull();
    expect(validate({ ...Properties, Name: 'x' })).toBe(false);
  }
);
