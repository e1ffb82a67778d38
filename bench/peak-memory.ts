/** Preloaded into the action's process: prints the process's peak memory to stderr when it exits. */

process.on('exit', () => {
  process.stderr.write(`peak memory: ${process.resourceUsage().maxRSS} KiB\n`);
});
