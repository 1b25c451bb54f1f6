import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const fileOf = (language: string) => join(import.meta.dirname, `../resources/translations/${language}.json`)

/** The shell's own words, from the files of translations; `{{name}}` is filled in. */
export type Words = ((key: string, values?: Record<string, string | number>) => string) & { language: string }

/**
 * U7: in the system's language where there are words for it, otherwise in English.
 *
 * @param locale `ar-EG`, as Electron tells it
 */
export function readWords(locale: string): Words {
  const wished = /^[a-z]{2,3}/.exec(locale)?.[0] ?? 'en'
  const language = existsSync(fileOf(wished)) ? wished : 'en'
  const { desktop } = z
    .object({ desktop: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(fileOf(language), 'utf8')))
  const words = (key: string, values: Record<string, string | number> = {}) => {
    const text = desktop[key]
    if (text === undefined) throw new Error(`resources/translations/${language}.json has no desktop.${key}`)
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
  return Object.assign(words, { language })
}
