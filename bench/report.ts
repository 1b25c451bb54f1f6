import type { BoardResult } from './board.ts'
import type { CheckInResult } from './check-in.ts'
import type { GrowthResult, MemoryResult, StartResult } from './growth.ts'
import type { PageResult } from './page.ts'
import type { SearchResult } from './search.ts'
import type { StationResult } from './station.ts'
import type { WaitsResult } from './waits.ts'

/** Everything measured; what was left out is not there. */
export type BenchResult = {
  checkIn: CheckInResult[]
  search?: SearchResult
  growth?: GrowthResult
  start?: StartResult
  station?: StationResult
  memory?: MemoryResult
  page?: PageResult
  board?: BoardResult
  waits?: WaitsResult
}

type Line = { what: string; value: string; target: string; met: boolean | null }

/** The targets of issue 2: by clients and requests in flight. */
const THROUGHPUT: Record<string, number> = { '10/64': 1.5, '100/64': 2.0, '10/8': 1.0, '100/8': 1.0 }
const P99_MOST = 1.15
const ALONE_P50_MOST = 2.0

/** A table with the target beside each number and whether it was met. */
export function formatReport(result: BenchResult): string {
  const lines = [...result.checkIn.flatMap(checkInLines), ...otherLines(result), ...waitLines(result)]
  const width = Math.max(...lines.map((line) => line.what.length))
  const values = Math.max(...lines.map((line) => line.value.length))
  return lines
    .map((line) => {
      const verdict = line.met === null ? '' : line.met ? 'pass' : 'MISS'
      return `${line.what.padEnd(width)}  ${line.value.padEnd(values)}  ${line.target.padEnd(16)}  ${verdict}`.trimEnd()
    })
    .join('\n')
}

function checkInLines(one: CheckInResult): Line[] {
  const key = `${one.clients}/${one.inFlight}`
  const name = `check-in ${key}`
  const { hub, bare } = one
  const sides = `hub ${hub.perSecond}/s ${hub.p50}/${hub.p99} ms, bare ${bare.perSecond}/s ${bare.p50}/${bare.p99} ms`
  const least = THROUGHPUT[key]
  const lines: Line[] = [{ what: `${name} (p50/p99)`, value: sides, target: '', met: null }]
  if (one.lost > 0) lines.push({ what: `${name} lost deliveries`, value: String(one.lost), target: '0', met: false })
  if (least === undefined) {
    lines.push(ratio(`${name} p50`, one.p50Ratio, one.p50Spread, '<=', ALONE_P50_MOST))
    return lines
  }
  lines.push(ratio(`${name} throughput`, one.throughputRatio, one.throughputSpread, '>=', least))
  lines.push(ratio(`${name} p99`, one.p99Ratio, one.p99Spread, '<=', P99_MOST))
  return lines
}

/** Q11, issue 4. Minutes. */
const BIAS_MOST = 1
const COVERAGE = [0.78, 0.85] as const

function waitLines({ waits }: BenchResult): Line[] {
  if (!waits) return []
  const { mae, bias, coverage, sumOfMediansMae: sum, lastWaitMae: last } = waits
  const of = `${waits.predictions} told, ${waits.days} days`
  const [least, most] = COVERAGE
  const naive = Math.min(sum, last)
  return [
    {
      what: 'expected wait, bias',
      value: `${bias} min (${of})`,
      target: `within ${BIAS_MOST} min`,
      met: Math.abs(bias) <= BIAS_MOST,
    },
    {
      what: 'expected wait, mean error',
      value: `${mae} min (medians ${sum}, last one's ${last})`,
      target: `< ${naive} min`,
      met: mae < naive,
    },
    {
      what: 'expected wait, P80 coverage',
      value: String(coverage),
      target: `${least} to ${most}`,
      met: coverage >= least && coverage <= most,
    },
    {
      what: 'expected wait, one estimate of sixty',
      value: `x ${waits.costInOrderings} orderings`,
      target: '',
      met: null,
    },
  ]
}

function ratio(what: string, value: number, [least, most]: [number, number], sign: '>=' | '<=', target: number): Line {
  const met = sign === '>=' ? value >= target : value <= target
  return { what, value: `x ${value} (${least} to ${most})`, target: `${sign} ${target}`, met }
}

function otherLines({ search, growth, start, station, memory, page, board }: BenchResult): Line[] {
  const lines: Line[] = []
  const add = (what: string, value: string, number: number, most: number, unit: string) =>
    lines.push({ what, value, target: `<= ${most}${unit}`, met: number <= most })
  if (search) {
    const value = `x ${search.ratio} (${search.spread.join(' to ')}; ${search.p95Ms} ms, raw ${search.rawP95Ms} ms)`
    add(`search, ${search.patients} patients, p95`, value, search.ratio, 3, '')
  }
  if (growth) {
    const value = `x ${growth.ratio} (${growth.spread.join(' to ')}; ${growth.fullP50} ms, empty ${growth.emptyP50} ms)`
    add(`check-in with ${growth.visits} visits, p50`, value, growth.ratio, 1.3, '')
  }
  if (start) add(`start with ${start.visits} visits`, `${start.ms} ms`, start.ms, 1_500, ' ms')
  if (station) {
    const value = `${station.addedMs} ms (${station.spread.join(' to ')}; direct ${station.directP50Ms} ms)`
    add('added by a station, p50', value, station.addedMs, 1, ' ms')
  }
  if (memory) add(`memory with ${memory.clients} consoles`, `${memory.rssMb} MB`, memory.rssMb, 260, ' MB')
  if (page) {
    add('page, frame p95', `${page.frameP95Ms} ms`, page.frameP95Ms, 33, ' ms')
    const shown = `${page.eventFrames} frames, ${page.eventP95Ms} ms`
    add('page, event to screen p95', shown, page.eventFrames, 2, ' frames')
    add('page, first load compressed', `${page.firstLoadKb} kB`, page.firstLoadKb, 350, ' kB')
  }
  if (board) {
    const shown = ({ p50Ms, p95Ms }: BoardResult['board']) => `${p50Ms} ms (p95 ${p95Ms} ms)`
    add('a call, click to board, p95', shown(board.board), board.board.p95Ms, 1_000, ' ms')
    add('a call, click to patient’s page, p95', shown(board.ticket), board.ticket.p95Ms, 1_000, ' ms')
  }
  return lines
}
