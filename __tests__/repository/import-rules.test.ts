import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const FORBIDDEN = [
  ['src/index.ts', './inputs/inputs.ts'],
  ['src/index.ts', './github/publish.ts'],
  ['src/main.ts', '../local-aws/server.ts'],
  ['src/main.ts', '@actions/core'],
  ['src/main.ts', '@aws-sdk/client-kms'],
  ['src/inputs/x.ts', '../aws/kms.ts'],
  ['src/inputs/x.ts', '../github/log.ts'],
  ['src/inputs/x.ts', '@actions/core'],
  ['src/encryption/x.ts', './keys/keys.ts'],
  ['src/encryption/x.ts', '../aws/kms.ts'],
  ['src/encryption/x.ts', 'node:fs'],
  ['src/encryption/keys/x.ts', '../stream/plan.ts'],
  ['src/encryption/keys/x.ts', '../../reporting/tally.ts'],
  ['src/encryption/stream/x.ts', '../fleet/fleet.ts'],
  ['src/encryption/stream/x.ts', '../../github/log.ts'],
  ['src/encryption/stream/x.ts', '@aws-sdk/client-kms'],
  ['src/encryption/fleet/x.ts', '../../aws/kms.ts'],
  ['src/encryption/fleet/x.ts', 'node:timers/promises'],
  ['src/reporting/x.ts', '../github/log.ts'],
  ['src/reporting/x.ts', 'node:fs/promises'],
  ['src/aws/x.ts', '../github/log.ts'],
  ['src/aws/x.ts', '../reporting/tally.ts'],
  ['src/aws/x.ts', '../main.ts'],
  ['src/aws/x.ts', '../../local-aws/server.ts'],
  ['src/aws/x.ts', '@actions/core'],
  ['src/github/x.ts', '../aws/kms.ts'],
  ['src/github/x.ts', '@aws-sdk/client-kms'],
  ['local-aws/x.ts', '../src/main.ts'],
  ['local-aws/x.ts', '@aws-sdk/client-kms']
] as const;

const ALLOWED = [
  ['src/index.ts', './main.ts'],
  ['src/index.ts', './github/cancellation.ts'],
  ['src/index.ts', './github/process-end.ts'],
  ['src/main.ts', './inputs/inputs.ts'],
  ['src/main.ts', './encryption/stream/check.ts'],
  ['src/main.ts', './aws/aws.ts'],
  ['src/main.ts', './github/log.ts'],
  ['src/inputs/x.ts', '../encryption/keys/key-id.ts'],
  ['src/encryption/x.ts', './model.ts'],
  ['src/encryption/keys/x.ts', '../model.ts'],
  ['src/encryption/stream/x.ts', '../keys/keys.ts'],
  ['src/encryption/fleet/x.ts', '../stream/encrypt.ts'],
  ['src/reporting/x.ts', '../encryption/model.ts'],
  ['src/aws/x.ts', '../encryption/model.ts'],
  ['src/aws/x.ts', '@aws-sdk/client-kms'],
  ['src/aws/x.ts', 'node:http'],
  ['src/github/x.ts', '../reporting/tally.ts'],
  ['src/github/x.ts', '@actions/core'],
  ['local-aws/x.ts', './protocol.ts'],
  ['local-aws/x.ts', 'node:timers/promises']
] as const;

/** Two files that import each other, as types only. */
const CYCLE = ['cycle-a.ts', 'cycle-b.ts'] as const;

/** The line of a file that has an import of its own. */
function lineOf(file: string, imported: string): number {
  return RULES.filter(([other]) => other === file).findIndex(([, other]) => other === imported) + 1;
}

const RULES: readonly (readonly [file: string, imported: string])[] = [...FORBIDDEN, ...ALLOWED];

describe('the import rules', () => {
  const project = mkdtempSync(join(tmpdir(), 'stream-encryption-import-rules-'));
  let diagnostics = '';

  beforeAll(() => {
    cpSync('biome.json', join(project, 'biome.json'));
    for (const [file, rules] of Map.groupBy(RULES, ([file]) => file)) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      const imports = rules.map(([, imported], index) => `import { x${index} } from '${imported}';\n`);
      writeFileSync(join(project, file), imports.join(''));
    }
    for (const [file, imported] of [CYCLE, CYCLE.toReversed()]) {
      writeFileSync(
        join(project, 'src/encryption', file),
        `import type { X } from './${imported}';\nexport interface X2 extends X {}\n`
      );
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        biome,
        'lint',
        '--only=style/noRestrictedImports',
        '--only=suspicious/noImportCycles',
        '--vcs-enabled=false',
        '--max-diagnostics=none',
        '.'
      ],
      { cwd: project, encoding: 'utf8' }
    );
    diagnostics = stdout + stderr;
  });

  afterAll(() => rmSync(project, { recursive: true }));

  test.each(FORBIDDEN)('%s may not import %s', (file, imported) => {
    expect(diagnostics).toContain(`${file}:${lineOf(file, imported)}:`);
  });

  test.each(ALLOWED)('%s may import %s', (file, imported) => {
    expect(diagnostics).not.toContain(`${file}:${lineOf(file, imported)}:`);
  });

  test.each(CYCLE)('a cycle of imports is an error, even of types: %s', (file) => {
    expect(diagnostics).toMatch(new RegExp(`src/encryption/${file}:1:\\d+ lint/suspicious/noImportCycles`));
  });
});
