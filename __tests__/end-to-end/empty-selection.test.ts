import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../local-aws/server.ts';
import { visibleText } from './html.ts';
import { ALWAYS, createStream, KINDS, LIST, run } from './step.ts';
import { commandsOf, warningsOf } from './workflow-commands.ts';

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
  const message = 'No stream matches clicks-*: searched 1 ';

  test('the step fails by default', async () => {
    createStream(aws, kind);
    const { outputs, exitCode } = await run(aws, glob);
    expect(outputs).toEqual(expect.objectContaining({ ...EMPTY, outcome: 'failed' }));
    expect(exitCode).toBe(1);
  });

  test.each(['encrypt', 'check'])('warn passes with a warning in mode %s', async (mode) => {
    createStream(aws, kind);
    const { outputs, stdout, summary, exitCode } = await run(aws, { ...glob, mode, 'if-no-streams-found': 'warn' });
    expect(outputs).toMatchObject(EMPTY);
    expect(warningsOf(stdout)).toEqual([
      { name: 'warning', properties: { title: 'Stream encryption' }, message: expect.stringContaining(message) }
    ]);
    expect(visibleText(summary)).toContain(message);
    expect(exitCode).toBe(0);
  });

  test('ignore passes with a line in the log', async () => {
    createStream(aws, kind);
    const { outputs, stdout, summary, exitCode } = await run(aws, { ...glob, 'if-no-streams-found': 'ignore' });
    expect(outputs).toMatchObject(EMPTY);
    expect(commandsOf(stdout).filter(({ name }) => name !== 'debug')).toEqual([]);
    expect(stdout).toContain(message);
    expect(visibleText(summary)).toContain(message);
    expect(exitCode).toBe(0);
  });

  test('because the named stream lacks the tags, ignore passes', async () => {
    createStream(aws, kind);
    const inputs = { 'stream-kind': kind, 'stream-name': 'orders', 'stream-tags': 'env=prod' };
    const { outputs, exitCode } = await run(aws, { ...inputs, 'if-no-streams-found': 'ignore' });
    expect(outputs).toMatchObject(EMPTY);
    expect(exitCode).toBe(0);
  });

  test('because the list could not be read, the step fails', async () => {
    aws.faults.add({ on: LIST[kind], times: ALWAYS, error: { code: 'AccessDeniedException', message: 'no' } });
    const { outputs, stdout, exitCode } = await run(aws, { ...glob, 'if-no-streams-found': 'ignore' });
    expect(outputs.outcome).toBe('failed');
    expect(stdout).toContain('AccessDeniedException');
    expect(exitCode).toBe(1);
  });

  test('because the named stream does not exist, the step fails', async () => {
    const inputs = { 'stream-kind': kind, 'stream-name': 'orders', 'if-no-streams-found': 'ignore' };
    const { outputs, stdout, exitCode } = await run(aws, inputs);
    expect(outputs).toMatchObject({ outcome: 'failed', counts: '{"total":1,"failed":1}' });
    expect(stdout).toContain('check its name, stream-kind, the region');
    expect(exitCode).toBe(1);
  });
});
