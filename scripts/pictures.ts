/**
 * `npm run pictures`: renders the job summaries of two demo cases with GitHub's styles, as screenshots for the README. It
 * needs Chromium: `chromium` on the PATH, or the command in the environment variable CHROMIUM.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The demo cases, each with the height of its summary in CSS pixels. */
const HEIGHTS = { rotation: 722, gate: 720 };
const THEMES = ['light', 'dark'];
/** About the width at which GitHub shows a summary. */
const WIDTH = 980;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--hide-scrollbars',
  '--force-device-scale-factor=1.15'
];

const { resolve } = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-pictures-'));

execFileSync(process.execPath, ['demo/demo.ts', '--case', 'rotation', '--case', 'gate'], { stdio: 'ignore' });
for (const [name, height] of Object.entries(HEIGHTS)) {
  for (const theme of THEMES) takeScreenshot(name, theme, height);
}
rmSync(folder, { recursive: true });

function takeScreenshot(name: string, theme: string, height: number): void {
  const page = join(folder, `${name}-${theme}.html`);
  const picture = `docs/images/${name}-${theme}.png`;
  writeFileSync(page, html(readFileSync(`.demo/${name}.md`, 'utf8'), theme));
  const flags = [...FLAGS, `--user-data-dir=${folder}/profile`, `--window-size=${WIDTH},${height}`];
  execFileSync(process.env.CHROMIUM ?? 'chromium', [...flags, `--screenshot=${picture}`, `file://${page}`], {
    stdio: 'ignore'
  });
  process.stdout.write(`${picture}: ${statSync(picture).size.toLocaleString('en')} bytes\n`);
}

function html(summary: string, theme: string): string {
  const styles = readFileSync(resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  return `<!doctype html>
    <meta charset="utf-8">
    <style>
      ${styles}
      body.markdown-body { box-sizing: border-box; padding: 20px 24px 16px; border: 1px solid #80808080; border-radius: 6px; margin: 4px; }
    </style>
    <body class="markdown-body">${summary}</body>`;
}
