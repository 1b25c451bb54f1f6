import { expect, test } from 'vitest'
import { vitals } from '../../contract/triage.ts'
import { assessRisk } from '../../rules/risk.ts'
import { aged, nothingTaken, shipped } from '../../rules/rule-packs.fixture.ts'
import { createRandom } from './random.ts'
import { someVitals } from './vital-signs.ts'

const ages = [1, 5, 20, 40, 70, 110, 150, 180, 300, 600, 900]

test('the demonstration’s patients have vital signs that can be, and only those who are ill are past a threshold', () => {
  for (const months of ages)
    for (let seed = 0; seed < 40; seed++)
      for (const condition of ['well', 'unwell', 'ill'] as const) {
        const subject = aged(months)
        const taken = { ...nothingTaken, ...someVitals(createRandom(seed), subject, condition) }
        expect(vitals.safeParse(taken).success).toBe(true)
        const { level } = assessRisk(taken, subject, shipped)
        const told = `${condition} at ${months} months: ${JSON.stringify(taken)}`
        if (condition === 'ill') expect(['very_urgent', 'immediate'], told).toContain(level)
        else if (months >= 3) expect(level, told).toBeNull()
      }
})
