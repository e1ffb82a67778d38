/** The account of the local AWS: its keys, and the stream `orders` of either service. */

import type { LocalAws } from '../../local-aws/server.ts';
import type { Kind } from '../end-to-end/step.ts';

export const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

const OLD_KEY_ID = '00000000-0000-4000-8000-000000000001';
const NEW_KEY_ID = '00000000-0000-4000-8000-000000000002';
const THIRD_KEY_ID = '00000000-0000-4000-8000-000000000003';
/** The key in force before the run. */
export const OLD_KEY = keyArn(OLD_KEY_ID);
/** The key that the request targets; its alias is `alias/new`. */
export const NEW_KEY = keyArn(NEW_KEY_ID);
/** The key that a concurrent change sets. */
export const THIRD_KEY = keyArn(THIRD_KEY_ID);

export const STREAM_ARN: Readonly<Record<Kind, string>> = {
  kinesis: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/orders`,
  firehose: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/orders`
};

function keyArn(id: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`;
}

export function createKeys({ kms }: LocalAws): void {
  for (const id of [OLD_KEY_ID, THIRD_KEY_ID]) kms.createKey({ id });
  kms.createAlias('alias/new', kms.createKey({ id: NEW_KEY_ID }));
}
