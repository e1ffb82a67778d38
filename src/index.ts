import { run } from './main.ts';

await run();

// All is told. What may still hang, such as a credential process, must not keep the step from ending.
setTimeout(() => process.exit(), 500).unref();
