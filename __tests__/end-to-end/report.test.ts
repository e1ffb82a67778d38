import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startLocalAws } from '../../local-aws/server.ts';
import { parseReport } from './report-schema.ts';
import { createStream, KINDS, runOn } from './step.ts';
import { TempFolder } from './temp-folder.ts';

test.each(KINDS)('%s: the report is evidence by itself: the run, the criteria, the keys, and why', async (kind) => {
  await using aws = await startLocalAws({ changeMs: 50 });
  using folder = new TempFolder();
  const [previous, target] = [aws.kms.createKey(), aws.kms.createKey()];
  aws.kms.createAlias('alias/previous', previous);
  aws.kms.createAlias('alias/target', target);
  createStream(aws, kind, { key: previous.arn });
  const path = join(folder.path, 'new', 'report.json');
  await runOn(aws, kind, { 'key-id': 'alias/target', 'from-key-id': 'alias/previous', 'report-path': path });

  const report = parseReport(readFileSync(path, 'utf8'));
  const times = [report.startedAt, ...report.streams.map(({ lastObservedAt }) => lastObservedAt), report.endedAt];
  expect(times.toSorted()).toEqual(times);
  expect(report).toMatchObject({
    version: 2,
    actionVersion: JSON.parse(readFileSync('package.json', 'utf8')).version,
    run: {
      repository: 'octo-org/streams',
      id: 1_658_821_493,
      attempt: 1,
      url: 'https://github.com/octo-org/streams/actions/runs/1658821493',
      commit: 'ffac537e6cbbf934b08745a378932722df287a53'
    },
    account: '111122223333',
    region: 'us-east-1',
    mode: 'encrypt',
    criteria: {
      keyType: null,
      keys: [{ given: 'alias/target', arn: target.arn }],
      fromKeys: [{ given: 'alias/previous', arn: previous.arn }]
    },
    outcome: 'rekeyed',
    streams: [
      {
        keyArn: target.arn,
        previousKeyId: previous.arn,
        previousKeyNeededUntil: expect.stringMatching(/Z$/),
        targetKeyId: target.arn,
        reason: `was encrypted with ${previous.arn}, but the request requires encryption with alias/target`
      }
    ]
  });
});
