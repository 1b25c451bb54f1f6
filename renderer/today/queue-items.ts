import type { GridItem } from '../ui/GridList.tsx'
import type { QueueBoard } from '../visits/queue-board.ts'

export type QueueItem = GridItem &
  (
    | { kind: 'line'; lineKind: 'doctor' | 'pool' | 'anybody'; lineId: string; waiting: number }
    | { kind: 'section'; section: 'onHold' | 'toPay' | 'missed' | 'leftOpen'; count: number }
    | { kind: 'visit'; visitId: string; isNext: boolean; part: 'present' | 'line' | 'aside' }
  )

const LINE_HEIGHT = 40

/** The board as one list: each line under its doctor or pool, then those who are not in line. */
export function queueItems(board: QueueBoard): QueueItem[] {
  const missed = board.lines.flatMap((line) => line.missed)
  return [
    ...board.lines.flatMap((line) => lineItems(line, board.next)),
    ...sectionItems('onHold', board.onHold),
    ...sectionItems('toPay', board.toPay),
    ...sectionItems('missed', missed),
    ...sectionItems('leftOpen', board.leftOpen),
  ]
}

function lineItems(line: QueueBoard['lines'][number], next: QueueBoard['next']): QueueItem[] {
  return [
    {
      key: line.key,
      kind: 'line',
      heading: true,
      height: LINE_HEIGHT,
      lineKind: line.kind,
      lineId: line.id,
      waiting: line.order.length,
    },
    ...line.present.map((visit) => visitItem(visit.id, false, 'present')),
    ...line.order.map((entry) => visitItem(entry.visit.id, next.has(entry.visit.id), 'line')),
  ]
}

function sectionItems(
  section: 'onHold' | 'toPay' | 'missed' | 'leftOpen',
  visits: readonly { id: string }[],
): QueueItem[] {
  if (visits.length === 0) return []
  return [
    { key: section, kind: 'section', heading: true, height: LINE_HEIGHT, section, count: visits.length },
    ...visits.map((visit) => visitItem(visit.id, false, 'aside')),
  ]
}

function visitItem(visitId: string, isNext: boolean, part: 'present' | 'line' | 'aside'): QueueItem {
  return { key: visitId, kind: 'visit', visitId, isNext, part }
}
