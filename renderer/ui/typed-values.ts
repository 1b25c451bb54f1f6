import * as z from 'zod'
import { asciiDigits } from '../../rules/digits.ts'
import type { Format } from './formats.ts'

/** A whole number as it is typed. */
export const typedNumber = ({ least, most, step = 1 }: { least: number; most: number; step?: number }) =>
  z
    .string()
    .transform((text) => (/^\d{1,6}$/.test(asciiDigits(text).trim()) ? Number(asciiDigits(text).trim()) : Number.NaN))
    .refine((number) => Number.isInteger(number), { error: 'must be a number', abort: true })
    .refine((number) => number >= least && number <= most, `must be between ${least} and ${most}`)
    .refine((number) => number % step === 0, `must be a multiple of ${step} minutes`)

/** An amount as it is typed, in minor units. */
export const typedMoney = (format: Format) =>
  z
    .string()
    .transform((text) => format.parseMoney(text))
    .refine((minor): minor is number => minor !== undefined, 'must be an amount')
