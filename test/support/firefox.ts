import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Debian's Firefox, driven by WebDriver BiDi over its own socket: the little of it that a test of a page needs. (The
 * library that drives Chromium wants a Firefox of its own making.)
 */
export type Firefox = {
  /** A window of its own, as a phone or a television has it. */
  open(url: string, size?: { width: number; height: number }): Promise<FirefoxPage>
  close(): Promise<void>
}

export type FirefoxPage = {
  /** What an expression is on the page, once it is no longer a promise. Data only. */
  evaluate<T>(expression: string): Promise<T>
  /** Waits until an expression is true on the page. */
  until(expression: string, ms?: number): Promise<void>
  /** Presses what the selector finds, as a finger does. */
  press(selector: string): Promise<void>
  /** A picture of what is shown, PNG. */
  picture(): Promise<Buffer>
  /** What the page has complained of. */
  faults: string[]
  close(): Promise<void>
}

type Reply = { id?: number; type?: string; method?: string; params?: LogEntry; result?: unknown; message?: string }
type LogEntry = { level?: string; text?: string; source?: { context?: string } }
type Send = <T>(method: string, params: object) => Promise<T>

const START_MS = 60_000

/** Settings of a browser that calls nobody. */
const PREFERENCES = {
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:9/',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'extensions.update.enabled': false,
  'media.autoplay.default': 0,
}

export async function launchFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'anteroom-firefox-'))
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  writeFileSync(join(profile, 'user.js'), `${lines.join('\n')}\n`)
  const program = process.env.ANTEROOM_FIREFOX ?? '/usr/bin/firefox-esr'
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank']
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await addressOf(child.stderr, gone)
  const socket = new WebSocket(`${address}/session`)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('Firefox did not take the connection'))
  })
  const { send, heard } = talkOver(socket)
  await send('session.new', { capabilities: {} })
  await send('session.subscribe', { events: ['log.entryAdded'] })
  return {
    open: (url, size) => openPage(send, heard, url, size),
    close: async () => {
      await send('browser.close', {}).catch(() => child.kill())
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await gone
      clearTimeout(late)
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Firefox says on its error stream where it listens. */
function addressOf(stream: NodeJS.ReadableStream, gone: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(() => reject(new Error(`Firefox did not start: ${text}`)), START_MS)
    gone.then(() => reject(new Error(`Firefox ended: ${text}`)))
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(text)?.[1]
      if (!address) return
      clearTimeout(late)
      resolve(address)
    })
  })
}

function talkOver(socket: WebSocket): { send: Send; heard: (hear: (entry: LogEntry) => void) => void } {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Set<(entry: LogEntry) => void>()
  let count = 0
  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.method === 'log.entryAdded' && reply.params) for (const hear of listeners) hear(reply.params)
    if (reply.id === undefined) return
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.type === 'error') asked?.reject(new Error(reply.message))
    else asked?.resolve(reply.result)
  }
  return {
    heard: (hear) => void listeners.add(hear),
    send: <T>(method: string, params: object) =>
      new Promise<T>((resolve, reject) => {
        count += 1
        waiting.set(count, { resolve: resolve as (value: unknown) => void, reject })
        socket.send(JSON.stringify({ id: count, method, params }))
      }),
  }
}

type Evaluated = { type: string; result?: { value?: string }; exceptionDetails?: { text: string } }

async function openPage(
  send: Send,
  heard: (hear: (entry: LogEntry) => void) => void,
  url: string,
  viewport = { width: 390, height: 844 },
): Promise<FirefoxPage> {
  const { context } = await send<{ context: string }>('browsingContext.create', { type: 'window' })
  const faults: string[] = []
  heard(({ level, text = '', source }) => {
    if (level === 'error' && source?.context === context) faults.push(text)
  })
  await send('browsingContext.setViewport', { context, viewport })
  await send('browsingContext.navigate', { context, url, wait: 'complete' })
  const evaluate = async <T>(expression: string): Promise<T> => {
    const answer = await send<Evaluated>('script.evaluate', {
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`,
      target: { context },
      awaitPromise: true,
    })
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text)
    return JSON.parse(answer.result?.value ?? 'null') as T
  }
  return {
    faults,
    evaluate,
    // Looked at whenever the page is drawn, on the page itself: nothing is polled from here.
    until: async (expression, ms = 10_000) => {
      const look = `new Promise((resolve) => {
        const end = performance.now() + ${ms}
        const look = () => (${expression}) ? resolve(true) : performance.now() > end ? resolve(false) : setTimeout(look, 20)
        look()
      })`
      if (await evaluate<boolean>(look)) return
      const shown = await evaluate<string>('document.body.innerText')
      throw new Error(`not within ${ms} ms: ${expression}\n${shown}`)
    },
    press: async (selector) => {
      const { nodes } = await send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
        context,
        locator: { type: 'css', value: selector },
      })
      const [element] = nodes
      if (!element) throw new Error(`there is no ${selector}`)
      await evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' })`)
      const origin = { type: 'element', element: { sharedId: element.sharedId } }
      const actions = [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'finger', actions }] })
    },
    picture: async () => {
      const { data } = await send<{ data: string }>('browsingContext.captureScreenshot', { context })
      return Buffer.from(data, 'base64')
    },
    close: async () => {
      await send('browsingContext.close', { context })
    },
  }
}
