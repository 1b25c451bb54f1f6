import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { simulateDay } from './simulation.ts'

test('a simulated morning with races and cut lines leaves nothing broken', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'anteroom-simulation-'))
  try {
    const report = await simulateDay({ dataDir, until: '10:30' })
    expect(report.broken).toEqual([])
    expect(report.visits).toBeGreaterThan(15)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
