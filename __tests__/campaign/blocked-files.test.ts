/**
 * Files that block, and a credential process that never ends, in each mode, for one stream and for several: the step ends, says
 * what blocks, sends no change, and calls no stream good. Through the bundle, because Node and the SDK read these files.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import type { Step } from '../../testing/runner.ts';
import { createStream, KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION } from './account.ts';
import { BUNDLE_DRIVER, type DrivenRun } from './drivers.ts';
import { testEach } from './suite.ts';

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const ROLE = { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci' };
const REGULAR = ', a named pipe: give a regular file';

/** What the log says, and the variables of the step. `PIPE` is a named pipe that nobody writes to, `HOME` its folder. */
type Blocked = readonly [name: string, words: string, env: (pipe: string, home: string) => Step['env']];

/** Files that are first read for a stream, until its deadline. */
const TIMED_OUT: readonly Blocked[] = [
  ['AWS_CONFIG_FILE', 'AWS_CONFIG_FILE is PIPE, a named pipe', (pipe) => ({ AWS_CONFIG_FILE: pipe })],
  [
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_SHARED_CREDENTIALS_FILE is PIPE, a named pipe',
    (pipe) => ({ ...NO_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe })
  ],
  [
    '~/.aws/credentials',
    '~/.aws/credentials is HOME/.aws/credentials, a named pipe',
    (_pipe, home) => {
      mkdirSync(join(home, '.aws'));
      execFileSync('mkfifo', [join(home, '.aws/credentials')]);
      return { ...NO_KEYS, HOME: home };
    }
  ],
  [
    'credential_process',
    'its credentials were not available in time: check where they come from (AWS_CONFIG_FILE is HOME/config',
    (_pipe, home) => {
      const script = join(home, 'process.sh');
      writeFileSync(script, `echo $$ > ${join(home, 'pid')}\nexec sleep 600\n`);
      return withProfile(home, `credential_process = sh ${script}\n`);
    }
  ]
];

/** Files that are read before the streams are selected. */
const FAILED: readonly Blocked[] = [
  [
    'AWS_CONFIG_FILE, for the region',
    'Input region is missing: AWS_CONFIG_FILE is PIPE, a named pipe, which could not be read within 10 s: give a regular file, on a disk that answers; give a region',
    (pipe) => ({ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe })
  ],
  ['AWS_CA_BUNDLE', 'AWS_CA_BUNDLE is PIPE, which could not be read within 10 s', (pipe) => ({ AWS_CA_BUNDLE: pipe })],
  [
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`,
    (pipe) => ({ ...NO_KEYS, ...ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: pipe })
  ],
  [
    'AWS_WEB_IDENTITY_TOKEN_FILE, with AWS_PROFILE beside a pair of keys',
    `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`,
    (pipe) => ({ ...ROLE, AWS_PROFILE: 'default', AWS_WEB_IDENTITY_TOKEN_FILE: pipe })
  ],
  [
    'web_identity_token_file of a profile',
    `web_identity_token_file in HOME/config is PIPE${REGULAR}`,
    (pipe, home) => withProfile(home, `role_arn = ${ROLE.AWS_ROLE_ARN}\nweb_identity_token_file = ${pipe}\n`)
  ],
  ['NODE_EXTRA_CA_CERTS', `NODE_EXTRA_CA_CERTS is PIPE${REGULAR}`, (pipe) => ({ NODE_EXTRA_CA_CERTS: pipe })]
];

function withProfile(home: string, lines: string) {
  const path = join(home, 'config');
  writeFileSync(path, `[default]\n${lines}`);
  return { ...NO_KEYS, AWS_CONFIG_FILE: path };
}

/** Each selection, and how many streams it names. */
const SELECTIONS = [
  { selection: 'one stream', names: 'orders', named: 1 },
  { selection: 'several streams', names: 'orders,invoices', named: 2 },
  { selection: 'a glob', names: '*', named: 0 }
] as const;

interface BlockedCase {
  readonly blocked: Blocked;
  readonly outcome: 'timed-out' | 'failed' | 'cancelled';
  readonly kind: Kind;
  readonly mode: string;
  readonly selection: (typeof SELECTIONS)[number];
}

function casesOf(files: readonly Blocked[], outcome: BlockedCase['outcome']): readonly BlockedCase[] {
  return files.flatMap((blocked) =>
    ['encrypt', 'check', 'plan'].flatMap((mode) =>
      KINDS.flatMap((kind) => SELECTIONS.map((selection) => ({ blocked, outcome, kind, mode, selection })))
    )
  );
}

/** In a sample, each once until it ends, and once cancelled. */
const CASES = sample(
  // A run that fails before it selects streams is over before it can be cancelled, or cancelled in end-to-end/cancellation.
  [...casesOf(TIMED_OUT, 'timed-out'), ...casesOf(FAILED, 'failed'), ...casesOf(TIMED_OUT, 'cancelled')],
  ({ blocked: [name], outcome }) => `${name}, ${outcome}`
);

interface BlockedRun {
  readonly run: DrivenRun;
  /** What the log must contain. */
  readonly words: string;
  readonly writes: number;
}

async function runBlocked({
  blocked: [, words, env],
  outcome,
  kind,
  mode,
  selection
}: BlockedCase): Promise<BlockedRun> {
  await using aws = await startLocalAws({ region: REGION });
  createKeys(aws);
  for (const name of ['orders', 'invoices']) createStream(aws, kind, { name, key: OLD_KEY });
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-blocked-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const running = Promise.withResolvers<void>();
  const isCancelled = outcome === 'cancelled';
  // A glob needs a list, which is never answered.
  const awaited = selection.named === 0 ? `mode ${mode}` : 'selected: ';
  try {
    const run = await BUNDLE_DRIVER.run({
      aws,
      clock: BUNDLE_DRIVER.clock(),
      inputs: {
        'stream-kind': kind,
        'stream-name': selection.names,
        'key-id': NEW_KEY,
        'settle-seconds': '0',
        'timeout-seconds': isCancelled ? '60' : '1',
        mode
      },
      env: env(pipe, folder),
      onLine: (line) => {
        if (line.includes(awaited)) running.resolve();
      },
      ...(isCancelled && { cancelWhen: running.promise })
    });
    const logged = isCancelled ? '' : words.replaceAll('PIPE', pipe).replaceAll('HOME', folder);
    return { run, words: logged, writes: aws.writes().length };
  } finally {
    const pid = join(folder, 'pid');
    if (existsSync(pid)) process.kill(Number(readFileSync(pid, 'utf8')));
    rmSync(folder, { recursive: true });
  }
}

// Windows has no named pipes in the file system.
const describeOnPosix = process.platform === 'win32' ? describe.skip : describe;

describeOnPosix('with a file that blocks', () => {
  // These runs wait nearly all of their time.
  testEach(
    { ...BUNDLE_DRIVER, concurrency: 12 },
    {
      cases: CASES,
      titleOf: ({ blocked: [name], outcome, kind, mode, selection }) =>
        `${name}: ${kind}, ${mode}, ${selection.selection} → ${outcome}`,
      run: runBlocked,
      verify: ({ outcome, selection }, { run: { outputs, report, summary, exitCode, log }, words, writes }) => {
        expect(exitCode).toBe(1);
        expect(Object.keys(outputs)).toEqual(OUTPUTS);
        expect(outputs).toMatchObject({ outcome, changed: 'false', encrypted: 'unknown' });
        expect(report).toMatchObject({ outcome, changed: false });
        const unknown = expect.objectContaining({ outcome, encrypted: 'unknown', keyId: null });
        expect(report.streams).toEqual(new Array(outcome === 'failed' ? 0 : selection.named).fill(unknown));
        expect(summary).toMatch(new RegExp(`Stream encryption: (\\d )?${outcome}</h3>`));
        expect(log.join('\n')).toContain(words);
        expect(log.join('\n')).not.toMatch(/TypeError|is not a function|undefined/);
        expect(writes).toBe(0);
      }
    }
  );
});
