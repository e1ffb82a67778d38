import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import { ALWAYS, createStream, KINDS, LIST, run } from './step.ts';
import { commandsOf } from './workflow-commands.ts';

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ changeMs: 20 });
});
afterEach(() => aws.close());

const EMPTY = {
  outcome: 'not-applicable',
  changed: 'false',
  encrypted: 'unknown',
  results: '[]',
  counts: '{"total":0}'
};

describe.each(KINDS)('%s: if no stream is found', (kind) => {
  const glob = { 'stream-kind': kind, 'stream-name': 'clicks-*' };
  const ignored = { 'stream-kind': kind, 'stream-name': 'orders', 'if-no-streams-found': 'ignore' };

  test('the step fails by default, warn passes with a warning, and ignore with a line in the log', async () => {
    createStream(aws, kind);
    const message = 'No stream matches clicks-*: searched 1 ';
    const [failed, warned, passed] = await Promise.all([
      run(aws, glob),
      run(aws, { ...glob, 'if-no-streams-found': 'warn' }),
      run(aws, { ...glob, mode: 'check', 'if-no-streams-found': 'ignore' })
    ]);
    expect(failed).toMatchObject({ exitCode: 1, outputs: { ...EMPTY, outcome: 'failed' } });
    expect(warned).toMatchObject({ exitCode: 0, outputs: EMPTY });
    expect(passed).toMatchObject({ exitCode: 0, outputs: EMPTY });
    const commands = [failed, warned, passed].map(({ stdout }) =>
      commandsOf(stdout).filter(({ name }) => name !== 'debug')
    );
    const annotation = (name: string) => [
      { name, properties: { title: 'Stream encryption' }, message: expect.stringContaining(message) }
    ];
    expect(commands).toEqual([annotation('error'), annotation('warning'), []]);
    for (const { stdout, summary } of [failed, warned, passed]) {
      expect(stdout).toContain(message);
      expect(visibleText(summary)).toContain(message);
    }
  });

  test('because the named stream lacks the tags, ignore passes; because it does not exist, the step fails', async () => {
    createStream(aws, kind);
    const [untagged, missing] = await Promise.all([
      run(aws, { ...ignored, 'stream-tags': 'env=prod' }),
      run(aws, { ...ignored, 'stream-name': 'gone' })
    ]);
    expect(untagged).toMatchObject({ exitCode: 0, outputs: EMPTY });
    expect(missing).toMatchObject({ exitCode: 1, outputs: { outcome: 'failed', counts: '{"total":1,"failed":1}' } });
    expect(missing.stdout).toContain('check its name, stream-kind, the region');
  });

  test('because the list could not be read, the step fails', async () => {
    aws.faults.add({ on: LIST[kind], times: ALWAYS, error: { code: 'AccessDeniedException', message: 'no' } });
    const { outputs, stdout, exitCode } = await run(aws, { ...glob, 'if-no-streams-found': 'ignore' });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('AccessDeniedException');
    expect(exitCode).toBe(1);
  });
});
