/**
 * Writes the files of the step: synchronously, so that neither a second signal nor a blocked thread of Node's pool can come
 * between, and without waiting for a reader of a named pipe.
 */

import { closeSync, constants, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Windows has no O_NONBLOCK, and needs none: a path there does not name a pipe that waits for its reader.
const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_NONBLOCK } = constants;

/** Appends to an existing file. A named pipe that nobody reads is an error. */
export function appendToFile(path: string, text: string): void {
  write(path, O_APPEND, text);
}

/** Creates or replaces a file, and creates its missing folders. A named pipe that nobody reads is an error. */
export function replaceFile(path: string, text: string): void {
  makeFolder(dirname(path));
  write(path, O_CREAT | O_TRUNC, text);
}

function write(path: string, flags: number, text: string): void {
  const file = openSync(path, O_WRONLY | O_NONBLOCK | flags);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

/** Node's own recursive mkdir never returns if an existing folder refuses a new one as missing, as /proc does. */
function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (existsSync(folder) || parent === folder) return;
  makeFolder(parent);
  mkdirSync(folder);
}
