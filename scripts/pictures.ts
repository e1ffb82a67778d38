/**
 * `npm run pictures`: renders the job summaries of demo cases with GitHub's styles, as screenshots for the documentation. It
 * needs Chromium: `chromium` on the PATH, or the command in the environment variable CHROMIUM.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Picture {
  /** In CSS pixels. */
  readonly width: number;
  /** Pixels of the picture per CSS pixel. */
  readonly scale: number;
  /** Where the picture of a long summary ends, in CSS pixels. */
  readonly maxHeight?: number;
}

/** Narrow enough that a phone shows the text at a readable size. */
const PHONE: Picture = { width: 480, scale: 2 };
/** About the width at which GitHub shows a summary. */
const DESKTOP: Picture = { width: 980, scale: 1.1 };

/** By demo case. */
const PICTURES: Readonly<Record<string, Readonly<Record<string, Picture>>>> = {
  enable: { enable: PHONE },
  rotation: { rotation: DESKTOP },
  gate: { gate: DESKTOP },
  causes: {
    causes: { ...DESKTOP, maxHeight: 720 },
    'causes-phone': { width: 480, scale: 1.25, maxHeight: 900 }
  }
};
const THEMES = ['light', 'dark'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--hide-scrollbars'
];

const { resolve } = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-pictures-'));

const cases = Object.keys(PICTURES).flatMap((name) => ['--case', name]);
execFileSync(process.execPath, ['demo/demo.ts', ...cases], { stdio: 'ignore' });
for (const [demoCase, pictures] of Object.entries(PICTURES)) {
  const summary = readFileSync(`.demo/${demoCase}.md`, 'utf8');
  for (const [name, picture] of Object.entries(pictures)) {
    for (const theme of THEMES) takeScreenshot(name, summary, theme, picture);
  }
}
rmSync(folder, { recursive: true });

function takeScreenshot(
  name: string,
  summary: string,
  theme: string,
  { width, scale, maxHeight = Number.POSITIVE_INFINITY }: Picture
): void {
  const page = join(folder, `${name}-${theme}.html`);
  const file = `docs/images/${name}-${theme}.png`;
  writeFileSync(page, html(summary, theme));
  const [, height] = /data-height="(\d+)"/.exec(chromium(page, width, 100, '--dump-dom')) ?? [];
  chromium(
    page,
    width,
    Math.min(Number(height), maxHeight),
    `--force-device-scale-factor=${scale}`,
    `--screenshot=${file}`
  );
  process.stdout.write(`${file}: ${statSync(file).size.toLocaleString('en')} bytes\n`);
}

/** Opens the page in a window of this size, and returns what Chromium prints. */
function chromium(page: string, width: number, height: number, ...flags: readonly string[]): string {
  const window = [`--user-data-dir=${folder}/profile`, `--window-size=${width},${height}`];
  return execFileSync(process.env.CHROMIUM ?? 'chromium', [...FLAGS, ...window, ...flags, `file://${page}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8'
  });
}

/** The page states its height, including the margin. */
function html(summary: string, theme: string): string {
  const styles = readFileSync(resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  return `<!doctype html>
    <meta charset="utf-8">
    <style>
      ${styles}
      body.markdown-body { box-sizing: border-box; padding: 16px 18px 12px; border: 1px solid #80808080; border-radius: 6px; margin: 4px; }
    </style>
    <body class="markdown-body">${summary}</body>
    <script>document.body.dataset.height = document.body.offsetHeight + 8;</script>`;
}
