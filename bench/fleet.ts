/** `npm run bench:fleet`: how long many streams take, against the bound that AWS' rates set. */

import { parseArgs } from 'node:util';
import { CHANGE_MS, type Kind } from './account.ts';
import { loadNow, print, say, wholeNumber, wholeNumbers } from './command.ts';
import { type Fleet, type FleetRun, runFleet } from './fleet-run.ts';
import { aimed, type Column, metOrMissed, table } from './table.ts';

const HELP = `Prints a Markdown table: how long the committed bundle takes for many streams, and what it takes for them.

  npm run bench:fleet                     10, 100 and 1,000 streams of each kind, none of them encrypted
  npm run bench:fleet -- --busy           100 of each kind, while another caller takes half of every rate
  npm run bench:fleet -- --check          1,000 of each kind, all as they should be
  npm run bench:fleet -- --slow-changes   200 of each kind whose changes take 30 s; Kinesis also without ListStreams

  --sizes 10,100    how many streams instead
  --kind kinesis    or firehose; both if left out
  --speed N         the clocks of the action and of AWS run N times as fast; the times told are by these clocks

The outcome of every run is checked; one that is wrong ends the benchmark with an error.`;

/** A row a fleet, and beside what all tables tell, what this one is about. */
interface Scenario {
  readonly sizes: string;
  readonly mostTimesBound: number;
  readonly fleets: (fleet: Fleet) => readonly Fleet[];
  readonly columns: readonly Column<FleetRun>[];
  readonly aims: (runs: readonly FleetRun[]) => readonly string[];
}

/** The account's rate: five starts a second. */
const START_EVERY_MS = 200;
const MOST_MIB = 150;
const MOST_KIB_A_STREAM = 20;
const MOST_REQUESTS_OF_1000 = 3.5;

const SCENARIOS = {
  change: {
    sizes: '10,100,1000',
    mostTimesBound: 1.15,
    fleets: (fleet) => [fleet],
    columns: [],
    aims: (runs) => [...Map.groupBy(runs, ({ fleet }) => fleet.kind).values()].flatMap(aimsOfGrowth)
  },
  busy: {
    sizes: '100',
    mostTimesBound: 2.5,
    fleets: (fleet) => [{ ...fleet, busy: true }],
    columns: [
      {
        head: "the neighbour's requests, throttled",
        align: 'right',
        cell: ({ seen: { neighbour } }) => `${neighbour.requests}, ${neighbour.throttles}`
      }
    ],
    aims: () => []
  },
  check: {
    sizes: '1000',
    mostTimesBound: 1.15,
    fleets: (fleet) => [{ ...fleet, task: 'check' }],
    columns: [],
    aims: () => []
  },
  'slow-changes': {
    sizes: '200',
    mostTimesBound: 1.15,
    fleets: (fleet) => {
      const slow = { ...fleet, changeMs: 30_000 };
      return fleet.kind === 'kinesis' ? [slow, { ...slow, deniesListing: true }] : [slow];
    },
    columns: [
      { head: 'ListStreams', cell: ({ fleet }) => listing(fleet) },
      {
        head: 'from the first start to the last',
        align: 'right',
        cell: ({ seen, fleet }) =>
          `${seconds(seen.startsMs)}, ${(seen.startsMs / (fleet.size * START_EVERY_MS)).toFixed(2)} ×`
      }
    ],
    aims: () => [
      "'×': of what five starts a second take; more would say that looks at streams that wait hold the starts up"
    ]
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
      'slow-changes': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  });
  if (values.help) return print(HELP);
  const [asked = 'change', another] = (['busy', 'check', 'slow-changes'] as const).filter((name) => values[name]);
  if (another !== undefined) throw new Error(`Give one of --${asked} and --${another}`);
  const scenario: Scenario = SCENARIOS[asked];
  const sizes = wholeNumbers('--sizes', values.sizes ?? scenario.sizes);
  await bench(scenario, kindsOf(values.kind), sizes, wholeNumber('--speed', values.speed));
}

async function bench(
  scenario: Scenario,
  kinds: readonly Kind[],
  sizes: readonly number[],
  speed: number
): Promise<void> {
  const plain = { task: 'change', changeMs: CHANGE_MS, speed, busy: false, deniesListing: false } as const;
  const fleets = kinds.flatMap((kind) => sizes.flatMap((size) => scenario.fleets({ ...plain, kind, size })));
  const loadBefore = loadNow();
  const runs: FleetRun[] = [];
  for (const fleet of fleets) {
    say(`${fleet.kind}, ${fleet.size} streams`);
    runs.push(await runFleet(fleet));
  }
  print(table([...columns(scenario.mostTimesBound), ...scenario.columns], runs));
  const aims = scenario.aims(runs);
  if (aims.length > 0) print(`\n${aims.map((aim) => `- ${aim}`).join('\n')}`);
  const changeMs = Math.max(...fleets.map((fleet) => fleet.changeMs));
  print(
    `\nNode ${process.version}; a change takes ${changeMs} ms in the local AWS, which keeps AWS' rates; ` +
      `${speed === 1 ? '' : `clocks ${speed} times as fast; `}load average ${loadBefore} before, ${loadNow()} after. ` +
      `Print it again with \`${['npm run bench:fleet --', ...process.argv.slice(2)].join(' ')}\`.`
  );
}

function columns(mostTimesBound: number): readonly Column<FleetRun>[] {
  return [
    { head: 'streams', align: 'right', cell: ({ fleet }) => fleet.size.toLocaleString('en') },
    { head: 'kind', cell: ({ fleet }) => (fleet.kind === 'kinesis' ? 'Kinesis' : 'Firehose') },
    { head: 'time', align: 'right', cell: ({ ms }) => seconds(ms) },
    { head: 'bound', align: 'right', cell: ({ boundMs }) => seconds(boundMs) },
    {
      head: `time ÷ bound (${mostTimesBound} at most)`,
      align: 'right',
      cell: ({ ms, boundMs }) => aimed((ms / boundMs).toFixed(2), ms <= mostTimesBound * boundMs)
    },
    { head: 'requests a stream', align: 'right', cell: ({ requestsAStream }) => requestsAStream.toFixed(2) },
    { head: 'of these', cell: byOperation },
    {
      head: 'throttled',
      align: 'right',
      // On a faster clock a pause of the machine, as for its memory, is so much longer that it shows here.
      cell: ({ seen, fleet }) => aimed(String(seen.throttles), fleet.busy || fleet.speed > 1 || seen.throttles === 0)
    },
    {
      head: 'peak memory',
      align: 'right',
      cell: ({ peakMiB, fleet }) => aimed(`${peakMiB.toFixed(0)} MiB`, fleet.size > 1_000 || peakMiB < MOST_MIB)
    }
  ];
}

/** What is to be had as the fleet grows; the runs are of one kind. */
function aimsOfGrowth(runs: readonly FleetRun[]): string[] {
  const bySize = runs.toSorted((one, other) => one.fleet.size - other.fleet.size);
  const kind = bySize[0]?.fleet.kind;
  const of1000 = bySize.find(({ fleet }) => fleet.size === 1_000);
  const largest = bySize.at(-1);
  const aims: string[] = [];
  if (bySize.length > 1) {
    const fall = bySize.every(
      ({ requestsAStream }, index) =>
        requestsAStream <= (bySize[index - 1]?.requestsAStream ?? Number.POSITIVE_INFINITY)
    );
    aims.push(`${kind}: requests a stream fall as the fleet grows: ${metOrMissed(fall)}`);
  }
  if (kind === 'kinesis' && of1000 !== undefined) {
    const few = of1000.requestsAStream < MOST_REQUESTS_OF_1000;
    aims.push(`${kind}: below ${MOST_REQUESTS_OF_1000} requests a stream at 1,000: ${metOrMissed(few)}`);
  }
  if (of1000 !== undefined && largest !== undefined && largest !== of1000) {
    const kib = ((largest.peakMiB - of1000.peakMiB) * 1024) / (largest.fleet.size - 1_000);
    const little = metOrMissed(kib < MOST_KIB_A_STREAM);
    aims.push(`${kind}: ${kib.toFixed(1)} KiB a stream more, below ${MOST_KIB_A_STREAM}: ${little}`);
  }
  return aims;
}

function listing({ kind, deniesListing }: Fleet): string {
  if (kind === 'firehose') return 'there is none';
  return deniesListing ? 'denied' : 'allowed';
}

function byOperation({ seen, fleet }: FleetRun): string {
  const mostFirst = Object.entries(seen.requests).toSorted(([, one], [, other]) => other - one);
  return mostFirst.map(([operation, count]) => `${operation} ${(count / fleet.size).toFixed(2)}`).join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function kindsOf(kind: string): readonly Kind[] {
  if (kind === 'both') return ['kinesis', 'firehose'];
  if (kind === 'kinesis' || kind === 'firehose') return [kind];
  throw new Error(`--kind ${kind}: give kinesis, firehose or both`);
}

await main();
