import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FILES, withParts } from '../../scripts/readme-parts.ts';
import { OUTCOMES } from '../../src/encryption/model.ts';
import { toOutputs } from '../../src/github/inputs-outputs.ts';
import { INPUT_DEFAULTS } from '../../src/inputs/input-reader.ts';
import { codeBlocks, firstColumn, read, section } from '../support/documents.ts';

test.each(FILES)('%s matches the output of npm run docs', (file) => {
  expect(withParts(read(file))).toBe(read(file));
});

test('README.md is short enough to read at once, and shows a complete step before line 22', () => {
  const readme = read('README.md');
  expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(22_000);
  expect(readme.split('\n').length).toBeLessThanOrEqual(350);
  const [{ code } = { code: '' }] = codeBlocks('README.md', 'yaml');
  expect(readme.split('\n').slice(0, 21).join('\n')).toContain(code.trimEnd());
});

test('README.md lists every input, output and outcome, and docs/behaviour.md the outcomes from worst to best', () => {
  expect(firstColumn(section('README.md', 'Inputs'))).toEqual(expect.arrayContaining(Object.keys(INPUT_DEFAULTS)));
  expect(firstColumn(section('README.md', 'Outputs'))).toEqual(Object.keys(toOutputs([], 0)));
  expect(firstColumn(section('README.md', 'Outcomes')).toSorted()).toEqual([...OUTCOMES].sort());
  expect(firstColumn(section('docs/behaviour.md', 'Outcomes'))).toEqual([...OUTCOMES]);
});

/** The anchors that GitHub generates for the headings of a file. */
function anchorsIn(file: string): string[] {
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return headings.map((heading) => heading.replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-'));
}

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md', 'examples/*.md', '__tests__/*.md']);

test.each(DOCUMENTS)('every link in %s has an existing target', (file) => {
  const targets = [...read(file).matchAll(/(?:\]\(|src="|srcset=")([^)"]+)/g)].map(([, target = '']) => target);
  const broken = targets.filter((target) => {
    const [path = '', fragment] = target.split('#');
    const linked = path === '' ? file : join(dirname(file), path);
    return !existsSync(linked) || (fragment !== undefined && !anchorsIn(linked).includes(fragment));
  });
  expect(broken.filter((target) => !target.startsWith('https://'))).toEqual([]);
});

test.each(DOCUMENTS)('every path of the project that %s names exists', (file) => {
  const spans = [...read(file).matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span);
  const paths = spans.filter((span) => /^(__tests__|bench|demo|docs|local-aws|scripts|src|testing)\//.test(span));
  expect(paths.filter((path) => globSync(`${path}*`).length === 0)).toEqual([]);
});
