import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from '../../../src/encryption/fleet/glob.ts';

test('only * and ? have a meaning, and upper case differs', () => {
  expect(matchesGlob('[a].(b|c)+\\', '[a].(b|c)+\\')).toBe(true);
  for (const glob of ['[a]', '(a|b)+', 'A', '.', '\\a']) expect(matchesGlob(glob, 'a')).toBe(false);
});

/** A simple and slow implementation to compare with. */
function reference([first, ...glob]: readonly string[], name: readonly string[]): boolean {
  if (first === undefined) return name.length === 0;
  if (first !== '*') return name.length > 0 && (first === '?' || first === name[0]) && reference(glob, name.slice(1));
  return reference(glob, name) || (name.length > 0 && reference([first, ...glob], name.slice(1)));
}

test('agrees with the reference implementation for random globs', () => {
  const glob = fc.array(fc.constantFrom('*', '?', 'a', 'b', '.'), { maxLength: 8 });
  const name = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 10 });
  fc.assert(
    fc.property(glob, name, (globParts, nameParts) => {
      expect(matchesGlob(globParts.join(''), nameParts.join(''))).toBe(reference(globParts, nameParts));
    }),
    { numRuns: 5_000 }
  );
});

test('does not backtrack exponentially', () => {
  expect(matchesGlob(`${'*a'.repeat(60)}b`, 'a'.repeat(128))).toBe(false);
});
