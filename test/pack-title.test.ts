import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { packTitle } from '../renderer/triage/pack-title.ts'
import en from '../resources/translations/en.json' with { type: 'json' }
import { installedPacks } from '../server/rule-packs/installed.ts'

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: en } } }))

test('U7 each rule pack that we ship has a title to be translated, and in English its own', () => {
  const shipped = Object.fromEntries(installedPacks().map(({ id, title }) => [id, title]))
  expect(en.rulePack.title).toEqual(shipped)
  for (const pack of installedPacks()) expect(packTitle({ ...pack, title: 'as it calls itself' })).toBe(pack.title)
})

test('a rule pack that a clinic brings is called as it calls itself', () => {
  expect(packTitle({ id: 'ours', title: 'Our own rules' })).toBe('Our own rules')
})
