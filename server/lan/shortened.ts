/** The start of a text that fits into so many bytes of UTF-8; no character is cut in two. */
export function shortened(text: string, bytes: number): string {
  let fitting = ''
  let used = 0
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) return fitting
    fitting += character
  }
  return fitting
}
