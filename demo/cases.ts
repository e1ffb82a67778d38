/** The demo's cases. Each runs in an empty local AWS of its own and defines the expected result. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws, LocalAwsOptions } from '../local-aws/server.ts';

export interface DemoCase {
  readonly name: string;
  readonly title: string;
  /** One sentence: what the case demonstrates. */
  readonly description: string;
  readonly aws?: LocalAwsOptions;
  /** Creates keys and streams in the local AWS; returns the step to run and its expected result. */
  readonly prepare: (aws: LocalAws) => PreparedStep;
}

export interface PreparedStep {
  /** The `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expected: ExpectedResult;
  /** Actions of others while the step runs. Must end when the signal aborts. */
  readonly meanwhile?: (signal: AbortSignal) => Promise<void>;
}

export interface ExpectedResult {
  readonly exitCode: number;
  /** How many changes the service accepts. */
  readonly writes: number;
  /** Other outputs are not compared. */
  readonly outputs: Readonly<Record<string, string>>;
}

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const OLD_KEY_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';

export const CASES: readonly DemoCase[] = [
  {
    name: 'enable',
    title: 'Kinesis: enable encryption with a customer managed key',
    description: 'Encrypts an unencrypted stream with the key behind an alias, then verifies it by writing a record.',
    aws: { encryptionLagMs: 1000 },
    prepare(aws) {
      const key = aws.kms.createKey({ id: KEY_ID });
      aws.kms.createAlias('alias/streams', key);
      aws.kinesis.create({ name: 'orders' });
      return {
        inputs: {
          'stream-kind': 'kinesis',
          'stream-name': 'orders',
          'key-type': 'customer-managed',
          'key-id': 'alias/streams',
          'settle-seconds': '1',
          'verify-records': 'true'
        },
        expected: {
          exitCode: 0,
          writes: 1,
          outputs: { outcome: 'enabled', changed: 'true', encrypted: 'true', status: 'ACTIVE', 'key-id': key.arn }
        }
      };
    }
  },
  {
    name: 'unchanged',
    title: 'Kinesis: already encrypted with the requested key',
    description:
      'The stream reports a key ID, the workflow specifies an alias. Both are the same key, so nothing is changed.',
    prepare(aws) {
      aws.kms.createAlias('alias/streams', aws.kms.createKey({ id: KEY_ID }));
      aws.kinesis.create({ name: 'orders', keyId: KEY_ID });
      return {
        inputs: {
          'stream-kind': 'kinesis',
          'stream-name': 'orders',
          'key-type': 'customer-managed',
          'key-id': 'alias/streams'
        },
        expected: {
          exitCode: 0,
          writes: 0,
          outputs: { outcome: 'unchanged', changed: 'false', encrypted: 'true', 'key-id': KEY_ID }
        }
      };
    }
  },
  {
    name: 'rekey',
    title: 'Firehose: move from the AWS owned key to a customer managed key',
    description:
      'Firehose accepts only key ARNs, so the key ID is resolved first. The change ends when the status is ENABLED with that key.',
    prepare(aws) {
      const key = aws.kms.createKey({ id: KEY_ID });
      aws.firehose.create({ name: 'clicks', key: 'aws-owned' });
      return {
        inputs: {
          'stream-kind': 'firehose',
          'stream-name': 'clicks',
          'key-type': 'customer-managed',
          'key-id': KEY_ID,
          'settle-seconds': '0.5'
        },
        expected: {
          exitCode: 0,
          writes: 1,
          outputs: { outcome: 'rekeyed', status: 'ENABLED', 'key-id': key.arn, 'previous-key-type': 'aws-owned' }
        }
      };
    }
  },
  {
    name: 'failed-change',
    title: 'Firehose: a failed change that leaves the previous key in force',
    description:
      'The new key is disabled during the change. The step fails and reports that the stream is still encrypted with the previous key.',
    prepare(aws) {
      const oldKey = aws.kms.createKey({ id: OLD_KEY_ID });
      const newKey = aws.kms.createKey({ id: KEY_ID });
      aws.firehose.create({ name: 'clicks', key: oldKey.arn });
      return {
        inputs: {
          'stream-kind': 'firehose',
          'stream-name': 'clicks',
          'key-type': 'customer-managed',
          'key-id': newKey.arn
        },
        meanwhile: async (signal) => {
          while (aws.writes().length === 0 && !signal.aborted) await sleep(10);
          newKey.state = 'Disabled';
        },
        expected: {
          exitCode: 1,
          writes: 1,
          outputs: { outcome: 'failed', encrypted: 'true', status: 'ENABLING_FAILED', 'key-id': oldKey.arn }
        }
      };
    }
  },
  {
    name: 'timeout',
    title: 'Kinesis: a change that exceeds the timeout',
    description: 'The step fails at its deadline. It reports the last status and that the change continues in AWS.',
    aws: { changeMs: Number.POSITIVE_INFINITY },
    prepare(aws) {
      aws.kms.createKey({ id: KEY_ID });
      aws.kinesis.create({ name: 'orders' });
      return {
        inputs: {
          'stream-kind': 'kinesis',
          'stream-name': 'orders',
          'key-type': 'customer-managed',
          'key-id': KEY_ID,
          'timeout-seconds': '2',
          'settle-seconds': '0'
        },
        expected: {
          exitCode: 1,
          writes: 1,
          outputs: { outcome: 'timed-out', changed: 'true', encrypted: 'false', status: 'UPDATING' }
        }
      };
    }
  },
  {
    name: 'check',
    title: 'Kinesis: a failed check',
    description:
      'The stream is encrypted with an AWS managed key, but a customer managed key is required. Mode check changes nothing.',
    prepare(aws) {
      aws.kinesis.create({ name: 'orders', keyId: 'alias/aws/kinesis' });
      return {
        inputs: {
          'stream-kind': 'kinesis',
          'stream-name': 'orders',
          mode: 'check',
          'key-type': 'customer-managed'
        },
        expected: {
          exitCode: 1,
          writes: 0,
          outputs: { outcome: 'non-compliant', changed: 'false', encrypted: 'true', 'key-type': 'aws-owned' }
        }
      };
    }
  },
  {
    name: 'rotation',
    title: 'Key rotation: move streams from one key to another',
    description:
      'A glob and tags select data streams. Two move from the old key to the new one, one with a different key is skipped, and one that already has the new key is unchanged.',
    prepare(aws) {
      const oldKey = aws.kms.createKey({ id: OLD_KEY_ID });
      const newKey = aws.kms.createKey({ id: KEY_ID });
      const ownKey = aws.kms.createKey();
      const tags = { team: 'orders' };
      aws.kinesis.create({ name: 'orders-eu', keyId: oldKey.arn, tags });
      aws.kinesis.create({ name: 'orders-us', keyId: OLD_KEY_ID, tags });
      aws.kinesis.create({ name: 'orders-audit', keyId: ownKey.arn, tags });
      aws.kinesis.create({ name: 'orders-new', keyId: newKey.arn, tags });
      aws.kinesis.create({ name: 'orders-of-others', keyId: oldKey.arn });
      return {
        inputs: {
          'stream-kind': 'kinesis',
          'stream-name': 'orders-*',
          'stream-tags': 'team=orders',
          'from-key-id': oldKey.arn,
          'key-type': 'customer-managed',
          'key-id': newKey.arn,
          'settle-seconds': '1'
        },
        expected: {
          exitCode: 0,
          writes: 2,
          outputs: { outcome: 'skipped', counts: '{"total":4,"skipped":1,"rekeyed":2,"unchanged":1}' }
        }
      };
    }
  },
  {
    name: 'plan',
    title: 'Plan: what mode encrypt would change',
    description:
      'Two data streams would get the AWS key; one of them has a channel, which gets a warning. Mode plan changes nothing.',
    prepare(aws) {
      aws.kinesis.create({ name: 'orders' });
      aws.kinesis.create({ name: 'payments', channelCount: 1 });
      return {
        inputs: { 'stream-kind': 'kinesis', 'stream-name': '*', mode: 'plan', 'key-type': 'aws-owned' },
        expected: {
          exitCode: 0,
          writes: 0,
          outputs: { outcome: 'planned', changed: 'false', encrypted: 'false', counts: '{"total":2,"planned":2}' }
        }
      };
    }
  },
  {
    name: 'canary',
    title: 'Key rotation, one stream first',
    description:
      'max-changes lets one of three delivery streams move; the others are reported as planned. The key material of the new key expires, which gets a warning.',
    prepare(aws) {
      const oldKey = aws.kms.createKey({ id: OLD_KEY_ID });
      const newKey = aws.kms.createKey({ id: KEY_ID, validTo: Date.UTC(2100, 0, 1) });
      for (const name of ['clicks', 'sessions', 'views']) aws.firehose.create({ name, key: oldKey.arn });
      return {
        inputs: {
          'stream-kind': 'firehose',
          'stream-name': '*',
          'from-key-id': oldKey.arn,
          'key-id': newKey.arn,
          'max-changes': '1',
          'settle-seconds': '0.5'
        },
        expected: {
          exitCode: 0,
          writes: 1,
          outputs: { outcome: 'planned', changed: 'true', counts: '{"total":3,"rekeyed":1,"planned":2}' }
        }
      };
    }
  },
  {
    name: 'gate',
    title: 'Check before a release: all streams with a tag',
    description:
      'Each stream must be encrypted with an approved key. Violations are reported with the reason; a delivery stream that reads from a data stream is judged by that data stream.',
    prepare(aws) {
      const approved = aws.kms.createKey({ id: KEY_ID });
      const another = aws.kms.createKey({ id: OLD_KEY_ID });
      const tags = { env: 'prod' };
      aws.kinesis.create({ name: 'orders', keyId: approved.arn, tags });
      aws.kinesis.create({ name: 'payments', keyId: another.arn, tags });
      const sessions = aws.kinesis.create({ name: 'sessions', tags });
      aws.firehose.create({ name: 'clicks', key: approved.arn, tags });
      aws.firehose.create({ name: 'archive', source: { dataStreamArn: sessions.arn }, tags });
      return {
        inputs: { 'stream-tags': 'env=prod', mode: 'check', 'approved-key-ids': approved.arn },
        expected: {
          exitCode: 1,
          writes: 0,
          outputs: {
            outcome: 'non-compliant',
            encrypted: 'false',
            counts: '{"total":5,"compliant":2,"non-compliant":3}'
          }
        }
      };
    }
  }
];
