// Runs vitest and ends with the totals ./test reads: "# pass N", "# fail N", "# skipped N".
import { startVitest } from 'vitest/node';

const vitest = await startVitest('test', [], { watch: false, reporters: ['default'] });
const count = { passed: 0, failed: 0, skipped: 0 };
for (const module of vitest.state.getTestModules())
  for (const test of module.children.allTests()) count[test.result().state] += 1;
// A file that did not even load is a failure without tests.
const broken = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
await vitest.close();
console.log(`# pass ${count.passed}\n# fail ${count.failed + broken}\n# skipped ${count.skipped}`);
process.exit(count.failed + broken > 0 ? 1 : 0);
