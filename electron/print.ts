import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WebContentsPrintOptions } from 'electron'
import * as z from 'zod'
import type { Asked, Paper, PrinterChoice } from '../contract/desktop.ts'
import type { Contents, Desktop } from './desktop.ts'

const choices = z.strictObject({ receipt: z.string().nullable(), page: z.string().nullable() })
const NONE: z.infer<typeof choices> = { receipt: null, page: null }

type Job = Asked<'print'>[0]
/** Always with a size: without one it is A4, whatever the printer holds. */
export type PrintOptions = WebContentsPrintOptions & Required<Pick<WebContentsPrintOptions, 'pageSize' | 'silent'>>

/** A roll is as wide as this, in millimetres; its slips as long as what is on them. */
const ROLL_MM = 80
const USUAL_SLIP_MM = 200
const MICRONS = 1000
/** Where sheets are Letter: CLDR's territories of that paper. */
const LETTER = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '))

/** What a job is printed with: silently on the printer that was chosen for its paper, otherwise with the dialog. */
export function printOptions(job: Job, printer: string | null, country: string): PrintOptions {
  return {
    silent: printer !== null,
    ...(printer === null ? {} : { deviceName: printer }),
    printBackground: true,
    pageSize: sizeOf(job, country),
    ...(job.paper === 'receipt' ? { margins: { marginType: 'none' } } : {}),
  }
}

function sizeOf({ paper, heightMm = USUAL_SLIP_MM }: Job, country: string): PrintOptions['pageSize'] {
  if (paper === 'page') return LETTER.has(country) ? 'Letter' : 'A4'
  return { width: ROLL_MM * MICRONS, height: Math.ceil(heightMm) * MICRONS }
}

export function print(desktop: Desktop, contents: Contents, job: Job): Promise<boolean> {
  const options = printOptions(job, readChoices(desktop)[job.paper], desktop.app.getLocaleCountryCode())
  return new Promise((resolve) => contents.print(options, (printed) => resolve(printed)))
}

export async function listPrinters(desktop: Desktop, contents: Contents): Promise<PrinterChoice> {
  const printers = await contents.getPrintersAsync()
  return {
    printers: printers.map(({ name, displayName }) => ({ name, title: displayName || name })),
    chosen: readChoices(desktop),
  }
}

/** @throws Error when there is no such printer */
export async function choosePrinter(
  desktop: Desktop,
  contents: Contents,
  { paper, printer }: { paper: Paper; printer: string | null },
): Promise<PrinterChoice> {
  const { printers } = await listPrinters(desktop, contents)
  if (printer !== null && !printers.some(({ name }) => name === printer)) throw new Error('There is no such printer.')
  const file = choicesFile(desktop)
  writeFileSync(`${file}.new`, JSON.stringify({ ...readChoices(desktop), [paper]: printer }))
  renameSync(`${file}.new`, file)
  return listPrinters(desktop, contents)
}

function choicesFile(desktop: Desktop): string {
  return join(desktop.app.getPath('userData'), 'printers.json')
}

function readChoices(desktop: Desktop): z.infer<typeof choices> {
  const file = choicesFile(desktop)
  if (!existsSync(file)) return NONE
  try {
    return choices.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Then the dialog asks, as on the first day.
    return NONE
  }
}
