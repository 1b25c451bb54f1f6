import { useMemo } from 'react'
import type { Visit } from '../../contract/visits.ts'
import type { QueueEntry } from '../../rules/queue-order.ts'
import { useClinic } from '../live/clinic.ts'
import { hubNow } from '../live/clock.ts'
import { useLive } from '../live/store.ts'
import { orderForDoctor, useQueueBoard } from '../visits/queue-board.ts'

export type MyLine = {
  present: readonly Visit[]
  order: readonly QueueEntry<Visit>[]
  onHold: readonly Visit[]
  missed: readonly Visit[]
}

/** What one doctor works on: who is there, the own line with the pools' in one order, who is on hold, who was missed. */
export function useMyLine(doctorId: string): MyLine {
  const clinic = useClinic()
  const board = useQueueBoard()
  return useMemo(() => {
    if (!clinic) return { present: [], order: [], onHold: [], missed: [] }
    // The board is built anew whenever an order may change: with it, so is this.
    const { order, missed } = orderForDoctor(useLive.getState().nouns, clinic, doctorId, hubNow())
    const own = board.lines.find((line) => line.kind === 'doctor' && line.id === doctorId)
    return {
      order,
      missed,
      present: own?.present.toSorted((a, b) => Number(a.status === 'called') - Number(b.status === 'called')) ?? [],
      onHold: board.onHold.filter((visit) => visit.doctorId === doctorId),
    }
  }, [clinic, board, doctorId])
}
