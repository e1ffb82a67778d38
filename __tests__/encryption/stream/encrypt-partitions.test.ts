import { describe, expect, test } from '@jest/globals';
import { keyArn, NEW_ID, OLD_ID, STREAM_ARN } from '../../support/account.ts';
import { enabled } from '../../support/observations.ts';
import { targetKey } from '../../support/requests.ts';
import { reports } from '../../support/simulated-stream.ts';
import { simulate } from '../../support/stream-simulation.ts';

const REGION = 'us-gov-west-1';
/** As Firehose in GovCloud has been seen to write it. */
const REPORTED_STREAM = STREAM_ARN.firehose.replace('eu-central-1', REGION);
const OLD = inGovCloud(keyArn(OLD_ID, { region: REGION }));
const NEW = inGovCloud(keyArn(NEW_ID, { region: REGION }));

function inGovCloud(arn: string): string {
  return arn.replace('arn:aws:', 'arn:aws-us-gov:');
}

describe('a delivery stream in GovCloud whose ARN begins with arn:aws:, without kms:DescribeKey', () => {
  test.each([
    ['a bare key id', NEW_ID],
    ['a key ARN', NEW]
  ])('gets the key by %s, with the ARN of its own partition', async (_, id) => {
    const simulation = simulate({ ...enabled(OLD), arn: REPORTED_STREAM });
    simulation.keys.denyAll();
    simulation.stream.onNextStarts(reports({ ...enabled(NEW), arn: REPORTED_STREAM }));
    const result = await simulation.encrypt({ region: REGION, criteria: targetKey(id) });
    expect(result).toMatchObject({ outcome: 'rekeyed', key: { id: NEW }, previousKey: { id: OLD } });
    expect(simulation.sentKeyIds).toEqual([NEW]);
  });

  test('is unchanged if the key in force is the target, whatever partition Firehose writes', async () => {
    for (const reported of [NEW, NEW.replace('aws-us-gov', 'aws')]) {
      const simulation = simulate({ ...enabled(reported), arn: REPORTED_STREAM });
      simulation.keys.denyAll();
      const result = await simulation.encrypt({ region: REGION, criteria: targetKey(NEW_ID) });
      expect(result.outcome).toBe('unchanged');
      expect(simulation.sentKeyIds).toEqual([]);
    }
  });
});
