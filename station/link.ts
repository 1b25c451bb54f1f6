import type { Agent } from 'node:https'
import type { Logger } from 'pino'
import type { Link } from '../contract/station.ts'
import { bug } from '../local/bug.ts'
import { alsoHeard } from './discovery/crowd.ts'
import type { Candidate } from './discovery/ways.ts'
import { byNumber, type HubAddress, readAddress, writeAddress } from './hub/addresses.ts'
import { dropIdle, pinnedAgent, retire } from './hub/agents.ts'
import { Unanswered } from './hub/ask.ts'
import { askInfo, type Introduced, versionProblem } from './hub/info.ts'
import { tlsName } from './trust/certificates.ts'
import type { Pinned, PinnedFile } from './trust/pinned.ts'
import { needsRenewal, renewed, rootsInUse } from './trust/renewal.ts'

/** How often the hub is asked whether it is there, and how long it may take to say so, in milliseconds. */
const HOLD_MS = 2500
const SEEK_MS = 1500
const ANSWER_MS = 2000

/** What requests are forwarded to while the link is live. */
export type Upstream = { hubId: string; address: HubAddress; agent: Agent }

export type LinkParts = {
  file: PinnedFile
  clock: () => number
  log: Logger
  /** Tells that the link's state is another one. Once it is not live, nothing that was forwarded may stay open. */
  changed(link: Link): void
  /** The hub said something new of itself or of this computer: its name, its version. */
  told(): void
}

export type HubLink = {
  state(): Link
  /** Where requests go now; `undefined` while the link is not live. */
  upstream(): Upstream | undefined
  /** Something that was forwarded failed: the hub is asked at once. */
  suspect(): void
  /** Somebody says where a hub is. */
  hear(candidate: Candidate): void
  close(): void
}

type Refused = Extract<Link, { state: 'refused' }>['why']

/** Follows the pinned hub, wherever it goes: asks it every other second, and looks for it when it is away. */
export function openLink(pinned: Pinned, { file, clock, log, changed, told }: LinkParts): HubLink {
  const host = tlsName(pinned.hubId)
  let link: Link = { state: 'searching', since: instant() }
  let upstream: Upstream | undefined
  let agent = pinnedAgent(pinned)
  /** Of certificates that were renewed; what was asked through them may still be under way. */
  const retired: Agent[] = []
  let heard: HubAddress[] = []
  let looking = false
  let again = false
  let closed = false
  let renewing = false
  let timer: NodeJS.Timeout | undefined
  void look()

  return {
    state: () => link,
    upstream: () => upstream,
    suspect: () => void look(),
    hear: ({ hubId, address }) => {
      if (hubId !== pinned.hubId || upstream) return
      if (heard.some((known) => writeAddress(known) === writeAddress(address))) return
      heard = alsoHeard(heard, address)
      void look()
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      upstream = undefined
      endAll()
    },
  }

  /** One look at a time; what is asked for meanwhile comes right behind it. */
  async function look(): Promise<void> {
    if (closed) return
    if (looking) {
      again = true
      return
    }
    looking = true
    again = false
    clearTimeout(timer)
    try {
      await (upstream ? hold(upstream.address) : seek())
    } catch (error) {
      // Whatever it was, the hub is looked for again.
      bug(error, { log })
    } finally {
      looking = false
      if (!closed) {
        timer = setTimeout(look, again ? 0 : upstream ? HOLD_MS : SEEK_MS)
        timer.unref()
      }
    }
  }

  async function hold(address: HubAddress): Promise<void> {
    // A connection may be old, and a packet lost: the second try has a connection of its own.
    const usual = await introduced(address, agent)
    const answer = usual ?? (await introducedAnew(address))
    if (closed) return
    if (!usual) dropIdle(agent)
    if (answer) judge(address, answer)
    else lose({ state: 'searching', since: instant() })
  }

  /** Everywhere at once; the first that may be followed is. */
  async function seek(): Promise<void> {
    const places = await candidates()
    let refused: Refused | undefined
    await Promise.all(
      places.map(async (address) => {
        const answer = await introduced(address, agent)
        if (!answer || closed || upstream) return
        const why = refusedFor(answer)
        if (why) refused ??= why
        else judge(address, answer)
      }),
    )
    if (closed || upstream) return
    if (refused) refuse(refused)
    else if (link.state !== 'searching') lose({ state: 'searching', since: instant() })
  }

  async function candidates(): Promise<HubAddress[]> {
    const last = readAddress(file.get()?.address ?? '')
    const numbered = last ? await byNumber(last).catch(() => undefined) : undefined
    const places = [...(numbered ? [numbered] : []), ...heard]
    // Each is tried once: one that is still there is heard again.
    heard = []
    return places
  }

  async function introduced(address: HubAddress, by: Agent): Promise<Introduced | undefined> {
    try {
      const answer = await askInfo(address, by, { host, timeoutMs: ANSWER_MS })
      return answer.info.hubId === pinned.hubId ? answer : undefined
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      if (error.why === 'impostor') log.warn({ address: writeAddress(address) }, 'not the hub that was pinned')
      return undefined
    }
  }

  async function introducedAnew(address: HubAddress): Promise<Introduced | undefined> {
    const fresh = pinnedAgent(file.get() ?? pinned)
    try {
      return await introduced(address, fresh)
    } finally {
      fresh.destroy()
    }
  }

  function whyNot({ info }: Introduced): Refused | undefined {
    if (info.epoch < (file.get()?.epoch ?? 0)) return 'older_epoch'
    const problem = versionProblem(info.protocol)
    if (problem) return problem
    return info.device ? undefined : 'revoked'
  }

  /** Who is to update which side wants to know what the hub has by now. */
  function refusedFor(answer: Introduced): Refused | undefined {
    const why = whyNot(answer)
    if (why === 'station_too_old' || why === 'hub_too_old') keep({ hubVersion: answer.info.version })
    return why
  }

  function judge(address: HubAddress, answer: Introduced): void {
    const why = refusedFor(answer)
    if (why) {
      refuse(why)
      return
    }
    const { info } = answer
    keep({
      address: writeAddress(address),
      epoch: info.epoch,
      hubName: info.name,
      hubVersion: info.version,
      ...(info.device ? { deviceName: info.device.name } : {}),
    })
    trust(rootsInUse(file.get() ?? pinned, answer.peer))
    upstream = { hubId: pinned.hubId, address, agent }
    if (link.state !== 'live' || link.address !== writeAddress(address))
      become({ state: 'live', since: instant(), address: writeAddress(address) })
    else told()
    if (needsRenewal(file.get() ?? pinned, info.root, clock())) void renew(upstream)
  }

  /** A full disk does not end the link: it is known until the next start, and written as soon as that can be. */
  function keep(fields: Parameters<PinnedFile['update']>[0]): void {
    try {
      file.update(fields)
    } catch (error) {
      bug(error, { log })
    }
  }

  /** Over the link that is being renewed: only the pinned hub can answer there. */
  async function renew(by: Upstream): Promise<void> {
    if (renewing) return
    renewing = true
    try {
      const fields = await renewed(file.get() ?? pinned, by)
      if (!closed && fields) trust(fields)
      else if (!fields) log.warn('the hub offered a certificate that is not right')
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error
      log.info({ why: error.why }, 'the certificate was not renewed')
    } finally {
      renewing = false
    }
  }

  function trust(fields: Partial<Pick<Pinned, 'roots' | 'certificate'>> | undefined): void {
    if (!fields) return
    keep(fields)
    retire(agent)
    retired.push(agent)
    agent = pinnedAgent(file.get() ?? pinned)
    if (upstream) upstream = { ...upstream, agent }
  }

  function refuse(why: Refused): void {
    if (link.state === 'refused' && link.why === why) return
    lose({ state: 'refused', since: instant(), why })
  }

  /** What is under way fails at once rather than after somebody's patience. */
  function lose(next: Link): void {
    upstream = undefined
    endAll()
    become(next)
  }

  function endAll(): void {
    for (const one of [agent, ...retired.splice(0)]) one.destroy()
  }

  function become(next: Link): void {
    link = next
    log.info(next, 'link')
    changed(link)
  }

  function instant(): string {
    return new Date(clock()).toISOString()
  }
}
