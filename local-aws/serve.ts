/**
 * Serves a local AWS until the process is stopped, for CI jobs and for manual tests:
 *
 *     node local-aws/serve.ts --port 4599 --kinesis orders --firehose clicks --key alias/streams
 *
 * `--kinesis`, `--firehose` and `--key` can be repeated. The streams are not encrypted. By default, the port is a free one,
 * the region is us-east-1, and a change takes 500 ms; with `--change-ms Infinity` it never ends. Prints its endpoint.
 */

import { parseArgs } from 'node:util';
import { startLocalAws } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    region: { type: 'string', default: 'us-east-1' },
    'change-ms': { type: 'string', default: '500' },
    kinesis: { type: 'string', multiple: true, default: [] },
    firehose: { type: 'string', multiple: true, default: [] },
    key: { type: 'string', multiple: true, default: [] }
  }
});

const { region } = values;
const aws = await startLocalAws({ port: Number(values.port), region, changeMs: Number(values['change-ms']) });
for (const name of values.kinesis) aws.kinesis.create({ name });
for (const name of values.firehose) aws.firehose.create({ name });
for (const alias of values.key) aws.kms.createAlias(alias, aws.kms.createKey());
process.stdout.write(`local AWS of ${region} at ${aws.endpoint}\n`);
