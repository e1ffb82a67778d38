/** Renders a job summary as an HTML page, with styles close to GitHub's. */

const STYLE = `
  :root {
    color-scheme: light dark;
    --text: light-dark(#1f2328, #f0f6fc);
    --faint: light-dark(#59636e, #9198a1);
    --link: light-dark(#0969da, #4493f8);
    --page: light-dark(#f6f8fa, #010409);
    --box: light-dark(#ffffff, #0d1117);
    --line: light-dark(#d1d9e0, #3d444d);
    --code: light-dark(#818b981f, #656c7633);
  }
  body {
    margin: 32px auto; padding: 0 16px; max-width: 980px; background: var(--page); color: var(--text);
    font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
    overflow-wrap: break-word;
  }
  header { margin: 0 0 16px; color: var(--faint); font-size: 14px; }
  article { padding: 24px 32px; border: 1px solid var(--line); border-radius: 6px; background: var(--box); }
  article > :first-child { margin-top: 0; }
  article > :last-child { margin-bottom: 0; }
  h3 { margin: 24px 0 16px; font-size: 1.25em; line-height: 1.25; }
  p, ul, table, details { margin: 0 0 16px; }
  ul { padding-left: 2em; }
  li + li { margin-top: .25em; }
  a { color: var(--link); }
  code {
    padding: .2em .4em; border-radius: 6px; background: var(--code); white-space: break-spaces;
    font: 85% ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  }
  table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid var(--line); }
  th { font-weight: 600; }
  sub { font-size: 75%; line-height: 0; }
`;

/** Builds the page. `title` is plain text and is escaped; the summary is HTML. */
export function summaryPage(title: string, summary: string): string {
  const heading = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>${STYLE}</style>
<header>Job summary · ${heading}</header>
<article>
${summary}
</article>
</html>
`;
}
