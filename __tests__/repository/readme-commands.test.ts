/** Runs the documented commands for the local AWS, so that they keep working. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { runProcess } from '../../testing/process.ts';
import { read, section } from '../support/documents.ts';

/** The arguments of Node for each command `npm run NAME -- …` of a text. */
function commands(text: string, name: string): string[][] {
  const [, ...script]: string[] = JSON.parse(read('package.json')).scripts[name].split(' ');
  const lines = [...text.matchAll(new RegExp(`^ *npm run ${name} -- (--.*)$`, 'gm'))];
  return lines.map(([, args = '']) => [...script, ...(args.match(/[^\s"]+/g) ?? [])]);
}

test.each([
  ['README.md', 'Try it without AWS', ['non-compliant, exit code 1', 'rekeyed, exit code 0', 'compliant, exit code 0']],
  ['docs/recipes.md', 'Try it on a local AWS', ['non-compliant, exit code 1']]
])('%s: %s', async (file, heading, expected) => {
  const text = section(file, heading).replaceAll('\\\n', ' ');
  const [server = []] = commands(text, 'local-aws');
  const child = spawn(process.execPath, [...server, '--port', '0', '--change-ms', '100'], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  try {
    const [line]: string[] = await once(createInterface(child.stdout), 'line');
    const more = ['--endpoint', line?.split(' at ')[1] ?? '', '--settle-seconds', '0'];
    const ended: string[] = [];
    for (const args of commands(text, 'step')) {
      const options = { env: process.env, limitMs: 60_000 };
      const { exitCode, stdout } = await runProcess(process.execPath, [...args, ...more], options);
      expect(stdout).toMatch(/summary:.*\.demo/);
      ended.push(`${/^ {2}outcome: (.*)$/m.exec(stdout)?.[1]}, exit code ${exitCode}`);
    }
    expect(ended).toEqual(expected);
  } finally {
    child.kill('SIGKILL');
  }
});
