// A machine that nobody paired: asks a hub everything there is, and prints what it was answered, a line each.
import { connect } from 'node:tls'
import { contract } from '../../contract/contract.ts'
import { blindAgent } from '../../station/hub/agents.ts'
import { askHub } from '../../station/hub/ask.ts'

type Procedure = { '~orpc': { route: { method?: string; path?: string } } }

const [host = '', hubId = ''] = process.argv.slice(2)
const address = { host, port: 8743 }
const agent = blindAgent()
const routes = Object.values(contract).flatMap((noun) => Object.values(noun as Record<string, Procedure>))
const paths = routes.map((procedure) => procedure['~orpc'].route)
const others = ['/', '/health', '/api/docs', '/api/openapi.json', '/console', '/assets/x.js', '/station/state']
const SOME_ID = '0199c1d5-0000-7000-8000-000000000000'

for (const { method = 'GET', path = '' } of [...paths, ...others.map((each) => ({ method: 'GET', path: each }))]) {
  const full = others.includes(path) ? path : `/api${path.replaceAll(/\{\w+\}/g, SOME_ID)}`
  console.log(`${method} ${full} ${await statusOf(method, full)}`)
}
console.log(`UPGRADE /socket.io/ ${await upgrade()}`)

function statusOf(method: string, path: string): Promise<number> {
  // What is not GET is refused before its method is looked at, so POST stands for all of them.
  const verb = method === 'GET' ? 'GET' : 'POST'
  return askHub({ address, agent, method: verb, path, timeoutMs: 25_000 }).then(({ status }) => status)
}

function upgrade(): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 8743, rejectUnauthorized: false }, () => {
      const key = Buffer.alloc(16).toString('base64')
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub-${hubId}\r\nConnection: Upgrade\r\n` +
          `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
      )
    })
    socket.once('data', (data) => resolve(/HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1] ?? 'something'))
    socket.once('error', () => resolve('closed'))
    socket.once('close', () => resolve('closed'))
  })
}
