/** Text of a table file as rows of fields: commas, semicolons or tabs, whichever the first line has most of; quotes as usual. */
export function parseCsv(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const separator = separatorOf(clean.slice(0, clean.indexOf('\n') === -1 ? undefined : clean.indexOf('\n')))
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    row.push(field.trim())
    field = ''
  }
  const endRow = () => {
    endField()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < clean.length; at += 1) {
    const letter = clean[at] ?? ''
    if (quoted) {
      if (letter !== '"') field += letter
      else if (clean[at + 1] === '"') {
        field += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"' && field.trim() === '') {
      field = ''
      quoted = true
    } else if (letter === separator) endField()
    else if (letter === '\n') endRow()
    else field += letter
  }
  endRow()
  // Empty lines between keep their place, so that a line is found again by its number.
  while (rows.length > 0 && isBlank(rows.at(-1) ?? [])) rows.pop()
  return rows
}

export const isBlank = (row: readonly string[]): boolean => row.every((field) => field === '')

function separatorOf(line: string): string {
  const count = (separator: string) => line.split(separator).length
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best), ',')
}
