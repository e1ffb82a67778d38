/** The variables of the SDK and of the runner. aws/environment.test.ts tests each variable of the SDK by itself. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/server.ts';
import { SDK_VARIABLES } from '../../support/sdk-variables.ts';
import { CREDENTIALS, createStream, runOn } from '../step.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
  createStream(aws, 'kinesis');
});
afterEach(() => aws.close());

const WITHOUT_METADATA = { AWS_EC2_METADATA_DISABLED: 'true' };
test.each([
  [
    'without credentials',
    { ...WITHOUT_METADATA, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    'aws-actions/configure-aws-credentials'
  ],
  [
    'with an endpoint that is not a URL',
    { AWS_ENDPOINT_URL: 'localhost' },
    'AWS_ENDPOINT_URL is localhost: it must be'
  ],
  [
    'with a profile that does not exist, although there are keys',
    { ...WITHOUT_METADATA, AWS_PROFILE: 'nothing-real' },
    'AWS_PROFILE is nothing-real: the credentials come from there, not from AWS_ACCESS_KEY_ID'
  ]
])('a step %s fails before it sends a request, and the error names the cause', async (_what, env, cause) => {
  const { outputs, stdout } = await runOn(aws, 'kinesis', {}, { env });
  expect(outputs.outcome).toBe('failed');
  expect(stdout).toMatch(new RegExp(`^::error .*${cause}`, 'm'));
  expect(aws.requests).toEqual([]);
});

const BLANK = Object.fromEntries(SDK_VARIABLES.map(({ name }) => [name, '  \n']));
const UNUSED = ['AWS_PROFILE', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
const USED = SDK_VARIABLES.filter(({ name }) => !UNUSED.includes(name));
test.each([
  ['be blank, which counts as unset', { ...BLANK, ...CREDENTIALS, AWS_DEFAULT_REGION: 'us-east-1' }],
  ['have a right value', Object.fromEntries(USED.map(({ name, right: [value] }) => [name, value]))]
])('all variables of the SDK may %s', async (_what, variables) => {
  const endpoints = { AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_KINESIS: aws.endpoint };
  const { outputs, stderr } = await runOn(aws, 'kinesis', {}, { env: { ...variables, ...endpoints } });
  expect(outputs.outcome).toBe('enabled');
  expect(stderr).toBe('');
});

test('a step succeeds without the variables of the runner, its summary, a home, and a file of more authorities', async () => {
  const names = ['API_URL', 'ACTOR', 'EVENT_NAME', 'JOB', 'REF', 'REPOSITORY', 'RUN_ATTEMPT', 'RUN_ID', 'RUN_NUMBER'];
  const more = ['SERVER_URL', 'SHA', 'WORKFLOW', 'STEP_SUMMARY'];
  const none = Object.fromEntries([...names, ...more].map((name) => [`GITHUB_${name}`, undefined]));
  const env = { ...none, HOME: undefined, NODE_EXTRA_CA_CERTS: '/nowhere/authority.pem' };
  const { exitCode, outputs, stdout } = await runOn(aws, 'kinesis', { 'report-path': 'report.json' }, { env });
  expect({ exitCode, outcome: outputs.outcome }).toEqual({ exitCode: 0, outcome: 'enabled' });
  expect(stdout).not.toMatch(/^::(error|warning)/m);
});
