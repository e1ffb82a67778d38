/** Whether everybody can read the repository of the workflow. */

import { readFileSync, statSync } from 'node:fs';
import type { Env } from './workflow-run.ts';

/** What the event that triggered the workflow says; null if it does not say, or is not in a regular file. */
export function isPublicByEvent({ GITHUB_EVENT_PATH }: Env): boolean | null {
  if (!GITHUB_EVENT_PATH) return null;
  try {
    // Nobody may write to a named pipe, and a device may have no end.
    if (!statSync(GITHUB_EVENT_PATH).isFile()) return null;
    const event = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
    const isPrivate: unknown = event?.repository?.private;
    return typeof isPrivate === 'boolean' ? !isPrivate : null;
  } catch {
    return null;
  }
}
