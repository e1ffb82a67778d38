/** The AWS CLI in a shell script, as a workflow without the action would use it. */

import { devNull } from 'node:os';
import { runProcess } from '../testing/process.ts';

const VERSION_LIMIT_MS = 10_000;

/** Prints the status and the key of the stream $STREAM. */
export const CLI_DESCRIBE = `aws --endpoint-url "$AWS_ENDPOINT_URL" kinesis describe-stream-summary --stream-name "$STREAM" \\
  --query 'StreamDescriptionSummary.[StreamStatus,KeyId]' --output text`;

/** Encrypts the stream $STREAM with the key $KEY, polls until that key is in force, and prints status and key. */
export const CLI_CHANGE = `set -e
aws --endpoint-url "$AWS_ENDPOINT_URL" kinesis start-stream-encryption --stream-name "$STREAM" \\
  --encryption-type KMS --key-id "$KEY"
target=$(printf 'ACTIVE\\t%s' "$KEY")
until state=$(${CLI_DESCRIBE}) && [ "$state" = "$target" ]; do sleep 0.1; done
echo "$state"`;

/** The version of the AWS CLI; null if it is not on the PATH. */
export async function cliVersion(): Promise<string | null> {
  const ended = await runProcess('aws', ['--version'], { env: cliEnv(), limitMs: VERSION_LIMIT_MS }).catch(() => null);
  if (ended?.exitCode !== 0) return null;
  // Old versions print it on stderr.
  return (ended.stdout + ended.stderr).split(' ')[0] ?? null;
}

/** The environment variables that the AWS CLI needs in addition to those for the local AWS. */
export function cliEnv(): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_PAGER: ''
  };
}
