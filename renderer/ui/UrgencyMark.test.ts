import i18next from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { initReactI18next } from 'react-i18next'
import { beforeAll, expect, it } from 'vitest'
import { urgency } from '../../contract/visits.ts'
import en from '../../resources/translations/en.json' with { type: 'json' }
import { UrgencyMark } from './UrgencyMark.tsx'

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: en } } }))

it('U3 each level has its own shape and its own word, so that it can be read without colour', () => {
  const drawn = urgency.options.map((level) => renderToStaticMarkup(createElement(UrgencyMark, { urgency: level })))
  const shapes = drawn.map((html) => /<svg[^>]*>(.*)<\/svg>/.exec(html)?.[1])
  const words = drawn.map((html) => html.replace(/<svg.*<\/svg>/, '').replace(/<[^>]+>/g, ''))
  expect(shapes.every(Boolean)).toBe(true)
  expect(new Set(shapes).size).toBe(urgency.options.length)
  expect(words).toEqual(['Immediate', 'Very urgent', 'Urgent', 'Standard', 'Non-urgent'])
})
