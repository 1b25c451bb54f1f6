import { spawn } from 'node:child_process'

/** Opens an address in the person's browser; a machine that has none goes on without. */
export function openBrowser(address: string): void {
  const [command, ...args] = commandFor(process.platform, address)
  if (command === undefined) return
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

function commandFor(platform: NodeJS.Platform, address: string): string[] {
  if (platform === 'darwin') return ['open', address]
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', address]
  return ['xdg-open', address]
}
