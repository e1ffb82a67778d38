/** Completes the licences that ncc writes. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Compilation, Module } from '@vercel/ncc';

/**
 * Adds the packages that ncc's license option misses. It writes the file once for each chunk and keeps the last one only,
 * which lacks the packages that only `index.js` contains.
 */
export function completeLicenses(licenses: string, { modules, chunkGraph }: Compilation): string {
  const bundled = [...modules].filter((module) => chunkGraph.getNumberOfModuleChunks(module) > 0);
  const sections = bundled.flatMap((module) => module.modules ?? [module]).flatMap((module) => sectionOf(module) ?? []);
  const missing = [...new Set(sections)].filter((section) => !`\n${licenses}`.includes(`\n${section}`));
  return [...missing.sort(), licenses].join('\n\n');
}

/** The section of a module's package, in the format of ncc; null for a module of this project or of Node. */
function sectionOf({ resourceResolveData }: Module): string | null {
  const { descriptionFileRoot: folder, descriptionFileData: manifest } = resourceResolveData ?? {};
  if (folder === undefined || manifest === undefined || !folder.includes('node_modules')) return null;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  return `${manifest.name}\n${manifest.license}\n${text}`;
}
