/** Gives a test run a folder for its temporary files, and removes it at the end. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest calls this before it starts its workers, which inherit the environment. */
export default function setup(): void {
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-tests-'));
  // Windows reads TEMP, all others TMPDIR.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
