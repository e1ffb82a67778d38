import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FILES, withParts } from '../../scripts/readme-parts.ts';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/input-reader.ts';
import { codeBlocks, firstColumn, read, section } from '../support/documents.ts';

test.each(FILES)('%s matches the output of npm run docs', (file) => {
  expect(withParts(read(file))).toBe(read(file));
});

describe('README.md', () => {
  test('is short enough to read at once, and shows a complete step before line 22', () => {
    const readme = read('README.md');
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(22_000);
    expect(readme.split('\n').length).toBeLessThanOrEqual(350);
    const [block] = codeBlocks('README.md', 'yaml');
    const [before = ''] = readme.split(block?.code.trimEnd() ?? '', 1);
    expect(`${before}${block?.code.trimEnd()}`.split('\n').length).toBeLessThan(22);
  });

  test('lists every input, output and outcome, and docs/behaviour.md the outcomes from worst to best', () => {
    expect(firstColumn(section('README.md', 'Inputs'))).toEqual(expect.arrayContaining(Object.keys(INPUT_DEFAULTS)));
    expect(firstColumn(section('README.md', 'Outputs'))).toEqual(Object.keys(toOutputs([], 0)));
    expect(firstColumn(section('README.md', 'Outcomes')).toSorted()).toEqual([...OUTCOMES].sort());
    expect(firstColumn(section('docs/behaviour.md', 'Outcomes'))).toEqual([...OUTCOMES]);
  });

  const rows = [...section('README.md', 'Permissions').matchAll(/^\| .* \| (.*) \| \[.+\]\((docs\/iam\/.+)\) \|$/gm)];
  const documented = new Map(rows.map(([, text = '', policy = '']) => [policy, actionsIn(text)]));

  function actionsIn(text: string): string[] {
    return [...text.matchAll(/`(\w+:\w+)`/g)].map(([, action = '']) => action);
  }

  test.each([...documented])('lists what %s allows', (policy, actions) => {
    const statements: readonly { readonly Action: string | readonly string[] }[] = JSON.parse(read(policy)).Statement;
    const allowed = new Set(statements.flatMap(({ Action }) => Action));
    const described = [...actions, ...(documented.get('docs/iam/check.json') ?? [])];
    expect([...allowed]).toEqual(expect.arrayContaining(actions));
    expect(described).toEqual(expect.arrayContaining([...allowed]));
  });
});

test.each(codeBlocks('docs/permissions.md', 'json'))('docs/permissions.md: $heading: is valid JSON', ({ code }) => {
  expect(() => JSON.parse(code)).not.toThrow();
});

test('every picture is used, small, and available for light and dark mode', () => {
  const text = read('README.md') + read('docs/fleets.md');
  const used = [...text.matchAll(/images\/([\w.-]+)/g)].map(([, picture]) => picture);
  const pictures = readdirSync('docs/images');
  expect(used.toSorted()).toEqual(pictures.toSorted());
  expect(pictures.filter((file) => file.includes('dark')).length).toBe(pictures.length / 2);
  for (const file of pictures) expect(statSync(join('docs/images', file)).size).toBeLessThan(200_000);
});

/** The links in a file to other files of this repository. */
function linksIn(file: string): string[] {
  const targets = [...read(file).matchAll(/(?:\]\(|src="|srcset=")([^)"]+)/g)].map(([, target = '']) => target);
  return [...new Set(targets)].filter((target) => !target.startsWith('https://'));
}

/** The anchors that GitHub generates for the headings of a file. */
function anchorsIn(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')
  );
}

test.each(globSync(['*.md', 'docs/**/*.md', 'examples/*.md']))('every link in %s has an existing target', (file) => {
  const broken = linksIn(file).filter((target) => {
    const [path = '', fragment] = target.split('#');
    const linked = path === '' ? file : join(dirname(file), path);
    return !existsSync(linked) || (fragment !== undefined && !anchorsIn(linked).includes(fragment));
  });
  expect(broken).toEqual([]);
});
