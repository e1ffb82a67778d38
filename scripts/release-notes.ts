/**
 * Prints the changelog's section for a release: `node scripts/release-notes.ts v1.0.0`. Fails if the tag does not match the
 * version in package.json, or if the section's heading has no release date.
 */

import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
const section = sections.find((text) => text.startsWith(`[${version}]`)) ?? '';
const [heading = '', ...lines] = section.split('\n');

if (tag !== `v${version}`) {
  fail(`The tag is ${tag || 'missing'}, and package.json says ${version}: tag v${version}, or change package.json.`);
} else if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) {
  fail(`CHANGELOG.md needs a heading "## [${version}] - YYYY-MM-DD" with the release date.`);
} else {
  process.stdout.write(`${lines.join('\n').trim()}\n`);
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
