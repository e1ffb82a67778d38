import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { FILES, withParts } from '../../scripts/readme-parts.ts';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { readActionFile } from '../../testing/action-file.ts';
import { codeBlocks, firstColumn, read, section } from '../support/documents.ts';

const README = read('README.md');
const action = parse(readFileSync('action.yml', 'utf8'));
const { defaults } = readActionFile();

test('is short enough to read at once', () => {
  expect(Buffer.byteLength(README)).toBeLessThanOrEqual(22_000);
  expect(README.split('\n').length).toBeLessThanOrEqual(350);
});

test('shows a complete step for each kind before line 22', () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(README) ?? [];
  expect(parse(yaml)).toEqual(
    Object.entries({ kinesis: 'orders', firehose: 'clicks' }).map(([kind, name]) => ({
      uses: 'OWNER/stream-encryption@v1',
      with: { 'stream-kind': kind, 'stream-name': name, 'key-type': 'customer-managed', 'key-id': 'alias/streams' }
    }))
  );
  const end = README.indexOf(yaml) + yaml.trimEnd().length;
  expect(README.slice(0, end).split('\n').length).toBeLessThan(22);
});

test.each(FILES)('%s matches the output of npm run docs', (file) => {
  expect(withParts(read(file))).toBe(read(file));
});

describe('the tables of inputs and outputs', () => {
  test.each(Object.entries(defaults))('list the input %s with its default', (name, value) => {
    const { description } = action.inputs[name];
    expect(section('README.md', 'Inputs')).toContain(
      `| \`${name}\` | ${value === '' ? '–' : `\`${value}\``} | ${description} |`
    );
  });

  test('list every output', () => {
    expect(firstColumn(section('README.md', 'Outputs'))).toEqual(Object.keys(action.outputs));
  });
});

test('the table of outcomes lists all of them, and that of docs/behaviour.md from worst to best', () => {
  expect(firstColumn(section('README.md', 'Outcomes')).toSorted()).toEqual([...OUTCOMES].sort());
  expect(firstColumn(section('docs/behaviour.md', 'Outcomes'))).toEqual([...OUTCOMES]);
});

describe('the table of permissions', () => {
  const rows = [...section('README.md', 'Permissions').matchAll(/^\| .* \| (.*) \| \[.+\]\((docs\/iam\/.+)\) \|$/gm)];
  const documented = new Map(rows.map(([, text = '', policy = '']) => [policy, actionsIn(text)]));

  test.each([...documented])('lists what %s allows', (policy, actions) => {
    const statements: readonly { readonly Action: string | readonly string[] }[] = JSON.parse(read(policy)).Statement;
    const allowed = new Set(statements.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => !allowed.has(action))).toEqual([]);
    const described = new Set([...actions, ...(documented.get('docs/iam/check.json') ?? [])]);
    expect([...allowed].filter((action) => !described.has(action))).toEqual([]);
  });
});

function actionsIn(text: string): string[] {
  return [...text.matchAll(/`(\w+:\w+)`/g)].map(([, action = '']) => action);
}

test.each(codeBlocks('docs/permissions.md', 'json'))('docs/permissions.md: $heading: is valid JSON', ({ code }) => {
  expect(() => JSON.parse(code)).not.toThrow();
});

test('every picture is used, small, and available for light and dark mode', () => {
  const documents = [README, read('docs/fleets.md')];
  const used = documents.flatMap((text) => [...text.matchAll(/images\/([\w.-]+)/g)].map(([, picture]) => picture));
  const pictures = readdirSync('docs/images');
  expect(used.toSorted()).toEqual(pictures.toSorted());
  expect(pictures.filter((file) => file.includes('dark')).length).toBe(pictures.length / 2);
  for (const file of pictures) expect(statSync(join('docs/images', file)).size).toBeLessThan(200_000);
});
