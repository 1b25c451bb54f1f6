import { connect } from 'node:net'
import type { CheckStep } from '../../contract/network-check.ts'
import { systemCode } from '../../local/fault.ts'
import type { HubAddress } from '../hub/addresses.ts'

type Why = Extract<CheckStep['why'], 'fine' | 'refused' | 'timed_out' | 'unreachable'>

/** Whether anything takes a connection there. */
export function connects({ host, port }: HubAddress, timeoutMs: number): Promise<Why> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs })
    const end = (why: Why) => {
      socket.destroy()
      resolve(why)
    }
    socket.once('connect', () => end('fine'))
    socket.once('timeout', () => end('timed_out'))
    socket.once('error', (error) => end(whyOf(systemCode(error))))
  })
}

function whyOf(code: string | undefined): Why {
  if (code === 'ECONNREFUSED') return 'refused'
  return code === 'ETIMEDOUT' ? 'timed_out' : 'unreachable'
}
