import { api } from '../live/api.ts'
import { pathOf } from '../network/qr-path.ts'

const NS = 'http://www.w3.org/2000/svg'
/** Around a code there have to be four modules of nothing. */
const QUIET = 4
/** Whoever stands at the desk does not wait for a code. */
const PATIENCE_MS = 2000

/**
 * The code of a ticket's or a slip's page, for paper (S5); `undefined` where the clinic has not passed the phone test, and
 * while the hub is away: the paper is printed without it.
 */
export async function pageCode(kind: 'ticket' | 'slip', id: string): Promise<SVGSVGElement | undefined> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const url = await api.phonePages[kind]({ params: { id } }, { signal }).then(
    (page) => page.url,
    () => null,
  )
  if (url === null) return undefined
  const { default: encodeQR } = await import('qr')
  return drawCode(encodeQR(url, 'raw', { border: QUIET, ecc: 'medium' }))
}

function drawCode(rows: boolean[][]): SVGSVGElement {
  const svg = document.createElementNS(NS, 'svg')
  svg.setAttribute('viewBox', `0 0 ${rows.length} ${rows.length}`)
  svg.setAttribute('shape-rendering', 'crispEdges')
  svg.dataset.part = 'code'
  const path = document.createElementNS(NS, 'path')
  path.setAttribute('d', pathOf(rows))
  svg.append(path)
  return svg
}
