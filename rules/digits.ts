// First digit of each run of ten: Arabic-Indic, its eastern (Persian, Urdu) form, and Bengali.
const ZEROS = [0x0660, 0x06f0, 0x09e6]

/** The text with Arabic-Indic and Bengali digits written as ASCII ones. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹০-৯]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = ZEROS.find((first) => code >= first && code < first + 10) ?? code
    return String(code - zero)
  })
}
