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
import { createStream, KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { createKeys, NEW_KEY, OLD_KEY, REGION } from './account.ts';
import { BUNDLE_DRIVER, type DrivenRun } from './drivers.ts';
import { testEach } from './suite.ts';

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const ROLE = { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci' };
const REGULAR = ', a named pipe: give a regular file';

interface Blocked {
  readonly name: string;
  /** The variables of the step. `pipe` is a named pipe that nobody writes to. */
  readonly env: (pipe: string, folder: string) => Record<string, string | undefined>;
  /** What the log says, after the name of the variable. */
  readonly words: string;
}

/** Files that are first read for a stream, until its deadline. */
const TIMED_OUT: readonly Blocked[] = [
  {
    name: 'AWS_CONFIG_FILE',
    env: (pipe) => ({ AWS_CONFIG_FILE: pipe }),
    words: 'AWS_CONFIG_FILE is PIPE, a named pipe'
  },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE',
    env: (pipe) => ({ ...NO_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe }),
    words: 'AWS_SHARED_CREDENTIALS_FILE is PIPE, a named pipe'
  },
  {
    name: '~/.aws/credentials',
    env: (_pipe, folder) => {
      mkdirSync(join(folder, '.aws'));
      execFileSync('mkfifo', [join(folder, '.aws/credentials')]);
      return { ...NO_KEYS, HOME: folder };
    },
    words: '~/.aws/credentials is HOME/.aws/credentials, a named pipe'
  },
  {
    name: 'credential_process',
    env: (_pipe, folder) => {
      const script = join(folder, 'process.sh');
      writeFileSync(script, `echo $$ > ${join(folder, 'pid')}\nexec sleep 600\n`);
      return withProfile(folder, `credential_process = sh ${script}\n`);
    },
    words: 'its credentials were not available in time: check where they come from (AWS_CONFIG_FILE is HOME/config'
  }
];

/** Files that are read before the streams are selected. */
const FAILED: readonly Blocked[] = [
  {
    name: 'AWS_CONFIG_FILE, for the region',
    env: (pipe) => ({ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe }),
    words:
      'Input region is missing: AWS_CONFIG_FILE is PIPE, a named pipe, which could not be read within 10 s: give a regular file, on a disk that answers; give a region'
  },
  {
    name: 'AWS_CA_BUNDLE',
    env: (pipe) => ({ AWS_CA_BUNDLE: pipe }),
    words: 'AWS_CA_BUNDLE is PIPE, which could not be read within 10 s'
  },
  {
    name: 'AWS_WEB_IDENTITY_TOKEN_FILE',
    env: (pipe) => ({ ...NO_KEYS, ...ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: pipe }),
    words: `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`
  },
  {
    name: 'AWS_WEB_IDENTITY_TOKEN_FILE, with AWS_PROFILE beside a pair of keys',
    env: (pipe) => ({ ...ROLE, AWS_PROFILE: 'default', AWS_WEB_IDENTITY_TOKEN_FILE: pipe }),
    words: `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`
  },
  {
    name: 'web_identity_token_file of a profile',
    env: (pipe, folder) => withProfile(folder, `role_arn = ${ROLE.AWS_ROLE_ARN}\nweb_identity_token_file = ${pipe}\n`),
    words: `web_identity_token_file in HOME/config is PIPE${REGULAR}`
  },
  {
    name: 'NODE_EXTRA_CA_CERTS',
    env: (pipe) => ({ NODE_EXTRA_CA_CERTS: pipe }),
    words: `NODE_EXTRA_CA_CERTS is PIPE${REGULAR}`
  }
];

function withProfile(folder: string, lines: string) {
  const path = join(folder, 'config');
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
  ({ blocked, outcome }) => `${blocked.name}, ${outcome}`
);

interface BlockedRun {
  readonly run: DrivenRun;
  /** What the log must contain. */
  readonly words: string;
  readonly writes: number;
}

async function runBlocked({ blocked, outcome, kind, mode, selection }: BlockedCase): Promise<BlockedRun> {
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
      env: blocked.env(pipe, folder),
      onLine: (line) => {
        if (line.includes(awaited)) running.resolve();
      },
      ...(isCancelled && { cancelWhen: running.promise })
    });
    const words = isCancelled ? '' : blocked.words.replaceAll('PIPE', pipe).replaceAll('HOME', folder);
    return { run, words, writes: aws.writes().length };
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
      titleOf: ({ blocked, outcome, kind, mode, selection }) =>
        `${blocked.name}: ${kind}, ${mode}, ${selection.selection} → ${outcome}`,
      run: runBlocked,
      verify: ({ outcome, selection }, { run: { outputs, report, summary, exitCode, log }, words, writes }) => {
        expect(exitCode).toBe(1);
        expect(Object.keys(outputs)).toEqual(OUTPUTS);
        expect(outputs).toMatchObject({ outcome, changed: 'false', encrypted: 'unknown' });
        expect(report).toMatchObject({ outcome, changed: false });
        for (const stream of report.streams) {
          expect(stream).toMatchObject({ outcome, encrypted: 'unknown', keyId: null });
        }
        expect(report.streams).toHaveLength(outcome === 'failed' ? 0 : selection.named);
        expect(summary).toMatch(new RegExp(`Stream encryption: (\\d )?${outcome}</h3>`));
        expect(log.join('\n')).toContain(words);
        expect(log.join('\n')).not.toMatch(/TypeError|is not a function|undefined/);
        expect(writes).toBe(0);
      }
    }
  );
});
