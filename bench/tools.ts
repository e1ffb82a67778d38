/** Tools that encrypt many data streams: this action, and what workflows use without it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessResult, runProcess } from '../testing/process.ts';
import { localAwsEnv, runAction } from '../testing/runner.ts';
import type { Account } from './account.ts';
import { CLI_CHANGE, cliEnv, cliVersion } from './aws-cli.ts';

export interface Tool {
  readonly name: string;
  /** Name and version; null if the tool is not installed. */
  version(): Promise<string | null>;
  /** Encrypts the streams with the account's key. */
  encrypt(streams: readonly string[], account: Account): Promise<ProcessResult>;
}

const LIMIT_MS = 30 * 60_000;
/** A command that is missing keeps the benchmark from exiting for this long. */
const VERSION_LIMIT_MS = 10_000;
const PARALLEL = 10;

const ACTION: Tool = {
  name: 'this action',
  version: async () => `Node ${process.version}`,
  encrypt: (_streams, { endpoint, key }) =>
    runAction({
      inputs: {
        'stream-kind': 'kinesis',
        'stream-name': 'fleet-*',
        'key-type': 'customer-managed',
        'key-id': key,
        'settle-seconds': '0'
      },
      env: localAwsEnv(endpoint),
      limitMs: LIMIT_MS
    })
};

const AWS_CLI: Tool = {
  name: `AWS CLI: \`xargs -P ${PARALLEL}\`, start, then describe every 0.1 s`,
  version: cliVersion,
  encrypt: (streams, { endpoint, key }) =>
    runProcess('sh', ['-c', `printf '%s\\n' $STREAMS | xargs -P ${PARALLEL} -I {} env STREAM={} sh -c "$CHANGE"`], {
      env: {
        ...localAwsEnv(endpoint),
        ...cliEnv(),
        STREAMS: streams.join(' '),
        KEY: key,
        CHANGE: CLI_CHANGE
      },
      limitMs: LIMIT_MS
    })
};

/** One task with a loop over the streams, as in the module's manual. */
const PLAYBOOK = [
  {
    hosts: 'localhost',
    gather_facts: false,
    tasks: [
      {
        'community.aws.kinesis_stream': {
          name: '{{ item }}',
          shards: 1,
          encryption_state: 'enabled',
          encryption_type: 'KMS',
          key_id: "{{ lookup('env', 'KEY') }}",
          endpoint_url: "{{ lookup('env', 'AWS_ENDPOINT_URL') }}",
          region: "{{ lookup('env', 'AWS_REGION') }}"
        },
        loop: "{{ lookup('env', 'STREAMS') | split }}"
      }
    ]
  }
];

const ANSIBLE: Tool = {
  name: 'Ansible: `community.aws.kinesis_stream` in a loop',
  async version() {
    const env = { PATH: process.env.PATH, HOME: tmpdir() };
    const listed = await runProcess('ansible-galaxy', ['collection', 'list', 'community.aws'], {
      env,
      limitMs: VERSION_LIMIT_MS
    }).catch(() => null);
    const [, version] = /^community\.aws +(\S+)/m.exec(listed?.stdout ?? '') ?? [];
    return version === undefined ? null : `community.aws ${version}`;
  },
  async encrypt(streams, { endpoint, key }) {
    const home = await mkdtemp(join(tmpdir(), 'stream-encryption-ansible-'));
    try {
      const playbook = join(home, 'playbook.json');
      await writeFile(playbook, JSON.stringify(PLAYBOOK));
      const env = {
        PATH: process.env.PATH,
        HOME: home,
        ...localAwsEnv(endpoint),
        STREAMS: streams.join(' '),
        KEY: key
      };
      return await runProcess('ansible-playbook', [playbook], { env, limitMs: LIMIT_MS });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }
};

/** This action first: the others are compared with it. */
export const TOOLS: readonly Tool[] = [ACTION, AWS_CLI, ANSIBLE];
