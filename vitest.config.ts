import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // A busy machine takes its time; a second is no fault.
    expect: { poll: { timeout: 15_000 } },
    // Left alone, one core would watch the other work.
    maxWorkers: '100%',
    // Tests find nothing that another run has left.
    env: { THROUGHLINE_CACHE: 'off' },
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          // A browser on a busy machine is late at times: CI asks once more, and says so.
          retry: process.env['CI'] ? 1 : 0,
          include: [
            'packages/{browser,studio}/src/**/*.test.{ts,tsx}',
            'packages/*/test/**/*.test.ts',
            'test/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          // Loading the sources anew for each of these files would take longer than the tests themselves.
          name: 'together',
          include: ['packages/{core,throughline}/src/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})
