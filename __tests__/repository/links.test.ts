import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const FILES = globSync(['*.md', 'docs/**/*.md', 'examples/*.md']);

/** The links in a file to other files of this repository. */
function linksIn(file: string): string[] {
  const targets = [...readFileSync(file, 'utf8').matchAll(/(?:\]\(|src="|srcset=")([^)"]+)/g)];
  return [...new Set(targets.map(([, target = '']) => target))].filter((target) => !target.startsWith('https://'));
}

/** The anchors that GitHub generates for the headings of a file. */
function anchorsIn(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')
  );
}

const LINKS = FILES.flatMap((file) => linksIn(file).map((target) => [file, target] as const));

test.each(LINKS)('%s links to an existing target: %s', (file, target) => {
  const [path = '', fragment] = target.split('#');
  const linked = path === '' ? file : join(dirname(file), path);
  expect([linked, existsSync(linked)]).toEqual([linked, true]);
  if (fragment !== undefined) expect(anchorsIn(linked)).toContain(fragment);
});
