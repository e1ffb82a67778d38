/** The cases that the demo shows. Each starts with an empty local AWS of its own, and says how it must end. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws, LocalAwsOptions } from '../local-aws/server.ts';

export interface DemoCase {
  readonly name: string;
  readonly title: string;
  /** One sentence: what there is to see. */
  readonly shows: string;
  readonly aws?: LocalAwsOptions;
  /** Fills the local AWS, and says what is asked of it. */
  readonly prepare: (aws: LocalAws) => Scene;
}

export interface Scene {
  /** The `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>;
  /** How the step must end. Outputs that are not named may be as they like. */
  readonly expected: Ending;
  /** What others do while the step runs; ends by itself, or when the signal aborts. */
  readonly meanwhile?: (signal: AbortSignal) => Promise<void>;
}

export interface Ending {
  readonly exitCode: number;
  /** How many changes the service accepted. */
  readonly writes: number;
  readonly outputs: Readonly<Record<string, string>>;
}

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const OLD_KEY_ID = '0987dcba-09fe-87dc-65ba-ab0987654321';

export const CASES: readonly DemoCase[] = [
  {
    name: 'turn-on',
    title: 'Kinesis: turned on with a customer key',
    shows: 'A stream in the clear gets the key that an alias stands for, and a record put afterwards proves it.',
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
    name: 'other-form',
    title: 'Kinesis: already right, with the key written another way',
    shows: 'The stream reports a bare key id and the workflow names an alias: it is the same key, so nothing is sent.',
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
    name: 'move',
    title: 'Firehose: moved from the AWS owned key to a customer key',
    shows: 'Firehose takes key ARNs only, so the bare key id becomes one; done means ENABLED with that very key.',
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
    title: 'Firehose: a change that fails, and the key that stays',
    shows:
      'Somebody disables the new key while Firehose is moving to it: the step fails, and tells that the stream is still encrypted with the old key.',
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
    title: 'Kinesis: a change that takes longer than the step may',
    shows: 'The step fails at its deadline, with the last status seen and what becomes of the change that was sent.',
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
    title: 'Kinesis: a check that is not passed',
    shows: "The stream is encrypted, but with AWS' key where a customer key is required; mode check sends no write.",
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
    title: 'Rotation: what is on one key moves to another',
    shows:
      'A glob and tags choose data streams; those on the old key move, one that is on a key of its own stays, and one that has moved before is left as it is.',
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
    name: 'gate',
    title: 'Check: all streams of an account before a release',
    shows:
      'Each must be on an approved key: what is not is told with the reason, and a delivery stream that is fed by another is a warning.',
    prepare(aws) {
      const approved = aws.kms.createKey({ id: KEY_ID });
      const another = aws.kms.createKey({ id: OLD_KEY_ID });
      const tags = { env: 'prod' };
      aws.kinesis.create({ name: 'orders', keyId: approved.arn, tags });
      aws.kinesis.create({ name: 'payments', keyId: another.arn, tags });
      aws.kinesis.create({ name: 'sessions', tags });
      aws.firehose.create({ name: 'clicks', key: approved.arn, tags });
      aws.firehose.create({ name: 'archive', sourceType: 'KinesisStreamAsSource', tags });
      return {
        inputs: { 'stream-tags': 'env=prod', mode: 'check', 'approved-key-ids': approved.arn },
        expected: {
          exitCode: 1,
          writes: 0,
          outputs: {
            outcome: 'non-compliant',
            encrypted: 'false',
            counts: '{"total":5,"compliant":2,"non-compliant":2,"not-applicable":1}'
          }
        }
      };
    }
  }
];
