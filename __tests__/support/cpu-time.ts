/** The CPU time that this work takes, in milliseconds. Unlike the time that passes, it does not grow on a busy machine. */
export function cpuTimeMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
