import { describe, expect, test } from '@jest/globals';
import { NEW, OLD, THIRD } from '../../support/account.ts';
import { active, enabled, enabling, enablingFailed, updating } from '../../support/observations.ts';
import { oneKey } from '../../support/requests.ts';
import { scene } from '../../support/scene.ts';
import { refuses, times } from '../../support/simulated-stream.ts';
import { gaps } from '../../support/virtual-clock.ts';

const ASKED = { criteria: oneKey(NEW), settleMs: 0 } as const;

const busy = refuses('busy', 'ResourceInUseException');

describe('an earlier change in flight', () => {
  test('is waited out; where it ends as asked, nothing is sent', async () => {
    const here = scene(updating(OLD));
    here.stream.show(active(NEW), 20_000);
    const result = await here.encrypt({ criteria: oneKey(NEW) });
    expect(here.keysSent).toEqual([]);
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, encrypted: 'true', key: { id: NEW } });
    expect(here.log.join('\n')).toContain('another change is in flight');
  });

  test('is waited out; where it ends otherwise, the change is sent then', async () => {
    const here = scene(enabling());
    here.stream.show(enabled(OLD), 20_000);
    const result = await here.encrypt({ criteria: oneKey(NEW) });
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD }, key: { id: NEW } });
    expect(here.stream.starts).toHaveLength(1);
    expect(here.stream.starts[0]?.atMs).toBeGreaterThanOrEqual(20_000);
  });

  test('that ends in failure leaves nobody able to tell: the change is sent, and is a move', async () => {
    const here = scene(enabling());
    here.stream.show(enablingFailed(), 3_000);
    expect(await here.encrypt({ criteria: oneKey(NEW) })).toMatchObject({ outcome: 'rekeyed', previousKey: null });
  });

  test('a stream that is still being created is waited for', async () => {
    const here = scene({ ...updating(), status: 'CREATING' });
    here.stream.show(active(), 8_000);
    expect(await here.encrypt()).toMatchObject({ outcome: 'enabled' });
  });

  test('the key in force before our change is the one the earlier change put there', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(THIRD), 4_000);
      busy();
    });
    const result = await here.encrypt({ criteria: oneKey(NEW) });
    expect(here.keysSent).toEqual([NEW, NEW]);
    expect(result).toMatchObject({ outcome: 'rekeyed', previousKey: { id: THIRD }, key: { id: NEW } });
  });
});

describe('a start while another change is in flight', () => {
  test('is sent again when that has ended', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(OLD), 30_000);
      busy();
    });
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', previousKey: { id: OLD } });
    expect(here.stream.starts).toHaveLength(2);
    expect(here.stream.starts[1]?.atMs).toBeGreaterThanOrEqual(30_000);
  });

  test('is not needed where that change ended as asked: unchanged, and settled', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(updating(OLD));
      stream.show(active(NEW), 10_000);
      busy();
    });
    const result = await here.encrypt({ ...ASKED, settleMs: 5_000 });
    expect(result).toMatchObject({ outcome: 'unchanged', changed: false, key: { id: NEW } });
    expect(result.durationSeconds).toBeGreaterThanOrEqual(15);
    expect(here.stream.starts).toHaveLength(1);
  });

  test('is not needed where that change was over before the next look: unchanged, and settled', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts((stream) => {
      stream.show(active(NEW));
      busy();
    });
    expect(await here.encrypt({ ...ASKED, settleMs: 5_000 })).toMatchObject({ outcome: 'unchanged', changed: false });
    expect(here.clock.now()).toBeGreaterThanOrEqual(5_000);
  });

  test('that no look confirms is asked about ever more rarely, ten times at most, as each start may count', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(50, busy));
    const result = await here.encrypt(ASKED);
    expect(result).toMatchObject({ outcome: 'failed', changed: false, key: { id: OLD } });
    expect(result.message).toContain('ResourceInUseException');
    expect(here.stream.starts).toHaveLength(10);
    const [first = 0, second = 0] = here.stream.starts.map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThanOrEqual(700);
    expect(here.clock.now()).toBeGreaterThan(25_000);
  });

  test('that the looks do not show yet is tried again at a growing pause, not at once', async () => {
    const here = scene(active(OLD));
    here.stream.nextStarts(...times(8, busy));
    expect(await here.encrypt(ASKED)).toMatchObject({ outcome: 'rekeyed', changed: true });
    for (const pause of gaps(here.stream.starts.map(({ atMs }) => atMs))) expect(pause).toBeGreaterThanOrEqual(99);
  });
});
