import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const AWS_SDK = '@aws-sdk/client-kms';
const CORE = '@actions/core';

/** A file, what it may import, and what it may not. */
const RULES: readonly (readonly [file: string, allowed: readonly string[], forbidden: readonly string[]])[] = [
  [
    'src/index.ts',
    ['./main.ts', './github/cancellation.ts', './github/process-end.ts'],
    ['./inputs/inputs.ts', './github/publish.ts']
  ],
  [
    'src/main.ts',
    ['./inputs/inputs.ts', './encryption/stream/check.ts', './aws/aws.ts', './github/log.ts'],
    ['../local-aws/server.ts', CORE, AWS_SDK]
  ],
  ['src/inputs/x.ts', ['../encryption/keys/key-id.ts'], ['../aws/kms.ts', '../github/log.ts', CORE]],
  ['src/encryption/x.ts', ['./model.ts', 'node:timers/promises'], ['./keys/keys.ts', '../aws/kms.ts', 'node:fs']],
  ['src/encryption/keys/x.ts', ['../model.ts'], ['../stream/plan.ts', '../../reporting/tally.ts']],
  ['src/encryption/stream/x.ts', ['../keys/keys.ts'], ['../fleet/fleet.ts', '../../github/log.ts', AWS_SDK]],
  ['src/encryption/fleet/x.ts', ['../stream/encrypt.ts'], ['../../aws/kms.ts', 'node:timers/promises']],
  ['src/reporting/x.ts', ['../encryption/model.ts'], ['../github/log.ts', 'node:fs/promises']],
  [
    'src/aws/x.ts',
    ['../encryption/model.ts', AWS_SDK, 'node:http'],
    ['../github/log.ts', '../reporting/tally.ts', '../main.ts', '../../local-aws/server.ts', CORE]
  ],
  ['src/github/x.ts', ['../reporting/tally.ts', CORE], ['../aws/kms.ts', AWS_SDK]],
  ['local-aws/x.ts', ['./protocol.ts', 'node:timers/promises'], ['../src/main.ts', AWS_SDK]]
];

describe('the import rules', () => {
  const project = mkdtempSync(join(tmpdir(), 'stream-encryption-import-rules-'));
  /** By file and line, such as `src/main.ts:3`, with the rule. */
  let diagnostics: readonly string[] = [];

  function write(file: string, content: string): void {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), content);
  }

  beforeAll(() => {
    cpSync('biome.json', join(project, 'biome.json'));
    for (const [file, allowed, forbidden] of RULES) {
      const imports = [...allowed, ...forbidden].map((path, index) => `import { x${index} } from '${path}';\n`);
      write(file, imports.join(''));
    }
    const interfaceFrom = (file: string) => `import type { X } from '${file}';\nexport interface X2 extends X {}\n`;
    write('src/encryption/cycle-a.ts', interfaceFrom('./cycle-b.ts'));
    write('src/encryption/cycle-b.ts', interfaceFrom('./cycle-a.ts'));
    const rules = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles'];
    const options = ['--vcs-enabled=false', '--max-diagnostics=none', '--colors=off'];
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', ...rules, ...options, '.'], {
      cwd: project,
      encoding: 'utf8'
    });
    const found = (stdout + stderr).matchAll(/^(\S+):(\d+):\d+ lint\/\w+\/(\w+)/gm);
    diagnostics = [...found].map(([, file, line, rule]) => `${file}:${line} ${rule}`);
  });

  afterAll(() => rmSync(project, { recursive: true }));

  test.each(RULES)('%s may import %j, but not %j', (file, allowed, forbidden) => {
    const expected = forbidden.map((_, index) => `${file}:${allowed.length + index + 1} noRestrictedImports`);
    expect(diagnostics.filter((line) => line.startsWith(`${file}:`))).toEqual(expected);
  });

  test('a cycle of imports is an error, even of types', () => {
    const cycles = diagnostics.filter((line) => line.endsWith('noImportCycles')).sort();
    expect(cycles).toEqual([
      'src/encryption/cycle-a.ts:1 noImportCycles',
      'src/encryption/cycle-b.ts:1 noImportCycles'
    ]);
  });
});
