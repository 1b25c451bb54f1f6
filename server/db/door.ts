import type { Database } from 'better-sqlite3'
import { Refusal } from '../../contract/errors.ts'
import type { Changes, EventType, Noun, Nouns } from '../../contract/feed.ts'
import type { AuditEntry } from './audit.ts'
import { type CommandCall, commandRunner, type Performed } from './command-runner.ts'
import { sqliteCode } from './faults.ts'
import type { Idempotency } from './idempotency.ts'
import type { RoutedEvent, Scope } from './outbox.ts'
import type { SqlWriter } from './sql.ts'

/** Who acts: a person at a device, or the hub itself. */
export type Actor = {
  userId: string | null
  sessionId: string | null
  /** The station, by its certificate; `loopback` on the hub's own computer. */
  device: string
}

/** What a command works with. Everything it does is in one commit, with its events, audit row and idempotency record. */
export type W<A extends Actor = Actor> = {
  sql: SqlWriter
  /** The command's one instant, ISO-8601 UTC with milliseconds. */
  now: string
  actor: A
  insert<N extends Noun>(noun: N, record: Nouns[N]): Nouns[N]
  update<N extends Noun>(noun: N, record: Nouns[N]): Nouns[N]
  /** Announces a change; sent after the commit, and only then. */
  record(type: EventType, scope: Scope, changes: Changes): void
  /** Adds to the audit row what the saved records do not say by themselves. Never patient data: ids and codes. */
  audit(about: Partial<Pick<AuditEntry, 'noun' | 'recordId' | 'outcome' | 'detail'>>): void
  /** Runs once the commit is on the disk: for what lives in memory beside it. */
  afterCommit(act: () => void): void
}

export type Command<A extends Actor, T> = (w: W<A>) => T

export type Door = {
  write<A extends Actor, T>(
    actor: A,
    name: string,
    command: Command<A, T>,
    idempotency?: Idempotency,
  ): Promise<Awaited<T>>
  /** Refuses what comes, and waits for what is under way. */
  close(): Promise<void>
}

export type DoorOptions = {
  clock: () => number
  /** Hears the events of each commit, in order; nothing else in the code can emit. */
  publish(events: RoutedEvent[]): void
  /** Which rooms hear an event. */
  roomsOf(type: EventType, scope: Scope): string[]
  /** Told of what threw after a commit. */
  bug(error: unknown): void
  /** Told of each commit, with the number of its commands. */
  committed(commands: number): void
  /** Told when the disk refused a whole group, and when one was written again. */
  health(fault: string | null): void
}

type Job = CommandCall & {
  resolve(value: unknown): void
  reject(error: unknown): void
}
type Done = Performed & { job: Job }
type Refused = { job: Job; error: unknown }
/** One run of a group: the commands that were reached, in order, and how each went. */
type Attempt = { commands: Job[]; done: Done[]; refused: Refused[] }

/** At most this long collects and runs one group (design 3). */
const GROUP_MS = 20

/** The transaction is over before its commit. */
class GroupLost extends Error {
  readonly commands: readonly Job[]

  constructor(commands: readonly Job[], cause: unknown) {
    super('the transaction is over', { cause })
    this.commands = commands
  }
}

/**
 * The one door to the database. Commands that arrived in one turn of the event loop run in one transaction, where a
 * refused one takes back itself alone, and are answered after the one commit. A command may run twice before it is
 * answered, so it touches nothing but what `w` gives it.
 */
export function openDoor(db: Database, options: DoorOptions): Door {
  const commands = commandRunner(db, options.roomsOf)
  const transaction = transactionWords(db)
  let waiting: Job[] = []
  let scheduled = false
  let closed = false
  let drained: (() => void) | undefined

  return {
    write: (actor, name, command, idempotency) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Refusal('unavailable', { why: 'closing' }))
        waiting.push({ actor, name, command: command as Job['command'], idempotency, resolve, reject } as Job)
        schedule()
      }),
    close: () => {
      closed = true
      return new Promise((resolve) => {
        drained = resolve
        if (!scheduled) resolve()
      })
    },
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      const group = waiting
      waiting = []
      const left = runGroup(group)
      waiting = left.concat(waiting)
      scheduled = false
      if (waiting.length > 0) schedule()
      else drained?.()
    })
  }

  /** Answers a group; returns the commands that its time did not reach. */
  function runGroup(group: Job[]): Job[] {
    let attempt: Attempt = { commands: group, done: [], refused: [] }
    try {
      attempt = together(group) ?? apart(group)
      transaction.commit.run()
    } catch (error) {
      const lost = error instanceof GroupLost ? error.commands : attempt.commands
      loseGroup(lost, error)
      return group.slice(lost.length)
    }
    options.health(null)
    answer(attempt)
    outside(() => options.committed(attempt.commands.length))
    return group.slice(attempt.commands.length)
  }

  /**
   * The common case, where every command succeeds: no savepoints, which cost a third of the time (docs/decisions/0004).
   * At the first refusal all of it is taken back and the group runs again, each command under its own savepoint.
   */
  function together(group: Job[]): Attempt | undefined {
    const attempt: Attempt = { commands: [], done: [], refused: [] }
    transaction.begin.run()
    const late = deadline()
    for (const job of group) {
      attempt.commands.push(job)
      try {
        attempt.done.push({ job, ...commands.run(job, emptyEntry(job, isoNow())) })
      } catch {
        // Not swallowed: the same command meets the same end in `apart`, where it is told from its neighbours.
        if (db.inTransaction) transaction.rollback.run()
        commands.forget()
        return undefined
      }
      if (late()) break
    }
    return attempt
  }

  function apart(group: Job[]): Attempt {
    const attempt: Attempt = { commands: [], done: [], refused: [] }
    transaction.begin.run()
    const late = deadline()
    for (const job of group) {
      attempt.commands.push(job)
      runJob(job, attempt)
      if (late()) break
    }
    return attempt
  }

  function runJob(job: Job, attempt: Attempt): void {
    transaction.savepoint.run()
    const entry = emptyEntry(job, isoNow())
    try {
      attempt.done.push({ job, ...commands.run(job, entry) })
      transaction.release.run()
    } catch (error) {
      // Disk full and its like end the transaction from inside the savepoint: everything of this group is gone.
      if (!db.inTransaction) throw new GroupLost(attempt.commands, error)
      transaction.rollbackTo.run()
      transaction.release.run()
      commands.forget()
      if (isDiskFault(error)) throw new GroupLost(attempt.commands, error)
      attempt.refused.push({ job, error })
      if (error instanceof Refusal) commands.keepRefusal(entry, error)
    }
  }

  function answer({ done, refused }: Attempt): void {
    const events = done.flatMap((one) => one.events)
    if (events.length > 0) outside(() => options.publish(events))
    for (const one of done) {
      for (const act of one.after) outside(act)
      one.job.resolve(one.value)
    }
    for (const { job, error } of refused) job.reject(error)
  }

  /** What follows a commit may fail, but not the answer that it is saved. */
  function outside(act: () => void): void {
    try {
      act()
    } catch (error) {
      options.bug(error)
    }
  }

  /** The whole group is refused: nothing of it was written, and nothing is published. */
  function loseGroup(lost: readonly Job[], error: unknown): void {
    if (db.inTransaction) transaction.rollback.run()
    commands.forget()
    const cause = error instanceof GroupLost ? error.cause : error
    const why = sqliteCode(cause) ?? 'unknown'
    options.health(why)
    for (const job of lost) job.reject(new Refusal('unavailable', { why }))
  }

  function isoNow(): string {
    return new Date(options.clock()).toISOString()
  }
}

/** Prepared once: they frame every command. */
function transactionWords(db: Database) {
  return {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    savepoint: db.prepare('savepoint command'),
    release: db.prepare('release command'),
    rollbackTo: db.prepare('rollback to command'),
    rollback: db.prepare('rollback'),
  }
}

/** Says when a group has run for long enough. */
function deadline(): () => boolean {
  const until = performance.now() + GROUP_MS
  return () => performance.now() > until
}

function emptyEntry(job: Job, at: string): AuditEntry {
  const { userId: actorId, device } = job.actor
  return { at, actorId, device, action: job.name, noun: '', recordId: null, outcome: 'done', detail: {} }
}

function isDiskFault(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== undefined && /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|BUSY|NOMEM)/.test(code)
}
