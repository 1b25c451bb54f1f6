import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hereFile, localProof, type Proof, proofRoute, readHere, SERVICE, tellWhere, whoAnswers } from './proof.ts'

let folder: string
const servers: Server[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-proof-'))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(folder, { recursive: true })
})

async function listen(handler: (port: number) => express.Express): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  server.on('request', handler(port))
  return port
}

const honest = (proof: Proof) => listen((port) => express().use(proofRoute(proof, port)))

test('who has the folder’s secret proves it, also after a restart', async () => {
  const { publicKey } = localProof(folder)
  expect(await whoAnswers(await honest(localProof(folder)), publicKey)).toBe('proven')
})

test('who has another secret, or only repeats an answer, is an impostor', async () => {
  const { publicKey, answer } = localProof(folder)
  const other = localProof(join(folder, 'other'))
  expect(await whoAnswers(await honest(other), publicKey)).toBe('impostor')
  const recorded = await listen((port) => express().use((_, r) => void r.json({ proof: answer('a'.repeat(43), port) })))
  expect(await whoAnswers(recorded, publicKey)).toBe('impostor')
  const silent = await listen(() => express().use((_, response) => void response.send('<form>')))
  expect(await whoAnswers(silent, publicKey)).toBe('impostor')
})

test('who passes the question on to the real one is an impostor: the port is part of the answer', async () => {
  const proof = localProof(folder)
  const real = await honest(proof)
  const relay = await listen(() =>
    express().use(async (request, response) => {
      response.json(await (await fetch(`http://127.0.0.1:${real}${request.url}`)).json())
    }),
  )
  expect(await whoAnswers(relay, proof.publicKey)).toBe('impostor')
})

test('who answers without an end is an impostor, and is not listened to', async () => {
  const { publicKey } = localProof(folder)
  let sent = 0
  const port = await listen(() =>
    express().use((_, response) => {
      const part = Buffer.alloc(65_536, ' ')
      const go = () => {
        while (!response.destroyed && response.write(part)) sent += part.length
        sent += part.length
      }
      response.on('drain', go)
      go()
    }),
  )
  expect(await whoAnswers(port, publicKey)).toBe('impostor')
  expect(sent).toBeLessThan(20_000_000)
})

test('a key that is none is proven by nobody', async () => {
  const proof = localProof(folder)
  expect(await whoAnswers(await honest(proof), 'bm8ga2V5')).toBe('impostor')
})

test('nobody answers on a closed port', async () => {
  const port = await honest(localProof(folder))
  await new Promise((resolve) => servers.pop()?.close(resolve))
  expect(await whoAnswers(port, localProof(folder).publicKey)).toBe('nobody')
})

test('the secret is its user’s alone; where it listens may be read by all and written by none else', () => {
  const { publicKey } = localProof(folder)
  tellWhere(folder, { port: 8742, publicKey })
  expect(readHere(folder)).toEqual({ port: 8742, publicKey, service: false })
  expect(statSync(join(folder, 'local.key')).mode & 0o777).toBe(0o600)
  expect(statSync(hereFile(folder)).mode & 0o022).toBe(0)
  expect(readFileSync(hereFile(folder), 'utf8')).not.toContain('PRIVATE')
  writeFileSync(hereFile(folder), '{"port":')
  expect(readHere(folder)).toBeUndefined()
})

test.each(['', 'short', `${'a'.repeat(42)}!`])('"%s" is no nonce', async (nonce) => {
  const port = await honest(localProof(folder))
  const response = await fetch(`http://127.0.0.1:${port}/health/proof?nonce=${nonce}`)
  expect(response.status).toBe(400)
})

test.skipIf(process.platform === 'win32')(
  'others pass through a service’s folder to what is public in it, also where no system made it so',
  () => {
    const { publicKey } = localProof(folder)
    const mode = () => (statSync(folder).mode & 0o777).toString(8)
    chmodSync(folder, 0o700)
    tellWhere(folder, { port: 8742, publicKey })
    expect(mode()).toBe('700')
    vi.stubEnv(SERVICE, '1')
    tellWhere(folder, { port: 8742, publicKey })
    vi.unstubAllEnvs()
    expect(mode()).toBe('711')
  },
)

test('what is left of a damaged secret is made anew: a hub must not stay away for it', async () => {
  for (const left of ['', '-----BEGIN PRIVATE KEY-----\nMC4CAQ']) {
    writeFileSync(join(folder, 'local.key'), left)
    const made = localProof(folder)
    expect(await whoAnswers(await honest(localProof(folder)), made.publicKey)).toBe('proven')
  }
})

test('where it listens is written when it is another place: a full disk is no reason to stay away', () => {
  const { publicKey } = localProof(folder)
  tellWhere(folder, { port: 8742, publicKey })
  // As on a full disk, nothing can be written beside it.
  mkdirSync(`${hereFile(folder)}.new`)
  tellWhere(folder, { port: 8742, publicKey })
  expect(() => tellWhere(folder, { port: 8743, publicKey })).toThrow(/here\.json cannot be written/)
  expect(readHere(folder)?.port).toBe(8742)
})
