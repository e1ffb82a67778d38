/** Fails where the committed bundle is not, byte for byte, what the sources build. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fresh = mkdtempSync(join(tmpdir(), 'stream-encryption-dist-'));
try {
  execFileSync(process.execPath, ['scripts/build.ts', fresh], { stdio: 'inherit' });
  const files = [...new Set([...readdirSync('dist'), ...readdirSync(fresh)])].sort();
  const differing = files.filter((file) => !contents('dist', file).equals(contents(fresh, file)));
  if (differing.length > 0) {
    process.exitCode = 1;
    process.stderr.write(
      `dist is not what the sources build. Run "npm run build" and commit: ${differing.join(', ')}\n`
    );
  } else {
    process.stdout.write(`dist is what the sources build: ${files.length} files compared byte for byte\n`);
  }
} finally {
  rmSync(fresh, { recursive: true });
}

function contents(folder: string, file: string): Buffer {
  return readdirSync(folder).includes(file) ? readFileSync(join(folder, file)) : Buffer.alloc(0);
}
