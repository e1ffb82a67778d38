/**
 * Files that block, and a credential process that never ends, in each mode, for one stream and for several: the step ends, says
 * what blocks, sends no change, and calls no stream good. Through the bundle, because Node and the SDK read these files.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Step } from '../../testing/runner.ts';
import { createStream, KINDS, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, OLD_KEY } from './account.ts';
import { BUNDLE_DRIVER, drive, testEach } from './drivers.ts';

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const ROLE_ARN = 'arn:aws:iam::111122223333:role/ci';

/**
 * A name, the variables of the step, and what the log says, if not only that the file is the pipe. `PIPE` is a named pipe that
 * nobody writes to, `HOME` its folder.
 */
type Blocked = readonly [name: string, env: (pipe: string, home: string) => Step['env'], words?: string];

/** Files that are first read for a stream, until its deadline. */
const TIMED_OUT: readonly Blocked[] = [
  ['AWS_CONFIG_FILE', (pipe) => ({ AWS_CONFIG_FILE: pipe })],
  ['AWS_SHARED_CREDENTIALS_FILE', (pipe) => ({ ...NO_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe })],
  [
    '~/.aws/credentials',
    (_pipe, home) => {
      mkdirSync(join(home, '.aws'));
      execFileSync('mkfifo', [join(home, '.aws/credentials')]);
      return { ...NO_KEYS, HOME: home };
    },
    '~/.aws/credentials is HOME/.aws/credentials, a named pipe'
  ],
  [
    'credential_process',
    (_pipe, home) => {
      const script = join(home, 'process.sh');
      writeFileSync(script, `echo $$ > ${join(home, 'pid')}\nexec sleep 600\n`);
      return withProfile(home, `credential_process = sh ${script}\n`);
    },
    'its credentials were not available in time: check where they come from (AWS_CONFIG_FILE is HOME/config'
  ]
];

/** Files that are read before the streams are selected. */
const FAILED: readonly Blocked[] = [
  [
    'AWS_CONFIG_FILE, for the region',
    (pipe) => ({ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe }),
    'Input region is missing: AWS_CONFIG_FILE is PIPE, a named pipe, which could not be read within 10 s'
  ],
  ['AWS_CA_BUNDLE', (pipe) => ({ AWS_CA_BUNDLE: pipe })],
  [
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    (pipe) => ({ ...NO_KEYS, AWS_ROLE_ARN: ROLE_ARN, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })
  ],
  [
    'web_identity_token_file in HOME/config',
    (pipe, home) => withProfile(home, `role_arn = ${ROLE_ARN}\nweb_identity_token_file = ${pipe}\n`)
  ],
  ['NODE_EXTRA_CA_CERTS', (pipe) => ({ NODE_EXTRA_CA_CERTS: pipe })]
];

function withProfile(home: string, lines: string) {
  const path = join(home, 'config');
  writeFileSync(path, `[default]\n${lines}`);
  return { ...NO_KEYS, AWS_CONFIG_FILE: path };
}

const ENDS = [
  ...TIMED_OUT.map((blocked) => ({ blocked, outcome: 'timed-out' as const })),
  // Such a run is over before it can be cancelled, or cancelled in end-to-end/cancellation.
  ...FAILED.map((blocked) => ({ blocked, outcome: 'failed' as const })),
  ...TIMED_OUT.map((blocked) => ({ blocked, outcome: 'cancelled' as const }))
];
const MODES = ['encrypt', 'check', 'plan'];
const SELECTIONS = ['orders', 'orders,invoices', '*'];

const ALL = ENDS.flatMap((end) =>
  MODES.flatMap((mode) => KINDS.flatMap((kind) => SELECTIONS.map((names) => ({ ...end, mode, kind, names }))))
);
/** In a sample, each once until it ends, and once cancelled. Windows has no named pipes in the file system. */
const CASES = process.platform === 'win32' ? [] : sample(ALL, ({ blocked, outcome }) => `${blocked[0]}, ${outcome}`);
type BlockedCase = (typeof CASES)[number];

function titleOf({ blocked: [name], outcome, mode, kind, names }: BlockedCase): string {
  return `${name}: ${kind}, ${mode}, ${names} → ${outcome}`;
}

// These runs wait nearly all of their time.
testEach({ ...BUNDLE_DRIVER, concurrency: 12 }, CASES, titleOf, async ({ blocked, outcome, mode, kind, names }) => {
  const [name, env, words = `${name} is PIPE`] = blocked;
  const isCancelled = outcome === 'cancelled';
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-blocked-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const running = Promise.withResolvers<void>();
  // A glob needs a list, which is never answered.
  const awaited = names === '*' ? `mode ${mode}` : 'selected: ';
  try {
    const { outputs, report, summary, exitCode, log, aws } = await drive(BUNDLE_DRIVER, {
      setUp: (aws) => {
        for (const stream of ['orders', 'invoices']) createStream(aws, kind, { name: stream, key: OLD_KEY });
      },
      inputs: {
        'stream-kind': kind,
        'stream-name': names,
        'key-id': NEW_KEY,
        'settle-seconds': '0',
        'timeout-seconds': isCancelled ? '60' : '1',
        mode
      },
      env: env(pipe, folder),
      onLine: (line) => {
        if (line.includes(awaited)) running.resolve();
      },
      cancelWhen: isCancelled ? running.promise : undefined
    });
    expect(exitCode).toBe(1);
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    expect(outputs).toMatchObject({ outcome, changed: 'false', encrypted: 'unknown' });
    expect(report).toMatchObject({ outcome, changed: false });
    const selected = outcome === 'failed' || names === '*' ? [] : names.split(',');
    const unknown = expect.objectContaining({ outcome, encrypted: 'unknown', keyId: null });
    expect(report.streams).toEqual(selected.map(() => unknown));
    expect(summary).toMatch(new RegExp(`Stream encryption: (\\d )?${outcome}</h3>`));
    const text = log.join('\n');
    if (!isCancelled) expect(text).toContain(words.replaceAll('PIPE', pipe).replaceAll('HOME', folder));
    expect(text).not.toMatch(/TypeError|is not a function|undefined/);
    expect(aws.writes()).toEqual([]);
  } finally {
    const pid = join(folder, 'pid');
    if (existsSync(pid)) process.kill(Number(readFileSync(pid, 'utf8')));
    rmSync(folder, { recursive: true });
  }
});
