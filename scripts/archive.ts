/** `npm run archive`: prints the size of the last commit's archive, which runners download; fails if it is too large. */

import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 600_000;

const tar = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { maxBuffer: 64 * 1024 * 1024 });
const { length } = gzipSync(tar, { level: 9 });
process.stdout.write(
  `release archive: ${length.toLocaleString('en')} bytes of at most ${LIMIT_BYTES.toLocaleString('en')}\n`
);
if (length > LIMIT_BYTES) process.exitCode = 1;
