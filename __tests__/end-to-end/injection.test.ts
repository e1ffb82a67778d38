/** Sends hostile texts to the committed bundle through every vector, and checks log, outputs, report, summary and issue. */

import { afterAll, describe, expect, test } from '@jest/globals';
import { IS_EXHAUSTIVE } from '../support/extent.ts';
import { CORPUS } from './corpus.ts';
import { expectIssue, expectSummary } from './injection/expect-html.ts';
import { expectLog } from './injection/expect-log.ts';
import { INPUT_VECTORS } from './injection/input-vectors.ts';
import { readReportedRun } from './injection/reported-run.ts';
import { DEFAULT_ORIGIN, type InjectionVector, removeCompileCache, Sandbox } from './injection/sandbox.ts';
import { SERVICE_VECTORS } from './injection/service-vectors.ts';
import { startOf, withoutSpaces } from './injection/text.ts';

const VECTORS: readonly InjectionVector[] = [...INPUT_VECTORS, ...SERVICE_VECTORS];
const CONCURRENCY = 4;

/** All texts; in a sample, two for each vector, so that the vectors together receive each text several times. */
function textsFor(vector: InjectionVector): [name: string, text: string][] {
  const texts = Object.entries(CORPUS);
  if (IS_EXHAUSTIVE) return texts;
  const first = (2 * VECTORS.indexOf(vector)) % texts.length;
  return texts.slice(first, first + 2);
}

let runCount = 0;
afterAll(() => {
  removeCompileCache();
  process.stderr.write(
    `injection: ${runCount} runs, ${Object.keys(CORPUS).length} texts × ${VECTORS.length} vectors\n`
  );
});

describe.each(VECTORS)('hostile texts in $name', (vector) => {
  test('create no workflow command, no output and no markup', async () => {
    const queue = textsFor(vector);
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [name, text] = next;
        try {
          await using sandbox = await Sandbox.start();
          await runAndCheck(vector, sandbox, text);
          runCount += 1;
        } catch (cause) {
          throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  });
});

async function runAndCheck(vector: InjectionVector, sandbox: Sandbox, text: string): Promise<void> {
  const step = await vector.run(sandbox, text);
  expect([vector.outcome].flat()).toContain(step.outputs.outcome);
  const run = readReportedRun(step, sandbox.readReport());
  for (const place of vector.foundIn(run, step, text)) expect(withoutSpaces(place ?? '')).toContain(startOf(text));

  expectLog(step, run, vector.issue);
  expectSummary(step, run, vector.origin?.(text) ?? DEFAULT_ORIGIN);
  if (vector.issue === 'written' && step.exitCode === 1) expectIssue(sandbox.github.issues, step);
  else expect(sandbox.github.issues).toEqual([]);
}
