/**
 * Files that block, and a credential process that never ends, in each mode, for one stream and for several: the step ends, says
 * what blocks, sends no change, and calls no stream good. Through the bundle, because Node and the SDK read these files.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { createStream, KINDS, type Kind, OUTPUTS } from '../end-to-end/step.ts';
import { sample } from '../support/extent.ts';
import { NEW_KEY, NEW_KEY_ID, OLD_KEY, OLD_KEY_ID, REGION } from './account.ts';
import { BUNDLE_DRIVER, type DrivenRun } from './drivers.ts';
import { runInPool } from './pool.ts';

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const ROLE = { AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci' };
const REGULAR = ', a named pipe: give a regular file';

interface Blocked {
  readonly name: string;
  /** The variables of the step. `pipe` is a named pipe that nobody writes to. */
  readonly env: (pipe: string, folder: string) => Record<string, string | undefined>;
  readonly outcome: 'timed-out' | 'failed';
  /** What the log says, after the name of the variable. */
  readonly words: string;
}

const BLOCKED: readonly Blocked[] = [
  {
    name: 'AWS_CONFIG_FILE',
    env: (pipe) => ({ AWS_CONFIG_FILE: pipe }),
    outcome: 'timed-out',
    words: 'AWS_CONFIG_FILE is PIPE, a named pipe'
  },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE',
    env: (pipe) => ({ ...NO_KEYS, AWS_SHARED_CREDENTIALS_FILE: pipe }),
    outcome: 'timed-out',
    words: 'AWS_SHARED_CREDENTIALS_FILE is PIPE, a named pipe'
  },
  {
    name: '~/.aws/credentials',
    env: (_pipe, folder) => {
      mkdirSync(join(folder, '.aws'));
      execFileSync('mkfifo', [join(folder, '.aws/credentials')]);
      return { ...NO_KEYS, HOME: folder };
    },
    outcome: 'timed-out',
    words: '~/.aws/credentials is HOME/.aws/credentials, a named pipe'
  },
  {
    name: 'credential_process',
    env: (_pipe, folder) => {
      const script = join(folder, 'process.sh');
      writeFileSync(script, `echo $$ > ${join(folder, 'pid')}\nexec sleep 600\n`);
      writeFileSync(join(folder, 'config'), `[default]\ncredential_process = sh ${script}\n`);
      return { ...NO_KEYS, AWS_CONFIG_FILE: join(folder, 'config') };
    },
    outcome: 'timed-out',
    words: 'its credentials were not available in time: check where they come from (AWS_CONFIG_FILE is HOME/config'
  },
  {
    name: 'AWS_CONFIG_FILE, for the region',
    env: (pipe) => ({ AWS_REGION: undefined, AWS_CONFIG_FILE: pipe }),
    outcome: 'failed',
    words:
      'Input region is missing: AWS_CONFIG_FILE is PIPE, a named pipe, which could not be read within 10 s: give a regular file, on a disk that answers; give a region'
  },
  {
    name: 'AWS_CA_BUNDLE',
    env: (pipe) => ({ AWS_CA_BUNDLE: pipe }),
    outcome: 'failed',
    words: 'AWS_CA_BUNDLE is PIPE, which could not be read within 10 s'
  },
  {
    name: 'AWS_WEB_IDENTITY_TOKEN_FILE',
    env: (pipe) => ({ ...NO_KEYS, ...ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: pipe }),
    outcome: 'failed',
    words: `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`
  },
  {
    name: 'AWS_WEB_IDENTITY_TOKEN_FILE, with AWS_PROFILE beside a pair of keys',
    env: (pipe) => ({ ...ROLE, AWS_PROFILE: 'default', AWS_WEB_IDENTITY_TOKEN_FILE: pipe }),
    outcome: 'failed',
    words: `AWS_WEB_IDENTITY_TOKEN_FILE is PIPE${REGULAR}`
  },
  {
    name: 'web_identity_token_file of a profile',
    env: (pipe, folder) => {
      const profile = `[default]\nrole_arn = ${ROLE.AWS_ROLE_ARN}\nweb_identity_token_file = ${pipe}\n`;
      writeFileSync(join(folder, 'config'), profile);
      return { ...NO_KEYS, AWS_CONFIG_FILE: join(folder, 'config') };
    },
    outcome: 'failed',
    words: `web_identity_token_file in HOME/config is PIPE${REGULAR}`
  },
  {
    name: 'NODE_EXTRA_CA_CERTS',
    env: (pipe) => ({ NODE_EXTRA_CA_CERTS: pipe }),
    outcome: 'failed',
    words: `NODE_EXTRA_CA_CERTS is PIPE${REGULAR}`
  }
];

const SELECTIONS = { 'one stream': 'orders', 'several streams': 'orders,invoices', 'a glob': '*' } as const;

interface BlockedCase {
  readonly blocked: Blocked;
  readonly kind: Kind;
  readonly mode: string;
  readonly selection: keyof typeof SELECTIONS;
  readonly cancelled: boolean;
}

const ALL_CASES: readonly BlockedCase[] = [false, true].flatMap((cancelled) =>
  // A run that fails before it selects streams is over before it can be cancelled, or cancelled in end-to-end/cancellation.
  BLOCKED.filter(({ outcome }) => !cancelled || outcome === 'timed-out').flatMap((blocked) =>
    ['encrypt', 'check', 'plan'].flatMap((mode) =>
      KINDS.flatMap((kind) =>
        (['one stream', 'several streams', 'a glob'] as const).map((selection) => ({
          blocked,
          kind,
          mode,
          selection,
          cancelled
        }))
      )
    )
  )
);
/** In a sample, each once until it ends, and once cancelled. */
const CASES = sample(ALL_CASES, ({ blocked, cancelled }) => `${blocked.name}, ${cancelled}`);

function titleOf({ blocked, kind, mode, selection, cancelled }: BlockedCase): string {
  return `${blocked.name}: ${kind}, ${mode}, ${selection} → ${cancelled ? 'cancelled' : blocked.outcome}`;
}

interface BlockedRun {
  readonly run: DrivenRun;
  /** What the log must contain. */
  readonly words: string;
  readonly writes: number;
}

async function runBlocked({ blocked, kind, mode, selection, cancelled }: BlockedCase): Promise<BlockedRun> {
  await using aws = await startLocalAws({ region: REGION });
  for (const id of [OLD_KEY_ID, NEW_KEY_ID]) aws.kms.createKey({ id });
  for (const name of ['orders', 'invoices']) createStream(aws, kind, { name, key: OLD_KEY });
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-blocked-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const running = Promise.withResolvers<void>();
  // A glob needs a list, which is never answered.
  const awaited = selection === 'a glob' ? `mode ${mode}` : 'selected: ';
  try {
    const run = await BUNDLE_DRIVER.run({
      aws,
      clock: BUNDLE_DRIVER.clock(),
      inputs: {
        'stream-kind': kind,
        'stream-name': SELECTIONS[selection],
        'key-id': NEW_KEY,
        'settle-seconds': '0',
        'timeout-seconds': cancelled ? '60' : '1',
        mode
      },
      env: blocked.env(pipe, folder),
      onLine: (line) => {
        if (line.includes(awaited)) running.resolve();
      },
      ...(cancelled && { cancelWhen: running.promise })
    });
    const words = cancelled ? '' : blocked.words.replaceAll('PIPE', pipe).replaceAll('HOME', folder);
    return { run, words, writes: aws.writes().length };
  } finally {
    const pid = join(folder, 'pid');
    if (existsSync(pid)) process.kill(Number(readFileSync(pid, 'utf8')));
    rmSync(folder, { recursive: true });
  }
}

/** More than the driver's: these runs wait nearly all of their time. */
const CONCURRENT_RUNS = 12;

// Windows has no named pipes in the file system.
describe.each(process.platform === 'win32' ? [] : [BUNDLE_DRIVER])('through $name', () => {
  let resultOf: (blockedCase: BlockedCase) => Promise<BlockedRun>;
  beforeAll(() => {
    resultOf = runInPool(CASES, CONCURRENT_RUNS, runBlocked);
  });

  test.each(CASES.map((one) => [titleOf(one), one] as const))('%s', async (_title, blockedCase) => {
    const { blocked, cancelled, selection } = blockedCase;
    const { run, words, writes } = await resultOf(blockedCase);
    const { outputs, report, summary, exitCode, log } = run;
    const outcome = cancelled ? 'cancelled' : blocked.outcome;
    expect(exitCode).toBe(1);
    expect(Object.keys(outputs)).toEqual(OUTPUTS);
    expect(outputs).toMatchObject({ outcome, changed: 'false', encrypted: 'unknown' });
    expect(report).toMatchObject({ outcome, changed: false });
    for (const stream of report.streams) expect(stream).toMatchObject({ outcome, encrypted: 'unknown', keyId: null });
    const named = outcome === 'failed' || selection === 'a glob' ? 0 : SELECTIONS[selection].split(',').length;
    expect(report.streams).toHaveLength(named);
    expect(summary).toMatch(new RegExp(`Stream encryption: (\\d )?${outcome}</h3>`));
    expect(log.join('\n')).toContain(words);
    expect(log.join('\n')).not.toMatch(/TypeError|is not a function|undefined/);
    expect(writes).toBe(0);
  });
});
