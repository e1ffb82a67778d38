import type { Case } from './case.ts';
import type { Emulator } from './servers.ts';

/** Case × server: same, differs and why, or not offered. The reasons stand below, as they would not fit in a column. */
export function table(
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
    return [`${one.service}: ${one.name}`, ...cells];
  });
  const header = ['case', ...emulators.map((emulator) => emulator.name)];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const notes = reasons.map((reason, index) => `(${index + 1}) ${reason}`);
  return ['', line(header), rule, ...rows.map(line), '', ...notes].join('\n');
}
