import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../../local-aws/server.ts';
import { ALWAYS, createStream, FOREVER, KINDS, LIST, run, START } from '../step.ts';
import { expectPromptEnd } from './early-end.ts';

test.each(KINDS)('%s: reports a run that is cancelled while its streams are listed', async (kind) => {
  const listing = Promise.withResolvers<void>();
  await using aws = await startLocalAws({ onRequest: () => listing.resolve() });
  aws.faults.add({ on: LIST[kind], hang: 'before', times: ALWAYS });
  const result = await run(aws, { 'stream-kind': kind, 'stream-name': '*' }, { cancelWhen: listing.promise });
  expect(result.outputs).toMatchObject({ outcome: 'cancelled', results: '[]' });
  expect(result.stdout).toContain('was cancelled before its streams were known. No change was sent');
  expectPromptEnd(result);
});

test.each(KINDS)('%s: reports every stream of a cancelled run, started or not', async (kind) => {
  const firstStart = Promise.withResolvers<void>();
  await using aws = await startLocalAws({
    changeMs: FOREVER,
    limitsRates: true,
    onRequest: ({ operation }) => {
      if (operation === START[kind]) firstStart.resolve();
    }
  });
  for (let nth = 1; nth <= 60; nth++) createStream(aws, kind, { name: `orders-${nth}` });
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-fleet-'));
  try {
    const reportPath = join(folder, 'report.json');
    const result = await run(
      aws,
      { 'stream-kind': kind, 'stream-name': 'orders-*', 'report-path': reportPath },
      { cancelWhen: firstStart.promise }
    );
    expect(result.outputs).toMatchObject({
      outcome: 'cancelled',
      changed: 'true',
      counts: JSON.stringify({ total: 60, cancelled: 60 })
    });
    const { streams } = JSON.parse(readFileSync(reportPath, 'utf8'));
    const messages: string[] = streams.map(({ message }: { message: string }) => message);
    expect(messages).toContainEqual(expect.stringContaining('The service has not described the stream'));
    expect(messages).toContainEqual(expect.stringContaining('was sent'));
    expectPromptEnd(result);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
