import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const FILES = globSync(['*.md', 'docs/**/*.md', 'examples/*.md']);

/** The links of a file to what is in this repository. */
function linksIn(file: string): string[] {
  const targets = [...readFileSync(file, 'utf8').matchAll(/(?:\]\(|src="|srcset=")([^)"]+)/g)];
  return [...new Set(targets.map(([, target = '']) => target))].filter((target) => !target.startsWith('https://'));
}

/** The anchors of a file, as GitHub makes them of its headings. */
function anchorsIn(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')
  );
}

const LINKS = FILES.flatMap((file) => linksIn(file).map((target) => [file, target] as const));

test.each(LINKS)('%s links to what there is: %s', (file, target) => {
  const [path = '', fragment] = target.split('#');
  const linked = path === '' ? file : join(dirname(file), path);
  expect([linked, existsSync(linked)]).toEqual([linked, true]);
  if (fragment !== undefined) expect(anchorsIn(linked)).toContain(fragment);
});
