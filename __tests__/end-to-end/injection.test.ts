/** Sends hostile texts to the committed bundle through every vector, and checks log, outputs, report, summary and issue. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { LocalGithub, REPOSITORY, TOKEN } from '../github/local-github.ts';
import { IS_EXHAUSTIVE } from '../support/extent.ts';
import { CORPUS } from './corpus.ts';
import { visibleText } from './html.ts';
import { expectHtml, expectIssue, expectLog, expectOutputs, expectTexts } from './injection/expectations.ts';
import { startsOf, withoutSpaces } from './injection/text.ts';
import { VECTORS, type Vector } from './injection/vectors.ts';
import { parseReport } from './report-schema.ts';
import { runOn } from './step.ts';
import { TempFolder } from './temp-folder.ts';
import { commandsOf } from './workflow-commands.ts';

const CONCURRENCY = 4;
const TEXTS = Object.entries(CORPUS);
/** All runs share Node's compile cache, which makes hundreds of them faster. */
const cache = new TempFolder();
let runCount = 0;
afterAll(() => {
  cache[Symbol.dispose]();
  const size = `${TEXTS.length} texts × ${Object.keys(VECTORS).length} vectors`;
  process.stderr.write(`injection: ${runCount} runs, ${size}\n`);
});

describe.each(Object.entries(VECTORS).map(([name, vector], index) => ({ name, vector, index })))(
  'hostile texts in $name',
  ({ vector, index }) => {
    test('create no workflow command, no output and no markup', async () => {
      // In a sample, two texts for each vector, so that the vectors together receive each text several times.
      const first = (2 * index) % TEXTS.length;
      const queue = IS_EXHAUSTIVE ? [...TEXTS] : TEXTS.slice(first, first + 2);
      const worker = async () => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          const [name, text] = next;
          await runAndCheck(vector, text).catch((cause) => {
            throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
          });
          runCount += 1;
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    });
  }
);

async function runAndCheck(vector: Vector, text: string): Promise<void> {
  await using aws = await startLocalAws({ changeMs: 1 });
  await using github = await LocalGithub.start();
  using folder = new TempFolder();
  const path = join(folder.path, 'report.json');
  const { kind = 'kinesis', inputs, env, isTracked = false, outcome = /^failed$/, isShown } = vector(text, aws, github);
  const tracking = isTracked ? { 'report-issue': 'true', 'github-token': TOKEN } : {};
  const origin = { GITHUB_API_URL: github.apiUrl, GITHUB_REPOSITORY: REPOSITORY };
  const step = await runOn(
    aws,
    kind,
    { 'report-path': path, ...tracking, ...inputs },
    { env: { NODE_COMPILE_CACHE: cache.path, AWS_MAX_ATTEMPTS: '1', ...origin, ...env } }
  );

  expect(step.outputs.outcome).toMatch(outcome);
  expectLog(step);
  expectHtml(step.summary);
  const annotated = commandsOf(step.stdout).map(({ message }) => message);
  const shown = withoutSpaces([step.stdout, ...annotated, visibleText(step.summary)].join(''));
  // `shown` makes a failure readable.
  if (isShown?.(step) ?? true)
    expect([shown, startsOf(text).some((start) => shown.includes(start))]).toEqual([shown, true]);
  if (inputs?.['report-path'] === undefined) {
    const report = parseReport(readFileSync(path, 'utf8'));
    expectOutputs(step, report);
    expectTexts(step, report);
  }
  const isWritten = isTracked && step.exitCode === 1 && !github.faults.has('POST /repos/');
  expect(github.issues).toHaveLength(isWritten ? 1 : 0);
  for (const issue of github.issues) expectIssue(issue);
}
