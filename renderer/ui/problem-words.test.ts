import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { line, money } from '../../contract/values.ts'
import { startTranslations } from './i18n.ts'
import { problemWords } from './problem-words.ts'
import { typedNumber } from './typed-values.ts'

beforeAll(startTranslations)

/** What is said of this value where this is asked. */
const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => problemWords(message))

test('what is too long, too much or too many says how much it may be', () => {
  expect(said(line(120), 'x'.repeat(121))).toEqual(['At most 120 characters.'])
  expect(said(z.string().min(3), 'x')).toEqual(['At least 3 characters.'])
  expect(said(z.int().max(240), 241)).toEqual(['At most 240.'])
  expect(said(z.number().max(1.5), 2)).toEqual(['At most 1.5.'])
  expect(said(z.int().min(-5), -6)).toEqual(['At least -5.'])
  expect(said(typedNumber({ least: 5, most: 480 }), '4')).toEqual(['From 5 to 480.'])
  expect(said(z.array(z.string()).max(1), ['a', 'b'])).toEqual(['At most 1.'])
})

test('what must be there is needed, however it was asked', () => {
  expect(said(line(), ' ')).toEqual(['This is needed.'])
  expect(said(z.string().min(1), '')).toEqual(['This is needed.'])
  expect(said(z.array(z.string()).min(1), [])).toEqual(['This is needed.'])
})

test('of an amount no minor units are said', () => {
  expect(said(money, 1_000_000_000_001)).toEqual(['That is too large an amount.'])
})

test('what the library says of anything else is for programmers', () => {
  expect(said(z.string(), 5)).toEqual(['Please look at this again.'])
  expect(said(z.number().lt(5), 5)).toEqual(['Please look at this again.'])
})
