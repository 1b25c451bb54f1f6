import { useCallback, useEffect, useState } from 'react'
import type { Network } from '../../contract/network.ts'
import { api } from '../live/api.ts'
import { useRead } from '../live/use-read.ts'

const LOOK_MS = 3000

/** The hub's place on the network. Cards come and go and no event tells of it, so it is asked for while it is looked at. */
export function useNetwork() {
  const [round, setRound] = useState(0)
  const [took, setTook] = useState<{ network: Network; round: number }>()
  useEffect(() => {
    const timer = setInterval(() => setRound((count) => count + 1), LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  const { data, failed, again } = useRead(readNetwork, round)
  const take = useCallback((network: Network) => setTook({ network, round }), [round])
  // An answer to what was just done is newer than what was read before it.
  const network = took && took.round === round ? took.network : data
  return { network, failed, again, take }
}

const readNetwork = (signal: AbortSignal) => api.network.get({}, { signal })
