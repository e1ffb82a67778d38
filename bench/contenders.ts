/** Who changes many data streams: this action, and what else workflows do it with. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessResult, runProcess } from '../testing/process.ts';
import { localAwsEnv, runAction } from '../testing/runner.ts';
import type { Account } from './account.ts';
import { CLI_CHANGE, cliSurroundings, cliVersion } from './aws-cli.ts';

export interface Contender {
  readonly what: string;
  /** Which one it is; null where there is none here. */
  version(): Promise<string | null>;
  /** Changes the streams to the account's key. */
  change(streams: readonly string[], account: Account): Promise<ProcessResult>;
}

const LIMIT_MS = 30 * 60_000;
const PARALLEL = 10;

const ACTION: Contender = {
  what: 'this action',
  version: async () => `Node ${process.version}`,
  change: (_streams, { endpoint, key }) =>
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

const AWS_CLI: Contender = {
  what: `AWS CLI: \`xargs -P ${PARALLEL}\`, each start and describe every 0.1 s`,
  version: cliVersion,
  change: (streams, { endpoint, key }) =>
    runProcess('sh', ['-c', `printf '%s\\n' $STREAMS | xargs -P ${PARALLEL} -I {} env STREAM={} sh -c "$CHANGE"`], {
      env: {
        ...localAwsEnv(endpoint),
        ...cliSurroundings(),
        STREAMS: streams.join(' '),
        KEY: key,
        CHANGE: CLI_CHANGE
      },
      limitMs: LIMIT_MS
    })
};

/** As its manual has it: one task, once for each of a list. */
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

const ANSIBLE: Contender = {
  what: 'Ansible: `community.aws.kinesis_stream` in a loop',
  async version() {
    const env = { PATH: process.env.PATH, HOME: tmpdir() };
    const listed = await runProcess('ansible-galaxy', ['collection', 'list', 'community.aws'], {
      env,
      limitMs: LIMIT_MS
    }).catch(() => null);
    const [, version] = /^community\.aws +(\S+)/m.exec(listed?.stdout ?? '') ?? [];
    return version === undefined ? null : `community.aws ${version}`;
  },
  async change(streams, { endpoint, key }) {
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

/** The action first: the others are told in ratios to it. */
export const CONTENDERS: readonly Contender[] = [ACTION, AWS_CLI, ANSIBLE];
