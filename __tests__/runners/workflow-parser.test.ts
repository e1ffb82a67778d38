/** Parses action.yml, the workflows and the examples with GitHub's own parser. */

import { readFileSync } from 'node:fs';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { describe, expect, test } from '@jest/globals';
import { jobsOf, yamlFiles } from '../support/workflows.ts';

const trace = new NoOperationTraceWriter();
const WORKFLOWS = ['.github/workflows', 'examples'].flatMap(yamlFiles);

function parse(content: string) {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, trace);
  return { context, value, errors: messages(context) };
}

function messages(context: ReturnType<typeof parseWorkflow>['context']): string[] {
  return context.errors.getErrors().map(({ message }) => message);
}

describe('the parser of workflows', () => {
  test.each(WORKFLOWS)('accepts %s, and finds its jobs', async (file) => {
    const { context, value, errors } = parse(readFileSync(file, 'utf8'));
    expect(errors).toEqual([]);
    const template = value && (await convertWorkflowTemplate(context, value));
    expect(template?.errors).toBeUndefined();
    expect(template?.jobs.map(({ id }) => id.value)).toEqual(jobsOf(file).map(([name]) => name));
  });

  test('rejects an unknown key, and an expression with an unknown context', () => {
    const workflow = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n';
    expect(parse(`${workflow}      - { run: 'true', wiht: {} }\n`).errors).toEqual([
      expect.stringContaining("Unexpected value 'wiht'")
    ]);
    expect(parse(`${workflow}      - run: \${{ outputs.outcome }}\n`).errors).toEqual([
      expect.stringContaining("Unrecognized named-value: 'outputs'")
    ]);
  });
});

describe('the parser of actions', () => {
  const action = readFileSync('action.yml', 'utf8');
  const errorsOf = (content: string) => messages(parseAction({ name: 'action.yml', content }, trace).context);

  test('accepts action.yml', () => {
    expect(errorsOf(action)).toEqual([]);
  });

  test('rejects an action without its entry file', () => {
    expect(errorsOf(action.replace('  main: dist/index.js\n', ''))).not.toEqual([]);
  });
});
