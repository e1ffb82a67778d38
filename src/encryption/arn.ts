/** How streams are written: the names that AWS allows, and ARNs. */

import { arnScope } from './keys/key-id.ts';
import type { StreamKind, StreamRef } from './model.ts';

/** The names a stream may have. Sources: Kinesis API, `StreamName`; Firehose API, `DeliveryStreamName`. */
export const STREAM_NAMES: Readonly<Record<StreamKind, RegExp>> = {
  kinesis: /^[a-zA-Z0-9_.-]{1,128}$/,
  firehose: /^[a-zA-Z0-9_.-]{1,64}$/
};

const ARN = /^arn:aws[a-z-]*:(?:(kinesis):[a-z0-9-]+:\d{12}:stream|(firehose):[a-z0-9-]+:\d{12}:deliverystream)\/(.*)$/;

/** The stream that an ARN stands for, and its region; null where the ARN is of anything else, such as a stream's consumer. */
export function readStreamArn(arn: string): { readonly stream: StreamRef; readonly region: string } | null {
  const [, kinesis, firehose, name = ''] = ARN.exec(arn) ?? [];
  const kind = kinesis ? 'kinesis' : firehose ? 'firehose' : null;
  if (kind === null || !STREAM_NAMES[kind].test(name)) return null;
  return { stream: { kind, name, arn }, region: arnScope(arn).region };
}
