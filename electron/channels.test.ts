import { expect, test } from 'vitest'
import { questions } from '../contract/desktop.ts'
import { type Answering, answerPages } from './channels.ts'
import type { Asker, Desktop, DesktopWindow } from './desktop.ts'
import { createGate, guardAny } from './gate.ts'
import { isStatusPage, statusPage } from './status.ts'

const WINDOW = 7
const answering: Answering = {
  print: () => true,
  listPrinters: () => ({ printers: [], chosen: { receipt: null, page: null } }),
  choosePrinter: () => ({ printers: [], chosen: { receipt: null, page: null } }),
  findUpdate: () => null,
  installUpdate: () => false,
}

function channels() {
  const handlers = new Map<string, (asker: Asker, ...parts: unknown[]) => unknown>()
  const gate = createGate(isStatusPage)
  gate.open({ port: 8742, isAlive: async () => true })
  const window = { webContents: { id: WINDOW } } as DesktopWindow
  const ipcMain: Desktop['ipcMain'] = { handle: (channel, answer) => void handlers.set(channel, answer) }
  answerPages({ ipcMain } as Desktop, { answering, gate, window: () => window })
  const ask = (asker: Asker, question = 'findUpdate', ...parts: unknown[]) => handlers.get(question)?.(asker, ...parts)
  return { handlers, gate, ask }
}

const page = (url: string, parent: object | null = null, id = WINDOW): Asker => ({
  sender: { id },
  senderFrame: { url, parent },
})
const OURS = 'http://127.0.0.1:8742/today'

test('every channel of the map is answered, and no other', () => {
  expect([...channels().handlers.keys()].sort()).toEqual(Object.keys(questions).sort())
})

test('the app’s page is answered', () => {
  expect(channels().ask(page(OURS))).toBeNull()
})

test.each([
  ['another window', page(OURS, null, 8)],
  ['a frame in the page', page(OURS, {})],
  ['a frame that is gone', { sender: { id: WINDOW }, senderFrame: null }],
  ['another port', page('http://127.0.0.1:8743/')],
  ['another name of this computer', page('http://localhost:8742/')],
  ['another scheme', page('https://127.0.0.1:8742/')],
  ['a user in front of the port', page('http://127.0.0.1:8742@elsewhere.example/')],
  ['the status page', page(statusPage({ title: 'a', text: 'b', language: 'en' }))],
  ['no address', page('')],
])('%s is refused', (_who, asker) => {
  expect(() => channels().ask(asker)).toThrow('Refused')
})

test('nobody is answered once the process is gone', () => {
  const { gate, ask } = channels()
  gate.shut()
  expect(() => ask(page(OURS))).toThrow('Refused')
})

test.each([
  ['print', { paper: 'wall' }],
  ['print', { paper: 'page', extra: 1 }],
  ['print'],
  ['findUpdate', 'something'],
  ['choosePrinter', { paper: 'page', printer: 4 }],
])('%s with the wrong parts is refused', (question, ...parts) => {
  expect(() => channels().ask(page(OURS), question, ...parts)).toThrow('wrong parts')
})

test('the gate: its own origin and sockets while it is open, the status page always, nothing else ever', async () => {
  const { gate } = channels()
  const status = statusPage({ title: '<b>', text: '"&', language: 'en' })
  expect(status).not.toContain(encodeURIComponent('<b>'))
  for (const url of ['http://127.0.0.1:8742/api/x', 'ws://127.0.0.1:8742/socket.io/', status])
    expect(await gate.mayReach(url)).toBe(true)
  for (const url of [
    'http://127.0.0.1:87421/',
    'ws://127.0.0.1:1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'https://127.0.0.1:8742/',
  ])
    expect(await gate.mayReach(url)).toBe(false)
  gate.shut()
  expect(await gate.mayReach('http://127.0.0.1:8742/')).toBe(false)
  expect(await gate.mayReach('ws://127.0.0.1:8742/')).toBe(false)
  expect(await gate.mayReach(status)).toBe(true)
})

test('no contents, whoever made it, opens a window or takes a webview', () => {
  let prevented = 0
  let action = ''
  guardAny({
    setWindowOpenHandler: (decide) => {
      action = decide({ url: 'http://127.0.0.1:8742/' } as Parameters<typeof decide>[0]).action
    },
    on: (_event, listener) => listener({ preventDefault: () => (prevented += 1) }),
  })
  expect([action, prevented]).toEqual(['deny', 1])
})
