export type Choice = { value: string; label: string }

/** This computer's own zone: what most clinics want. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every time zone with its present distance from Greenwich: "Asia/Dhaka (GMT+6)". */
export function timeZones(language: string): Choice[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), ownTimeZone(), 'UTC'])].map((zone) => {
    const parts = new Intl.DateTimeFormat(`${language}-u-nu-latn`, {
      timeZone: zone,
      timeZoneName: 'shortOffset',
    }).formatToParts()
    const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
    return { value: zone, label: `${zone.replaceAll('_', ' ')} (${offset})` }
  })
}

/** Every currency by its code and name: "BDT  Bangladeshi Taka". */
export function currencies(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code}  ${names.of(code) ?? ''}` }))
}

/** A language by its own name. */
export const languageName = (code: string): string => new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code
