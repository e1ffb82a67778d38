import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { withParts } from '../../scripts/readme-parts.ts';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { REGION } from '../support/account.ts';
import { readExactly } from '../support/inputs.ts';
import { firstColumn, README, section } from '../support/readme.ts';
import { evaluate, lint, type Step, type Workflow } from '../support/workflows.ts';

const THIS_ACTION = 'OWNER/stream-encryption@v1';
const action = parse(readFileSync('action.yml', 'utf8'));
const { defaults } = readActionFile();

describe('the tables of inputs and outputs', () => {
  test('match the output of npm run docs', () => {
    expect(withParts(README)).toBe(README);
  });

  test.each(Object.entries(defaults))('list the input %s with its default', (name, value) => {
    const { description } = action.inputs[name];
    expect(section('Inputs')).toContain(`| \`${name}\` | ${value === '' ? '–' : `\`${value}\``} | ${description} |`);
  });

  test('list every output', () => {
    expect(firstColumn(section('Outputs'))).toEqual(Object.keys(action.outputs));
  });
});

test('the table of outcomes lists all of them, from worst to best', () => {
  expect(firstColumn(section('Outcomes'))).toEqual([...OUTCOMES]);
});

describe('the troubleshooting section', () => {
  /** The sources, with concatenated string literals joined. */
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8').replaceAll(/['`] \+\n\s*['`]/g, ''))
    .join('\n');

  test.each(firstColumn(section('Troubleshooting')))('quotes a message that exists in the sources: %s', (message) => {
    const parts = message.split('…').filter((part) => part !== '');
    expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
    expect(message.length).toBeGreaterThan(12);
  });
});

/** Turns a list of steps into a workflow. */
const WORKFLOW_HEADER = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n';

describe('the YAML examples', () => {
  const blocks = [...README.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
  const values = { "github.event_name == 'schedule'": 'true', 'github.token': 'ghs_x' };

  test.each(blocks.map((block, at) => [at + 1, block] as const))(
    '%i: passes actionlint and has valid inputs',
    async (_, block) => {
      const content = block.startsWith('- ') ? `${WORKFLOW_HEADER}${block.replaceAll(/^(?=.)/gm, '      ')}` : block;
      expect(await lint(content, 'README.md')).toEqual([]);
      const { jobs }: Workflow = parse(content);
      const steps: Step[] = Object.values(jobs).flatMap((job) => job.steps ?? []);
      const uses = steps.filter(({ uses }) => uses === THIS_ACTION);
      expect(uses.length).toBe(1);
      for (const { with: given = {} } of uses) {
        expect(Object.keys(defaults)).toEqual(expect.arrayContaining(Object.keys(given)));
        const inputs = Object.fromEntries(
          Object.entries(given).map(([name, text]) => [name, evaluate(text, values).trim()])
        );
        expect(await readExactly(inputs)).toMatchObject({ region: REGION });
        if ('key-id' in inputs) expect(inputs['key-type']).toBe('customer-managed');
      }
    }
  );
});

test('every picture is used, small, and available for light and dark mode', () => {
  const used = [...README.matchAll(/(?:src="|srcset=")([^"]+)/g)].map(([, target = '']) => target);
  const pictures = readdirSync('docs/images');
  expect(used.toSorted()).toEqual(pictures.map((file) => `docs/images/${file}`).sort());
  expect(pictures.filter((file) => file.includes('dark')).length).toBe(pictures.length / 2);
  for (const file of pictures) expect(statSync(join('docs/images', file)).size).toBeLessThan(200_000);
});
