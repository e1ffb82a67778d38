/** The error codes that the installed packages of the SDK declare: those of each operation, and those of each service. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Client = 'kinesis' | 'firehose' | 'kms' | 'resource-groups-tagging-api';

function read(client: Client, file: string): string {
  return readFileSync(join('node_modules/@aws-sdk', `client-${client}`, 'dist-types', file), 'utf8');
}

/** The codes that the model of an operation declares. */
export function errorsOfOperation(client: Client, operation: string): string[] {
  const source = read(client, `commands/${operation}Command.d.ts`);
  const thrown = [...source.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name);
  return thrown.filter((name) => !name.endsWith('ServiceException'));
}

/** The codes that the model of a service declares for any operation. */
export function errorsOfService(client: Client): string[] {
  return [...read(client, 'models/errors.d.ts').matchAll(/export declare class (\w+)/g)].map(([, name = '']) => name);
}
