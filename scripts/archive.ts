/** Prints how large the archive of the last commit is that a runner fetches at every use, and fails where that is too large. */

import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';

const LIMIT = 600_000;

const tar = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { maxBuffer: 64 * 1024 * 1024 });
const { length } = gzipSync(tar, { level: 9 });
process.stdout.write(
  `release archive: ${length.toLocaleString('en')} bytes of at most ${LIMIT.toLocaleString('en')}\n`
);
if (length > LIMIT) process.exitCode = 1;
