import { io, type Socket } from 'socket.io-client'
import type { ClientRequests } from '../../contract/feed.ts'
import { PROTOCOL } from '../../contract/protocol.ts'
import { api } from './api.ts'
import { hubNow, setHubTime } from './clock.ts'
import { type Connection, useConnection } from './connection.ts'
import { createFeed, type Feed, type HubSignals } from './feed.ts'
import { noticeFrame } from './notice.ts'
import { ofClinic, withoutElsewhere } from './of-clinic.ts'
import { isHeld, mustBeReadAgain } from './opened.ts'
import { useSession } from './session.ts'
import { fromSnapshot, useLive } from './store.ts'
import { currentToken, renewToken } from './token.ts'
import { onWatchedChange, watchedPatients } from './watched.ts'

/** A hub that says nothing for so long is taken for away, even when the line is open. */
const SILENCE_MS = 12_000

/** Follows the feed of one clinic (and of one doctor) into the store, until it is stopped. */
export function follow(clinicId: string, doctorId: string | null): Feed {
  let heardAt = Date.now()
  const heard = () => {
    heardAt = Date.now()
    useConnection.setState({ asOf: hubNow() })
  }
  const feed = createFeed({
    socket: openSocket(clinicId, doctorId),
    takeSnapshot: () => api.feed.snapshot({ params: { id: clinicId } }),
    read: useLive.getState,
    write: (state) => {
      heard()
      useLive.setState(state)
    },
    onSnapshot: (taken) => {
      heard()
      useLive.setState((state) => fromSnapshot(state, taken, isHeld))
      mustBeReadAgain()
    },
    narrow: (event) => ofClinic(event, clinicId),
    watched: watchedPatients,
    // Who works in one clinic hears all of it in the clinic's own rooms.
    onWatching: (patientId) => worksInSeveral() && mustBeReadAgain(patientId),
    onWatchedNoMore: (patientId) => useLive.setState((state) => withoutElsewhere(state, patientId, clinicId)),
    onLiveFrame: noticeFrame,
    onHubTime: (at, rate) => {
      setHubTime(at, rate)
      heard()
    },
    onState: showState,
    onRefused: async (code) => {
      if (code === 'not_signed_in') return renewToken().catch(() => true)
      if (code === 'wrong_protocol') location.reload()
      return code !== 'wrong_protocol'
    },
  })
  const stopRooms = onWatchedChange(feed.watchedChanged)
  const watch = setInterval(() => {
    if (Date.now() - heardAt > SILENCE_MS) showState('offline')
  }, 1000)
  return {
    ...feed,
    stop: () => {
      stopRooms()
      clearInterval(watch)
      feed.stop()
    },
  }
}

const worksInSeveral = (): boolean => (useSession.getState().user?.clinicIds.length ?? 0) > 1

function openSocket(clinicId: string, doctorId: string | null): Socket<HubSignals, ClientRequests> {
  return io({
    path: '/socket.io',
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    // A socket of another person must not be shared through the manager.
    forceNew: true,
    auth: (answer) =>
      answer({
        token: currentToken()?.value ?? '',
        protocol: PROTOCOL,
        feed: 'batched',
        clinicId,
        ...(doctorId ? { doctorId } : {}),
      }),
  })
}

function showState(state: Connection['state']) {
  if (useConnection.getState().state !== state) useConnection.setState({ state, since: hubNow() })
}
