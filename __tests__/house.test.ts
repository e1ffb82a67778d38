import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const FORBIDDEN = [
  ['src/encryption', '../aws/kms.ts'],
  ['src/encryption', '../github/log.ts'],
  ['src/encryption', '../inputs.ts'],
  ['src/encryption', 'node:fs'],
  ['src/encryption', '@aws-sdk/client-kms'],
  ['src/aws', '../github/log.ts'],
  ['src/aws', '../main.ts'],
  ['src/aws', '../../local-aws/server.ts'],
  ['src/aws', '@actions/core'],
  ['src/github', '../aws/kms.ts'],
  ['src/github', '@aws-sdk/client-kms'],
  ['src', './aws/aws.ts'],
  ['src', './github/inputs.ts'],
  ['src', './main.ts'],
  ['src', './inputs.ts'],
  ['src', '../local-aws/server.ts'],
  ['local-aws', '../src/main.ts'],
  ['local-aws', '@aws-sdk/client-kms']
] as const;

const ALLOWED = [
  ['src/encryption', './model.ts'],
  ['src/aws', '../encryption/model.ts'],
  ['src/aws', '@aws-sdk/client-kms'],
  ['src/aws', 'node:http'],
  ['src/github', '../encryption/model.ts'],
  ['src/github', '@actions/core'],
  ['src', './encryption/model.ts'],
  ['src', './key-inputs.ts'],
  ['local-aws', './protocol.ts'],
  ['local-aws', 'node:timers/promises']
] as const;

/** The file of the scratch project that has this import and no other. */
function fileOf(folder: string, imported: string): string {
  return `${folder}/imports-${imported.replace(/\W+/g, '-')}.ts`;
}

describe('the import rules of the house', () => {
  const project = mkdtempSync(join(tmpdir(), 'stream-encryption-house-'));
  let says = '';

  beforeAll(() => {
    cpSync('biome.json', join(project, 'biome.json'));
    for (const [folder, imported] of [...FORBIDDEN, ...ALLOWED]) {
      const file = join(project, fileOf(folder, imported));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { x } from '${imported}';\nx();\n`);
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [biome, 'lint', '--only=style/noRestrictedImports', '--vcs-enabled=false', '--max-diagnostics=none', '.'],
      { cwd: project, encoding: 'utf8' }
    );
    says = stdout + stderr;
  });

  afterAll(() => rmSync(project, { recursive: true }));

  test.each(FORBIDDEN)('%s may not import %s', (folder, imported) => {
    expect(says).toContain(`${fileOf(folder, imported)}:1`);
  });

  test.each(ALLOWED)('%s may import %s', (folder, imported) => {
    expect(says).not.toContain(`${fileOf(folder, imported)}:1`);
  });
});
