import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const AWS_SDK = '@aws-sdk/client-kms';
const CORE = '@actions/core';

/** What the files of a folder may not import. `npm run lint` shows that they may import what they do. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  'src/index.ts': ['./inputs/inputs.ts', './github/publish.ts'],
  'src/main.ts': ['../local-aws/server.ts', CORE, AWS_SDK],
  'src/inputs/x.ts': ['../aws/kms.ts', '../github/log.ts', CORE],
  'src/encryption/x.ts': ['./keys/keys.ts', '../aws/kms.ts', 'node:fs'],
  'src/encryption/keys/x.ts': ['../stream/plan.ts', '../../reporting/tally.ts'],
  'src/encryption/stream/x.ts': ['../fleet/fleet.ts', '../../github/log.ts', AWS_SDK],
  'src/encryption/fleet/x.ts': ['../../aws/kms.ts', 'node:timers/promises'],
  'src/reporting/x.ts': ['../github/log.ts', 'node:fs/promises'],
  'src/aws/x.ts': ['../github/log.ts', '../reporting/tally.ts', '../main.ts', '../../local-aws/server.ts', CORE],
  'src/github/x.ts': ['../aws/kms.ts', AWS_SDK],
  'local-aws/x.ts': ['../src/main.ts', AWS_SDK]
};

test('the import rules report every forbidden import, and every cycle, even of types', () => {
  const project = mkdtempSync(join(tmpdir(), 'stream-encryption-import-rules-'));
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), content);
  };
  cpSync('biome.json', join(project, 'biome.json'));
  const expected: string[] = [];
  for (const [file, paths] of Object.entries(FORBIDDEN)) {
    write(file, paths.map((path, index) => `import { x${index} } from '${path}';\n`).join(''));
    expected.push(...paths.map((_, index) => `${file}:${index + 1} noRestrictedImports`));
  }
  for (const [file, other] of ['ab', 'ba']) {
    write(`src/reporting/${file}.ts`, `import type { X } from './${other}.ts';\nexport interface X2 extends X {}\n`);
    expected.push(`src/reporting/${file}.ts:1 noImportCycles`);
  }
  const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles', '--vcs-enabled=false'];
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const command = [biome, 'lint', ...rules, '--max-diagnostics=none', '--colors=off'];
  const { stdout, stderr } = spawnSync(process.execPath, [...command, '.'], { cwd: project, encoding: 'utf8' });
  rmSync(project, { recursive: true });
  const found = (stdout + stderr).matchAll(/^(\S+):(\d+):\d+ lint\/\w+\/(\w+)/gm);
  expect([...found].map(([, file, line, rule]) => `${file}:${line} ${rule}`).sort()).toEqual(expected.sort());
});
