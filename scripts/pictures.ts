/** `npm run pictures`: makes the README's pictures anew, of job summaries that the demo writes, in GitHub's own styles. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { openPage } from './chromium.ts';
import { type Pixels, pngOf } from './png.ts';

const CASES = ['rotation', 'gate'];
const THEMES = ['light', 'dark'];
/** About as wide as GitHub shows a summary. */
const WIDTH = 980;
/** In a README, which is narrower, this leaves three pixels for two of a plain screen. */
const SCALE = 1.25;

const { resolve } = createRequire(import.meta.url);

execFileSync(process.execPath, ['demo/demo.ts', ...CASES.flatMap((name) => ['--case', name])], { stdio: 'ignore' });
const page = await openPage();
try {
  for (const name of CASES) {
    for (const theme of THEMES) {
      const file = `docs/images/${name}-${theme}.png`;
      const png = pngOf(await show(readFileSync(`.demo/${name}.md`, 'utf8'), theme));
      writeFileSync(file, png);
      process.stdout.write(`${file}: ${png.length.toLocaleString('en')} bytes\n`);
    }
  }
} finally {
  page.close();
}

/** The summary as the page shows it. */
async function show(summary: string, theme: string): Promise<Pixels> {
  const styles = readFileSync(resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  const html = `<!doctype html>
    <meta charset="utf-8">
    <style>
      ${styles}
      body.markdown-body {
        box-sizing: border-box; width: ${WIDTH}px; padding: 20px 24px 16px; border: 1px solid #80808080; border-radius: 6px;
      }
    </style>
    <body class="markdown-body">${summary}</body>`;
  const height = Number(
    await page.evaluate(`
      document.open();
      document.write(${JSON.stringify(html)});
      document.close();
      document.fonts.ready.then(() => document.body.offsetHeight)`)
  );
  const screenshot = await page.screenshot(WIDTH, height, SCALE);
  // The page can read the format that it writes.
  const [width, ...colours] = JSON.parse(
    String(
      await page.evaluate(`(async () => {
        const answer = await fetch("data:image/png;base64,${screenshot}");
        const bitmap = await createImageBitmap(await answer.blob());
        const { width, height } = bitmap;
        const canvas = new OffscreenCanvas(width, height).getContext("2d");
        canvas.drawImage(bitmap, 0, 0);
        const { data } = canvas.getImageData(0, 0, width, height);
        const colours = Array.from({ length: width * height }, (_, at) =>
          (data[at * 4] << 16) + (data[at * 4 + 1] << 8) + data[at * 4 + 2]);
        return JSON.stringify([width, ...colours]);
      })()`)
    )
  );
  return { width, height: colours.length / width, colours };
}
