import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/src/**/*.test.tsx',
      'packages/*/test/**/*.test.ts',
      'test/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    testTimeout: 20_000,
    // A busy machine takes its time; a second is no fault.
    expect: { poll: { timeout: 15_000 } },
    // Left alone, one core would watch the other work.
    maxWorkers: '100%',
    // Tests find nothing that another run has left.
    env: { THROUGHLINE_CACHE: 'off' },
  },
})
