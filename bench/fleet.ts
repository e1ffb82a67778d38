/** `npm run bench:fleet`: times many streams and compares with the lower bound that AWS' rates set. */

import { parseArgs } from 'node:util';
import { CHANGE_MS, type Kind } from './account.ts';
import {
  highlightMiss,
  loadAverage,
  logProgress,
  metOrMissed,
  print,
  printTable,
  wholeNumber,
  wholeNumbers
} from './command.ts';
import { type Fleet, type FleetRun, runFleet } from './fleet-run.ts';

const HELP = `Prints a Markdown table: time, requests and memory of the committed bundle for many streams.

  npm run bench:fleet                     10, 100 and 1,000 streams of each kind, none of them encrypted
  npm run bench:fleet -- --busy           100 of each kind, while another caller uses half of every rate
  npm run bench:fleet -- --check          1,000 of each kind, mode check, all compliant
  npm run bench:fleet -- --check-sources  1,000 delivery streams that read from 50 data streams, mode check
  npm run bench:fleet -- --slow-changes   200 of each kind, with changes that take 30 s

  --sizes 10,100    other numbers of streams
  --kind kinesis    only kinesis, or only firehose
  --sources 5       with --check-sources, another number of data streams
  --speed N         run the clocks of the action and of AWS N times as fast; reported times are by these clocks

The result of every run is verified; a wrong result stops the benchmark with an error.`;

interface Scenario {
  readonly sizes: string;
  readonly maxTimesBound: number;
  /** Both kinds if left out. */
  readonly kinds?: readonly Kind[];
  /** Differences from the default fleet. */
  readonly fleet: Partial<Fleet>;
  /** Cells in addition to those of every scenario. */
  readonly cells: (run: FleetRun) => Readonly<Record<string, string>>;
  readonly notes: (runs: readonly FleetRun[]) => readonly string[];
}

/** The account's rate: five starts a second. */
const START_INTERVAL_MS = 200;
/** For up to 1,000 streams, without special flags for Node. */
const MAX_PEAK_MIB = 200;
const MAX_KIB_PER_STREAM = 20;
const MAX_REQUESTS_AT_1000 = 3.5;

const TEXT_COLUMNS = ['kind', 'by operation'];

const SCENARIOS = {
  change: {
    sizes: '10,100,1000',
    maxTimesBound: 1.15,
    fleet: {},
    cells: () => ({}),
    notes: (runs) => [...Map.groupBy(runs, ({ fleet }) => fleet.kind).values()].flatMap(growth)
  },
  busy: {
    sizes: '100',
    maxTimesBound: 2.5,
    fleet: { busy: true },
    cells: ({ stats: { neighbour } }) => ({
      "neighbour's requests (throttled)": `${neighbour.requests} (${neighbour.throttles})`
    }),
    notes: () => []
  },
  check: {
    sizes: '1000',
    maxTimesBound: 1.15,
    fleet: { task: 'check' },
    cells: () => ({}),
    notes: () => []
  },
  'check-sources': {
    sizes: '1000',
    maxTimesBound: 1.15,
    kinds: ['firehose'],
    fleet: { task: 'check', sources: 50 },
    cells: ({ fleet }) => ({ sources: String(fleet.sources) }),
    notes: () => []
  },
  'slow-changes': {
    sizes: '200',
    maxTimesBound: 1.15,
    fleet: { changeMs: 30_000 },
    cells: ({ stats, fleet }) => ({
      'first start to last': `${seconds(stats.startsMs)}, ${(stats.startsMs / (fleet.size * START_INTERVAL_MS)).toFixed(2)} ×`
    }),
    notes: () => ['×: relative to five starts per second. A higher figure means that polling delays the starts.']
  }
} as const satisfies Readonly<Record<string, Scenario>>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string' },
      kind: { type: 'string', default: 'both' },
      speed: { type: 'string', default: '1' },
      busy: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      'check-sources': { type: 'boolean', default: false },
      sources: { type: 'string' },
      'slow-changes': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  });
  if (values.help) return print(HELP);
  const [name = 'change', second] = (['busy', 'check', 'check-sources', 'slow-changes'] as const).filter(
    (option) => values[option]
  );
  if (second !== undefined) throw new Error(`--${name} and --${second} exclude each other`);
  const scenario: Scenario = SCENARIOS[name];
  const sizes = wholeNumbers('--sizes', values.sizes ?? scenario.sizes);
  if (values.sources !== undefined && name !== 'check-sources') throw new Error('--sources requires --check-sources');
  const sources = values.sources === undefined ? {} : { sources: wholeNumber('--sources', values.sources) };
  const fleet = { ...scenario.fleet, ...sources };
  const kinds = scenario.kinds ?? parseKinds(values.kind);
  await bench({ ...scenario, fleet }, kinds, sizes, wholeNumber('--speed', values.speed));
}

async function bench(
  scenario: Scenario,
  kinds: readonly Kind[],
  sizes: readonly number[],
  speed: number
): Promise<void> {
  const defaults = { task: 'change', sources: 0, changeMs: CHANGE_MS, speed, busy: false } as const;
  const fleets = kinds.flatMap((kind) => sizes.map((size): Fleet => ({ ...defaults, ...scenario.fleet, kind, size })));
  const loadBefore = loadAverage();
  const runs: FleetRun[] = [];
  for (const fleet of fleets) {
    logProgress(`${fleet.kind}, ${fleet.size} streams`);
    runs.push(await runFleet(fleet));
  }
  printTable(
    runs.map((run) => ({ ...commonCells(run, scenario.maxTimesBound), ...scenario.cells(run) })),
    TEXT_COLUMNS
  );
  const notes = scenario.notes(runs);
  if (notes.length > 0) print(`\n${notes.map((note) => `- ${note}`).join('\n')}`);
  const { changeMs } = { ...defaults, ...scenario.fleet };
  print(
    `\nNode ${process.version}; a change takes ${changeMs} ms in the local AWS, which enforces AWS' rates; ` +
      `${speed === 1 ? '' : `clocks ${speed} times as fast; `}load average ${loadBefore} before, ${loadAverage()} after. ` +
      `To reproduce: \`${['npm run bench:fleet --', ...process.argv.slice(2)].join(' ')}\`.`
  );
}

function commonCells(run: FleetRun, maxTimesBound: number): Readonly<Record<string, string>> {
  const { fleet, ms, lowerBoundMs, stats, requestsPerStream, peakMiB } = run;
  // With faster clocks, a pause of the machine, such as a garbage collection, is long enough to cause throttles.
  const mayBeThrottled = fleet.busy || fleet.speed > 1;
  return {
    streams: fleet.size.toLocaleString('en'),
    kind: fleet.kind === 'kinesis' ? 'Kinesis' : 'Firehose',
    time: seconds(ms),
    'lower bound': seconds(lowerBoundMs),
    [`time ÷ bound (limit: ${maxTimesBound})`]: highlightMiss(
      (ms / lowerBoundMs).toFixed(2),
      ms <= maxTimesBound * lowerBoundMs
    ),
    'requests per stream': requestsPerStream.toFixed(2),
    'by operation': byOperation(run),
    throttled: highlightMiss(String(stats.throttles), mayBeThrottled || stats.throttles === 0),
    'peak memory': highlightMiss(`${peakMiB.toFixed(0)} MiB`, fleet.size > 1_000 || peakMiB < MAX_PEAK_MIB)
  };
}

/** Compares the runs of one kind: how requests and memory grow with the number of streams. */
function growth(runs: readonly FleetRun[]): string[] {
  const bySize = runs.toSorted((one, other) => one.fleet.size - other.fleet.size);
  const kind = bySize[0]?.fleet.kind;
  const at1000 = bySize.find(({ fleet }) => fleet.size === 1_000);
  const largest = bySize.at(-1);
  const notes: string[] = [];
  if (bySize.length > 1) {
    const decreases = bySize.every(
      ({ requestsPerStream }, index) =>
        requestsPerStream <= (bySize[index - 1]?.requestsPerStream ?? Number.POSITIVE_INFINITY)
    );
    notes.push(`${kind}: requests per stream decrease with the number of streams: ${metOrMissed(decreases)}`);
  }
  if (kind === 'kinesis' && at1000 !== undefined) {
    const isMet = at1000.requestsPerStream < MAX_REQUESTS_AT_1000;
    notes.push(
      `${kind}: fewer than ${MAX_REQUESTS_AT_1000} requests per stream at 1,000 streams: ${metOrMissed(isMet)}`
    );
  }
  if (at1000 !== undefined && largest !== undefined && largest !== at1000) {
    const kib = ((largest.peakMiB - at1000.peakMiB) * 1024) / (largest.fleet.size - 1_000);
    const isMet = kib < MAX_KIB_PER_STREAM;
    notes.push(
      `${kind}: ${kib.toFixed(1)} KiB per additional stream, limit ${MAX_KIB_PER_STREAM}: ${metOrMissed(isMet)}`
    );
  }
  return notes;
}

function byOperation({ stats, fleet }: FleetRun): string {
  const descending = Object.entries(stats.requests).toSorted(([, one], [, other]) => other - one);
  return descending.map(([operation, count]) => `${operation} ${(count / fleet.size).toFixed(2)}`).join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function parseKinds(kind: string): readonly Kind[] {
  if (kind === 'both') return ['kinesis', 'firehose'];
  if (kind === 'kinesis' || kind === 'firehose') return [kind];
  throw new Error(`--kind ${kind}: must be kinesis, firehose or both`);
}

await main();
