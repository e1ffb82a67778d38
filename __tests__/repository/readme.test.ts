import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { withParts } from '../../scripts/readme-parts.ts';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { REGION } from '../support/account.ts';
import { read } from '../support/inputs.ts';
import { firstColumn, README, section } from '../support/readme.ts';
import { evaluated, lint, type Step, type Workflow } from '../support/workflows.ts';

const action = parse(readFileSync('action.yml', 'utf8'));
const { defaults } = readActionFile();

describe('the tables of inputs and outputs', () => {
  test('are what npm run docs makes of action.yml', () => {
    expect(withParts(README)).toBe(README);
  });

  test.each(Object.entries(defaults))('tell the input %s with its default', (name, value) => {
    const { description } = action.inputs[name];
    expect(section('Inputs')).toContain(`| \`${name}\` | ${value === '' ? '–' : `\`${value}\``} | ${description} |`);
  });

  test('tell each output', () => {
    expect(firstColumn(section('Outputs'))).toEqual(Object.keys(action.outputs));
  });
});

test('the table of outcomes has all of them, from worst to best', () => {
  expect(firstColumn(section('Outcomes'))).toEqual([...OUTCOMES]);
});

describe('the troubleshooting', () => {
  /** The sources, each text on a line of its own as it is written there, however it is put together. */
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8').replaceAll(/['`] \+\n\s*['`]/g, ''))
    .join('\n');

  test.each(firstColumn(section('Troubleshooting')))('quotes what the step still says: %s', (message) => {
    const parts = message.split('…').filter((part) => part !== '');
    expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
    expect(message.length).toBeGreaterThan(12);
  });
});

/** What makes a workflow of a list of steps. */
const AROUND_STEPS = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n';

describe('what there is to copy', () => {
  const blocks = [...README.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
  const values = { "github.event_name == 'schedule'": 'true', 'github.token': 'ghs_x' };

  test.each(blocks.map((block, at) => [at + 1, block] as const))(
    '%i: has nothing that actionlint would mend, and asks for what can be asked for',
    async (_, block) => {
      const content = block.startsWith('- ') ? `${AROUND_STEPS}${block.replaceAll(/^(?=.)/gm, '      ')}` : block;
      expect(await lint(content, 'README.md')).toEqual([]);
      const { jobs }: Workflow = parse(content);
      const steps: Step[] = Object.values(jobs).flatMap((job) => job.steps ?? []);
      const ours = steps.filter(({ uses }) => uses === 'OWNER/stream-encryption@v1');
      expect(ours.length).toBe(1);
      for (const { with: given = {} } of ours) {
        expect(Object.keys(defaults)).toEqual(expect.arrayContaining(Object.keys(given)));
        const inputs = Object.fromEntries(
          Object.entries(given).map(([name, text]) => [name, evaluated(text, values).trim()])
        );
        expect(await read(inputs)).toMatchObject({ region: REGION });
        if ('key-id' in inputs) expect(inputs['key-type']).toBe('customer-managed');
      }
    }
  );
});

test('the pictures load quickly, and are there for light and dark', () => {
  const shown = [...README.matchAll(/(?:src="|srcset=")([^"]+)/g)].map(([, target = '']) => target);
  const pictures = readdirSync('docs/images');
  expect(shown.toSorted()).toEqual(pictures.map((file) => `docs/images/${file}`).sort());
  expect(pictures.filter((file) => file.includes('dark')).length).toBe(pictures.length / 2);
  for (const file of pictures) expect(statSync(join('docs/images', file)).size).toBeLessThan(60_000);
});
