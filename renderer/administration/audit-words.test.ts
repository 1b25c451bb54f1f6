import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from '../../resources/translations/en.json' with { type: 'json' }
import { routes } from '../../test/support/api-input.ts'

const { auditAction } = en
const wordless = (actions: readonly string[]) => actions.filter((action) => !(action.replace('.', '_') in auditAction))

test('whatever people do has words in the audit', () => {
  const actions = routes.flatMap(({ meta }) => meta.audit ?? [])
  expect(actions.length).toBeGreaterThan(50)
  expect(wordless(actions)).toEqual([])
})

test('so has what the hub does by itself', () => {
  const server = join(import.meta.dirname, '../../server')
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  )
  const actions = files.flatMap((name) =>
    [...readFileSync(join(server, name), 'utf8').matchAll(/\bwrite\(\w+, '(\w+\.\w+)'/g)].map(
      ([, action]) => action ?? '',
    ),
  )
  expect(actions).toContain('maintenance.tidy')
  expect(wordless(actions)).toEqual([])
})
