/** Runs the documented commands for the local AWS, so that they keep working. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from '@jest/globals';
import { readServeOptions } from '../../local-aws/serve-options.ts';
import { runProcess } from '../../testing/process.ts';
import { section } from '../support/documents.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** The arguments of `npm run NAME -- …`, for each such command of a text. */
function commands(text: string, name: string): string[][] {
  const lines = [...text.matchAll(new RegExp(`^npm run ${name} -- (.*)$`, 'gm'))].map(([, args = '']) => args);
  return lines.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word));
}

/** The arguments of Node for a script of package.json. */
function script(name: string, args: readonly string[]): string[] {
  const [node, ...command]: string[] = scripts[name].split(' ');
  expect(node).toBe('node');
  return [...command, ...args];
}

/** Starts the local AWS with these options, on a free port and with short changes; returns its endpoint. */
async function serve(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, script('local-aws', [...args, '--port', '0', '--change-ms', '100']), {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  running.push(child);
  const [line]: string[] = await once(createInterface(child.stdout), 'line');
  return line?.split(' at ')[1] ?? '';
}

test.each([
  {
    file: 'README.md',
    heading: 'Try it without AWS',
    expected: ['non-compliant, exit code 1', 'rekeyed, exit code 0', 'compliant, exit code 0']
  },
  { file: 'docs/recipes.md', heading: 'Try it on a local AWS', expected: ['non-compliant, exit code 1'] }
])(
  '$file: $heading',
  async ({ file, heading, expected }) => {
    const text = section(file, heading).replaceAll('\\\n', ' ');
    const [options = []] = commands(text, 'local-aws');
    const endpoint = await serve(options);
    const ended: string[] = [];
    for (const args of commands(text, 'step')) {
      const more = ['--endpoint', endpoint, '--settle-seconds', '0'];
      const { exitCode, stdout } = await runProcess(process.execPath, script('step', [...args, ...more]), {
        env: process.env,
        limitMs: 60_000
      });
      expect(stdout).toMatch(/summary:.*\.demo/);
      ended.push(`${/^ {2}outcome: (.*)$/m.exec(stdout)?.[1]}, exit code ${exitCode}`);
    }
    expect(ended).toEqual(expected);
  },
  120_000
);

test('the examples in the help of the local AWS are valid', async () => {
  const { stdout } = await runProcess(process.execPath, script('local-aws', ['--help']), {
    env: process.env,
    limitMs: 60_000
  });
  const examples = [...stdout.matchAll(/^ {2}npm run local-aws -- (--.*)$/gm)].map(([, args = '']) => args.split(' '));
  expect(examples.length).toBeGreaterThan(2);
  for (const args of examples) expect(readServeOptions(args)).toMatchObject({ help: false });
});

test('npm run step explains what is wrong', async () => {
  const run = (...args: string[]) =>
    runProcess(process.execPath, script('step', args), { env: process.env, limitMs: 60_000 });
  expect(await run('--stream', 'orders')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("Unknown option '--stream'")
  });
  expect(await run('--endpoint', 'http://127.0.0.1:1', '--stream-name', 'orders')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Start the local AWS first')
  });
  expect(await run('--real-aws', '--endpoint', 'http://127.0.0.1:1')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('exclude each other')
  });
});
