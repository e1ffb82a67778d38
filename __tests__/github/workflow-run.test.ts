import { expect, test } from '@jest/globals';
import { apiUrl, workflowRun } from '../../src/github/workflow-run.ts';

const ENV = {
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_REPOSITORY: 'octo-org/streams',
  GITHUB_WORKFLOW: 'Nightly rotation',
  GITHUB_JOB: 'rotate',
  GITHUB_RUN_ID: '1658821493',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_ACTOR: 'octocat'
};

test('the facts about the workflow run are those of the runner', () => {
  expect(workflowRun(ENV)).toEqual({
    server: 'https://github.example.com',
    repository: 'octo-org/streams',
    workflow: 'Nightly rotation',
    job: 'rotate',
    id: 1_658_821_493,
    attempt: 2,
    url: 'https://github.example.com/octo-org/streams/actions/runs/1658821493',
    event: 'schedule',
    ref: 'refs/heads/main',
    commit: 'ffac537e6cbbf934b08745a378932722df287a53',
    actor: 'octocat'
  });
});

test('the facts are null where the environment has none', () => {
  expect(new Set(Object.values(workflowRun({ GITHUB_ACTOR: '' })))).toEqual(new Set([null]));
});

test.each([
  ['GITHUB_SERVER_URL', ['  ', 'github.com', 'ftp://github.com', '', undefined]],
  ['GITHUB_REPOSITORY', ['', undefined]],
  ['GITHUB_RUN_ID', ['', undefined]]
])('the URL of the run is null if %s is one of %j', (name, values) => {
  for (const value of values) expect(workflowRun({ ...ENV, [name]: value }).url).toBeNull();
});

test('the URL of the API is that of github.com if GITHUB_API_URL is empty', () => {
  for (const value of [undefined, '', '  \n']) expect(apiUrl({ GITHUB_API_URL: value })).toBe('https://api.github.com');
});
