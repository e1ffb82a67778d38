import { describe, expect, test } from '@jest/globals';
import { apiUrl, workflowRun } from '../../src/github/workflow-run.ts';

describe('the facts about the workflow run', () => {
  test('are those of the runner', () => {
    const env = {
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
    expect(workflowRun(env)).toEqual({
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

  test('are null where the environment has none', () => {
    expect(new Set(Object.values(workflowRun({ GITHUB_ACTOR: '' })))).toEqual(new Set([null]));
  });
});

describe('the URL of the run', () => {
  const env = {
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_REPOSITORY: 'octo-org/streams',
    GITHUB_RUN_ID: '1658821493'
  };

  test.each(Object.keys(env))('is null without %s', (name) => {
    for (const value of [undefined, '']) expect(workflowRun({ ...env, [name]: value }).url).toBeNull();
  });

  test.each(['  ', 'github.com', 'ftp://github.com'])('is null if GITHUB_SERVER_URL is "%s"', (value) => {
    expect(workflowRun({ ...env, GITHUB_SERVER_URL: value }).url).toBeNull();
  });
});

test.each([undefined, '', '  \n'])('the URL of the API is that of github.com if GITHUB_API_URL is %j', (value) => {
  expect(apiUrl({ GITHUB_API_URL: value })).toBe('https://api.github.com');
});
