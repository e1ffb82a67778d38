import { expect, test } from '@jest/globals';
import { apiUrl, repository, workflowJob, workflowRun } from '../../src/github/workflow-run.ts';
import { WORKFLOW_RUN } from '../support/ended-runs.ts';
import { ENV as RUN_ENV } from './rendered-summary.ts';

const ENV = {
  ...RUN_ENV,
  GITHUB_JOB: 'rotate',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_ACTOR: 'octocat'
};

test('the facts about the workflow run are those of the runner', () => {
  expect(workflowRun(ENV)).toEqual(WORKFLOW_RUN);
});

test('the facts are null where the environment has none', () => {
  expect(new Set(Object.values(workflowRun({ GITHUB_ACTOR: '' })))).toEqual(new Set([null]));
});

test('the URL of the run is null without a server, a repository or an id', () => {
  for (const GITHUB_SERVER_URL of ['  ', 'github.com', 'ftp://github.com', undefined]) {
    expect(workflowRun({ ...ENV, GITHUB_SERVER_URL }).url).toBeNull();
  }
  for (const name of ['GITHUB_REPOSITORY', 'GITHUB_RUN_ID']) expect(workflowRun({ ...ENV, [name]: '' }).url).toBeNull();
});

test('the URL of the API is GITHUB_API_URL without blanks around it, or that of github.com', () => {
  expect(apiUrl({ GITHUB_API_URL: ' http://ghes/api/v3\n' })).toBe('http://ghes/api/v3');
  for (const value of [undefined, ' \n']) expect(apiUrl({ GITHUB_API_URL: value })).toBe('https://api.github.com');
});

test('a GITHUB_API_URL that is no URL is an error, without its password', () => {
  const mustBeUrl = 'it must be a URL that begins with http:// or https://';
  for (const value of ['localhost:8080', 'ftp://api.example', 'http://', 'https://a b']) {
    expect(() => apiUrl({ GITHUB_API_URL: value })).toThrow(new Error(`GITHUB_API_URL is ${value}: ${mustBeUrl}`));
  }
  const withPassword = { GITHUB_API_URL: 'ftp://me:hunter2@api.example' };
  expect(() => apiUrl(withPassword)).toThrow(new Error(`GITHUB_API_URL: ${mustBeUrl}`));
});

test('a GITHUB_REPOSITORY that is no owner/name is an error', () => {
  expect(repository({ GITHUB_REPOSITORY: ' octo-org/streams ' })).toBe('octo-org/streams');
  for (const value of ['', 'nonsense', 'octo-org/', 'octo-org/streams/x', 'octo org/streams']) {
    expect(() => repository({ GITHUB_REPOSITORY: value })).toThrow(`GITHUB_REPOSITORY is "${value}": it must be`);
  }
});

test.each([
  ['a matrix with two values', '0a1b-2c3d.rotate.us-east-1.blue', 'rotate.us-east-1.blue'],
  ['a reusable workflow, with the default of its caller', '0a1b-2c3d.eu.__default.rotate.__default', 'eu.rotate'],
  ['a reusable workflow with a matrix in a matrix', '0a1b-2c3d.all.eu.rotate.blue', 'all.eu.rotate.blue'],
  ['no matrix', '0a1b-2c3d.rotate.__default', 'rotate'],
  ['another form without the job', '0a1b-2c3d.shape.__default', 'rotate'],
  ['a runner that does not distinguish the jobs of a matrix', undefined, 'rotate']
])('the name of a job includes its callers and matrix values: %s', (_name, id, job) => {
  expect(workflowJob({ ...ENV, ACTIONS_ORCHESTRATION_ID: id }).job).toBe(job);
});

test.each([
  ['one of the repository', 'octo-org/streams/.github/workflows/r.yml@refs/heads/main', '.github/workflows/r.yml'],
  ['one of another repository', 'octo-org/rules/r.yml@refs/heads/a@refs/b', 'octo-org/rules/r.yml'],
  ['one without a file', '', 'Nightly rotation']
])('the name of a workflow is its file, if the server provides it: %s', (_name, ref, workflow) => {
  expect(workflowJob({ ...ENV, GITHUB_WORKFLOW_REF: ref }).workflow).toBe(workflow);
});
