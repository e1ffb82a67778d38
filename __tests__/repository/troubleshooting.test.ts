import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { withParts } from '../../scripts/readme-parts.ts';
import { CATALOGUE } from '../../src/aws/error-catalogue.ts';
import { FAILURE_TYPES } from '../../src/aws/failure-types.ts';

const DOCUMENT = readFileSync('docs/troubleshooting.md', 'utf8');

/** The sources, with concatenated string literals joined. */
const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8').replaceAll(/['`] \+\n\s*['`]/g, ''))
  .join('\n');

describe('docs/troubleshooting.md', () => {
  test('matches the output of npm run docs', () => {
    expect(withParts(DOCUMENT)).toBe(DOCUMENT);
  });

  test('lists every code of the catalogue and every type of failure', () => {
    const codes = CATALOGUE.flatMap(({ codes = [], keyCodes = [] }) => [...codes, ...keyCodes]);
    const missing = [...codes, ...FAILURE_TYPES.keys()].filter((code) => !DOCUMENT.includes(`\`${code}\``));
    expect(missing).toEqual([]);
  });

  const [, messages = ''] = /\n## Messages\n(.*?)\n## /s.exec(DOCUMENT) ?? [];
  const quoted = [...messages.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, message = '']) => message)
  );

  test.each(quoted)('quotes a message that exists in the sources: %s', (message) => {
    const parts = message.split('…').filter((part) => part !== '');
    expect(parts.filter((part) => !SOURCES.includes(part))).toEqual([]);
    expect(message.length).toBeGreaterThan(12);
  });
});
