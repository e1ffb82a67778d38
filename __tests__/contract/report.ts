import { markdownTable } from 'markdown-table';
import { type ContractCase, titleOf } from './contract-case.ts';
import type { Emulator } from './servers.ts';

/** Formats the verdicts as a table of cases and emulators, with the reasons for differences as notes below it. */
export function report(
  cases: readonly ContractCase[],
  emulators: readonly Emulator[],
  verdicts: ReadonlyMap<ContractCase, ReadonlyMap<Emulator, string>>
): string {
  const reasons: string[] = [];
  const rows = cases.map((contractCase) => {
    const cells = emulators.map((emulator) => {
      const verdict = verdicts.get(contractCase)?.get(emulator) ?? 'not run';
      if (!verdict.startsWith('differs: ')) return verdict;
      const reason = `${emulator.name}: ${verdict.slice('differs: '.length)}`;
      if (!reasons.includes(reason)) reasons.push(reason);
      return `differs (${reasons.indexOf(reason) + 1})`;
    });
    return [titleOf(contractCase), ...cells];
  });
  const head = ['case', ...emulators.map((emulator) => emulator.name)];
  const notes = reasons.map((reason, index) => `(${index + 1}) ${reason}`);
  return ['', markdownTable([head, ...rows]), '', ...notes].join('\n');
}
