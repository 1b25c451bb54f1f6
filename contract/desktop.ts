// What crosses between a page and the desktop app around it. A page in a browser has no such bridge.
import * as z from 'zod'

/** A roll printer's receipt or slip, or a sheet. Who prints what where is chosen per kind of paper. */
export const paper = z.enum(['receipt', 'page'])
export type Paper = z.infer<typeof paper>

export type Printer = { name: string; title: string }
export type PrinterChoice = { printers: Printer[]; chosen: Record<Paper, string | null> }

/** An update that was fetched from the hub, and whose signature and contents are right; `null` when there is none. */
export type UpdateOffer = { version: string } | null

/**
 * Every question that a page may put to the desktop app, by its channel: what it carries. One map for both sides; the
 * app checks who asks and parses what it got.
 */
export const questions = {
  print: z.tuple([z.strictObject({ paper, heightMm: z.number().min(20).max(2000).optional() })]),
  listPrinters: z.tuple([]),
  choosePrinter: z.tuple([z.strictObject({ paper, printer: z.string().max(300).nullable() })]),
  findUpdate: z.tuple([]),
  installUpdate: z.tuple([]),
} as const satisfies Record<string, z.ZodType<unknown[]>>
export type Question = keyof typeof questions
export type Asked<Q extends Question> = z.infer<(typeof questions)[Q]>

/** What each of them is answered with. */
export type Answers = {
  /** Whether it went to the printer; `false` when its dialog was left. */
  print: boolean
  listPrinters: PrinterChoice
  choosePrinter: PrinterChoice
  findUpdate: UpdateOffer
  /** Whether the installer was started; the app ends then. */
  installUpdate: boolean
}

/** What the app tells a page: hide what is shown, or look at once whether the hub is there. */
export const tellings = ['lock', 'wake'] as const
export type Telling = (typeof tellings)[number]

/** `window.anteroomDesktop`, made by the preload script. */
export type DesktopBridge = {
  ask<Q extends Question>(question: Q, ...parts: Asked<Q>): Promise<Answers[Q]>
  /** @returns what ends it */
  on(telling: Telling, act: () => void): () => void
}
