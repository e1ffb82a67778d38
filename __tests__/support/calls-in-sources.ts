/** The calls to AWS that the sources contain. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PREFIXES: Readonly<Record<string, string>> = { 'resource-groups-tagging-api': 'tag' };

/** The permissions for the SDK commands that the sources send. */
export function callsInSources(): string[] {
  const sources = readdirSync('src/aws').map((file) => readFileSync(join('src/aws', file), 'utf8'));
  const calls = sources.flatMap((source) => {
    const [, client = ''] = /from '@aws-sdk\/client-([\w-]+)'/.exec(source) ?? [];
    return [...source.matchAll(/new (\w+)Command\(/g)].map(([, call]) => `${PREFIXES[client] ?? client}:${call}`);
  });
  return [...new Set(calls)];
}
