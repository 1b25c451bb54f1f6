import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const file = join(import.meta.dirname, '../resources/translations/en.json')

/** The shell's own words, from the one file of translations; `{{name}}` is filled in. */
export type Words = (key: string, values?: Record<string, string | number>) => string

export function readWords(): Words {
  const { desktop } = z
    .object({ desktop: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
  return (key, values = {}) => {
    const text = desktop[key]
    if (text === undefined) throw new Error(`resources/translations/en.json has no desktop.${key}`)
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
