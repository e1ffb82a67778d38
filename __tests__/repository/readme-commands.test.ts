/** Runs the documented commands for the local AWS, so that they keep working. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { HELP, readServeOptions } from '../../local-aws/serve-options.ts';
import { runProcess } from '../../testing/process.ts';
import { section } from '../support/documents.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The arguments of `npm run NAME -- …`, for each such command of a text. */
function commands(text: string, name: string): string[][] {
  const lines = [...text.matchAll(new RegExp(`^ *npm run ${name} -- (--.*)$`, 'gm'))].map(([, args = '']) => args);
  return lines.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word));
}

/** The arguments of Node for a script of package.json. */
function script(name: string, args: readonly string[]): string[] {
  const [node, ...command]: string[] = scripts[name].split(' ');
  expect(node).toBe('node');
  return [...command, ...args];
}

function runStep(...args: string[]) {
  return runProcess(process.execPath, script('step', args), { env: process.env, limitMs: 60_000 });
}

test.each([
  ['README.md', 'Try it without AWS', ['non-compliant, exit code 1', 'rekeyed, exit code 0', 'compliant, exit code 0']],
  ['docs/recipes.md', 'Try it on a local AWS', ['non-compliant, exit code 1']]
])('%s: %s', async (file, heading, expected) => {
  const text = section(file, heading).replaceAll('\\\n', ' ');
  const [options = []] = commands(text, 'local-aws');
  const child = spawn(process.execPath, script('local-aws', [...options, '--port', '0', '--change-ms', '100']), {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  try {
    const [line]: string[] = await once(createInterface(child.stdout), 'line');
    const more = ['--endpoint', line?.split(' at ')[1] ?? '', '--settle-seconds', '0'];
    const ended: string[] = [];
    for (const args of commands(text, 'step')) {
      const { exitCode, stdout } = await runStep(...args, ...more);
      expect(stdout).toMatch(/summary:.*\.demo/);
      ended.push(`${/^ {2}outcome: (.*)$/m.exec(stdout)?.[1]}, exit code ${exitCode}`);
    }
    expect(ended).toEqual(expected);
  } finally {
    child.kill('SIGKILL');
  }
});

test('the examples in the help of the local AWS are valid', () => {
  const examples = commands(HELP, 'local-aws');
  expect(examples.length).toBeGreaterThan(2);
  for (const args of examples) expect(readServeOptions(args)).toMatchObject({ help: false });
});

test.each([
  ['--stream orders', "Unknown option '--stream'"],
  ['--endpoint http://127.0.0.1:1 --stream-name orders', 'Start the local AWS first'],
  ['--real-aws --endpoint http://127.0.0.1:1', 'exclude each other']
])('npm run step explains what is wrong: %s', async (args, message) => {
  const { exitCode, stderr } = await runStep(...args.split(' '));
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
});
