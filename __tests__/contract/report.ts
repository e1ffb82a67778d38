import { markdownTable } from 'markdown-table';
import { type Case, nameOf } from './case.ts';
import type { Emulator } from './servers.ts';

/** Case × server: same, differs and why, or not offered. The reasons stand below, as they would not fit in a column. */
export function report(
  cases: readonly Case[],
  emulators: readonly Emulator[],
  verdicts: ReadonlyMap<Case, ReadonlyMap<Emulator, string>>
): string {
  const reasons: string[] = [];
  const rows = cases.map((one) => {
    const cells = emulators.map((emulator) => {
      const verdict = verdicts.get(one)?.get(emulator) ?? 'not run';
      if (!verdict.startsWith('differs: ')) return verdict;
      const reason = `${emulator.name}: ${verdict.slice('differs: '.length)}`;
      if (!reasons.includes(reason)) reasons.push(reason);
      return `differs (${reasons.indexOf(reason) + 1})`;
    });
    return [nameOf(one), ...cells];
  });
  const head = ['case', ...emulators.map((emulator) => emulator.name)];
  const notes = reasons.map((reason, index) => `(${index + 1}) ${reason}`);
  return ['', markdownTable([head, ...rows]), '', ...notes].join('\n');
}
