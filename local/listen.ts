import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault, systemCode } from './fault.ts'

/**
 * Listens on loopback; 0 takes any port.
 *
 * @returns the port
 * @throws Fault when it cannot be had
 */
export async function listenOnLoopback(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      http.off('error', reject)
      resolve()
    })
  }).catch((error: unknown) => {
    throw faultOf(error, port)
  })
  return (http.address() as AddressInfo).port
}

function faultOf(cause: unknown, port: number): unknown {
  const code = systemCode(cause)
  if (code === 'EADDRINUSE')
    return new Fault(`Port ${port} is in use by another program.`, 'Stop that program, or choose a port with --port.', {
      cause,
    })
  if (code === 'EACCES')
    return new Fault(`Port ${port} needs more rights than this user has.`, 'Choose a port above 1023 with --port.', {
      cause,
    })
  return cause
}
