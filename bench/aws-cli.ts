/** The AWS CLI in a shell, as a workflow without the action would use it. */

import { devNull } from 'node:os';
import { runProcess } from '../testing/process.ts';

const LIMIT_MS = 60_000;

/** Says how the stream $STREAM stands: its status and its key. */
export const CLI_DESCRIBE = `aws --endpoint-url "$AWS_ENDPOINT_URL" kinesis describe-stream-summary --stream-name "$STREAM" \\
  --query 'StreamDescriptionSummary.[StreamStatus,KeyId]' --output text`;

/** Changes the stream $STREAM to the key $KEY, and says how it stands then. */
export const CLI_CHANGE = `set -e
aws --endpoint-url "$AWS_ENDPOINT_URL" kinesis start-stream-encryption --stream-name "$STREAM" \\
  --encryption-type KMS --key-id "$KEY"
wanted=$(printf 'ACTIVE\\t%s' "$KEY")
until state=$(${CLI_DESCRIBE}) && [ "$state" = "$wanted" ]; do sleep 0.1; done
echo "$state"`;

/** The version of the AWS CLI; null where there is none on PATH. */
export async function cliVersion(): Promise<string | null> {
  const ended = await runProcess('aws', ['--version'], { env: cliSurroundings(), limitMs: LIMIT_MS }).catch(() => null);
  if (ended?.exitCode !== 0) return null;
  // Old versions tell it on stderr.
  return (ended.stdout + ended.stderr).split(' ')[0] ?? null;
}

/** What the AWS CLI needs in its environment, beside what leads to the local AWS. */
export function cliSurroundings(): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: devNull,
    AWS_PAGER: ''
  };
}
