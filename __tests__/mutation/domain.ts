/**
 * The tests of the domain as one test file, for `npm run mutation`, which runs them once a mutant: jest takes several times
 * longer to link the sources for each of their files than to run them.
 */

import { globSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(import.meta.dirname, '..');
/** Random and very large inputs, which take too long to run for each mutant. */
const LONG = /properties/;

for (const path of globSync(['encryption/**/*.test.ts', 'reporting/*.test.ts', 'aws/errors*.test.ts'], {
  cwd: TESTS
}).sort()) {
  if (!LONG.test(path)) await import(join(TESTS, path));
}
