/** Loaded into a process before anything else: has it say at its end, on stderr, how much memory it took at most. */

process.on('exit', () => {
  process.stderr.write(`peak memory: ${process.resourceUsage().maxRSS} KiB\n`);
});
