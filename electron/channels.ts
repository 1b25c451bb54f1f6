import { type Answers, type Asked, type Question, questions, type Telling } from '../contract/desktop.ts'
import type { Asker, Desktop, DesktopWindow } from './desktop.ts'
import type { Gate } from './gate.ts'

/** How each question of a page is answered; a missing one does not compile. */
export type Answering = { [Q in Question]: (...parts: Asked<Q>) => Promise<Answers[Q]> | Answers[Q] }

/** Answers pages over IPC: only the top frame of our window, on the trusted origin, and only what fits the map. */
export function answerPages(
  desktop: Desktop,
  { answering, gate, window }: { answering: Answering; gate: Gate; window: () => DesktopWindow | undefined },
): void {
  const isPage = ({ sender, senderFrame }: Asker) =>
    sender.id === window()?.webContents.id &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    gate.isOurs(senderFrame.url)
  const handle = <Q extends Question>(question: Q) =>
    desktop.ipcMain.handle(question, (asker, ...parts) => {
      if (!isPage(asker)) throw new Error('Refused: this is not the page of the app.')
      const parsed = questions[question].safeParse(parts)
      if (!parsed.success) throw new Error(`Refused: ${question} was asked with the wrong parts.`)
      // The map gives each question its own tuple; the compiler cannot follow one through both.
      return answering[question](...(parsed.data as Asked<Q>))
    })
  for (const question of Object.keys(questions) as Question[]) handle(question)
}

export function tellPage(window: DesktopWindow | undefined, telling: Telling): void {
  if (window && !window.isDestroyed()) window.webContents.send(telling)
}
