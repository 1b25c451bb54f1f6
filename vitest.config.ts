import { defineConfig } from 'vitest/config'

/** No log, and no word on this machine's own network: tests that need one make it. */
const quiet = { ANTEROOM_LOG: 'fatal', ANTEROOM_CARDS: 'none' }

/** Long enough for a busy machine: what is waited for ends the waiting. */
const waiting = { poll: { timeout: 20_000 } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{contract,rules,local,server,renderer,station,electron,bench}/**/*.test.{ts,tsx}',
            'test/*.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          env: quiet,
          expect: waiting,
        },
      },
      {
        test: {
          name: 'lan',
          include: ['test/lan/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          expect: waiting,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // Mostly waiting for what a person would wait for: two at a time are not slower each.
          maxWorkers: 2,
          env: quiet,
          expect: waiting,
        },
      },
    ],
  },
})
