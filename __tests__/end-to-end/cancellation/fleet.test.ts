/** A run of several streams that is cancelled: while they are chosen, and while they are encrypted. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { startLocalAws } from '../../../local-aws/server.ts';
import { ALWAYS, createStream, FOR_EVER, KINDS, LIST, run, START } from '../step.ts';
import { LIMIT_MS } from './told.ts';

jest.setTimeout(LIMIT_MS);

test.each(KINDS)('%s: that the run was cancelled while its streams were listed is told', async (kind) => {
  const listing = Promise.withResolvers<void>();
  await using aws = await startLocalAws({ onRequest: () => listing.resolve() });
  aws.faults.add({ on: LIST[kind], hang: 'before', times: ALWAYS });
  const result = await run(aws, { 'stream-kind': kind, 'stream-name': '*' }, { cancelWhen: listing.promise });
  expect(result.outputs).toMatchObject({ outcome: 'cancelled', results: '[]' });
  expect(result.stdout).toContain('was cancelled before its streams were known. No change was sent');
  expect(result.durationMs).toBeLessThan(7_500);
});

test.each(KINDS)('%s: of a fleet that is cancelled every stream is told of, those not begun too', async (kind) => {
  const started = Promise.withResolvers<void>();
  await using aws = await startLocalAws({
    changeMs: FOR_EVER,
    limitsRates: true,
    onRequest: ({ operation }) => {
      if (operation === START[kind]) started.resolve();
    }
  });
  for (let nth = 1; nth <= 60; nth++) createStream(aws, kind, { name: `orders-${nth}` });
  const folder = mkdtempSync(join(tmpdir(), 'stream-encryption-fleet-'));
  try {
    const report = join(folder, 'report.json');
    const { outputs, durationMs } = await run(
      aws,
      { 'stream-kind': kind, 'stream-name': 'orders-*', 'report-path': report },
      { cancelWhen: started.promise }
    );
    expect(outputs).toMatchObject({
      outcome: 'cancelled',
      changed: 'true',
      counts: JSON.stringify({ total: 60, cancelled: 60 })
    });
    const { streams } = JSON.parse(readFileSync(report, 'utf8'));
    const messages: string[] = streams.map(({ message }: { message: string }) => message);
    expect(messages).toContainEqual(expect.stringContaining('The service has not described the stream'));
    expect(messages).toContainEqual(expect.stringContaining('was sent'));
    expect(durationMs).toBeLessThan(7_500);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
