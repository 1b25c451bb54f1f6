import type { WebContentsPrintOptions } from 'electron'
import type { Page } from 'playwright-core'

/** The desktop app, however it is run, as its scenarios look at it. */
export type DesktopUnderTest = {
  /** The page in the app's window. */
  page(): Promise<Page>
  pages(): Promise<number>
  /** The notices that it has shown. */
  said(): Promise<string[]>
  /** Ends the process that it started, as a crash would. */
  killProcess(): Promise<void>
  /** The same, and where that can be done the app hears of the end only when what is answered is called. */
  killUnnoticed(): Promise<() => void>
  /** How many processes it has started. */
  started(): Promise<number>
  system(event: 'lock-screen' | 'suspend' | 'resume'): Promise<void>
  /** Starts the app once more on the same folder; answers how often the first one was brought forward by then. */
  startAgain(): Promise<number>
  printed(): Promise<WebContentsPrintOptions[]>
  /** Another window of the app with the same preload, on the same address, asks; answers what it heard. */
  strangerAsks(): Promise<string>
  bounds(): Promise<Bounds>
  moveTo(bounds: Bounds): Promise<void>
  /** As its person would; answers what became of it. */
  closeWindow(): Promise<'hidden' | 'closed'>
  quit(): Promise<void>
}
type Bounds = { x: number; y: number; width: number; height: number }
export type Launch = (folders: Folders) => Promise<DesktopUnderTest>
export type Folders = { data: string; service: string; user: string; port: number }
