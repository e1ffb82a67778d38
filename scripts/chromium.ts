/** A page in Chromium that is told what to do by the DevTools protocol. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What is read here of the protocol's answers. */
interface Answer {
  /** Base64. */
  readonly data?: string;
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly exception: { readonly description: string } };
}

export interface Page {
  /** What the expression, or the promise that it is, comes to in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** A PNG of the page's top left part, in base64; `scale` is how many pixels a CSS pixel is wide. */
  screenshot(width: number, height: number, scale: number): Promise<string>;
  close(): void;
}

/** Starts Chromium with an empty page: `chromium` on the path, or the command that CHROMIUM names. */
export async function openPage(): Promise<Page> {
  const flags = ['--headless', '--no-sandbox', '--remote-debugging-port=0', 'about:blank'];
  const chromium = spawn(process.env.CHROMIUM ?? 'chromium', flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  chromium.on('error', () => {
    // Its stderr ends then, which is told of.
  });
  const socket = new WebSocket(await addressOfPage(chromium.stderr));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let asked = 0;
  const ask = async (method: string, params: object): Promise<Answer> => {
    const id = ++asked;
    const { promise, resolve } = Promise.withResolvers<{ error?: { message: string }; result: Answer }>();
    const listening = new AbortController();
    const onMessage = ({ data }: MessageEvent) => {
      const message = JSON.parse(data);
      if (message.id === id) resolve(message);
    };
    socket.addEventListener('message', onMessage, { signal: listening.signal });
    socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await promise;
    listening.abort();
    const trouble = error?.message ?? result.exceptionDetails?.exception.description;
    if (trouble !== undefined) throw new Error(`${method}: ${trouble}`);
    return result;
  };
  return {
    async evaluate(expression) {
      const answer = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      return answer.result?.value;
    },
    async screenshot(width, height, scale) {
      const clip = { x: 0, y: 0, width, height, scale };
      return (await ask('Page.captureScreenshot', { clip, captureBeyondViewport: true })).data ?? '';
    },
    close() {
      socket.close();
      chromium.kill();
    }
  };
}

/** Where the page can be told what to do: Chromium says on stderr where it listens, and there which pages it has. */
async function addressOfPage(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const [, host] = /^DevTools listening on ws:\/\/([^/]+)/.exec(line) ?? [];
    if (host === undefined) continue;
    const list = await (await fetch(`http://${host}/json/list`)).text();
    const targets: readonly { readonly type: string; readonly webSocketDebuggerUrl: string }[] = JSON.parse(list);
    const page = targets.find(({ type }) => type === 'page');
    if (page) return page.webSocketDebuggerUrl;
  }
  throw new Error('Chromium did not start: see that it is on the path, or name its command in CHROMIUM');
}
