/** Parses action.yml, the workflows and the examples with GitHub's own parser. */

import { readFileSync } from 'node:fs';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { expect, test } from '@jest/globals';
import { jobsOf, yamlFiles } from '../support/workflows.ts';

const trace = new NoOperationTraceWriter();
const WORKFLOWS = ['.github/workflows', 'examples'].flatMap(yamlFiles);

test.each(WORKFLOWS)('the parser accepts %s, and finds its jobs', async (file) => {
  const { context, value } = parseWorkflow({ name: file, content: readFileSync(file, 'utf8') }, trace);
  expect(context.errors.getErrors()).toEqual([]);
  const template = value && (await convertWorkflowTemplate(context, value));
  expect(template?.errors).toBeUndefined();
  expect(template?.jobs.map(({ id }) => id.value)).toEqual(jobsOf(file).map(([name]) => name));
});

test('the parser accepts action.yml, but not without its entry file', () => {
  const action = readFileSync('action.yml', 'utf8');
  const errorsOf = (content: string) => parseAction({ name: 'action.yml', content }, trace).context.errors.getErrors();
  expect(errorsOf(action)).toEqual([]);
  expect(errorsOf(action.replace('  main: dist/index.js\n', ''))).not.toEqual([]);
});
