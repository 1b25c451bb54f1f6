import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { writeRole } from '../../local/settings.ts'
import { beginning } from './beginning.ts'
import { dying } from './dying.ts'
import { closeListeners, freePort, onConsole, type Scene } from './scene.ts'
import { showing } from './showing.ts'
import { trusting } from './trusting.ts'
import type { DesktopUnderTest, Launch } from './under-test.ts'

/** Every scenario, on an app that `launch` starts. */
export function desktopScenarios(launch: Launch): void {
  let folder: string
  let app: DesktopUnderTest | undefined
  const start = async () => {
    app = await launch(scene.folders)
    return app
  }
  const scene: Scene = {
    folders: { data: '', service: '', user: '', port: 0 },
    start,
    startHub: () => {
      writeRole(scene.folders.data, 'hub')
      return start()
    },
    onConsole: (running) => onConsole(scene.folders, running),
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anteroom-desktop-'))
    const [data, service, user] = ['data', 'service', 'user'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    scene.folders = { data, service, user, port: await freePort() }
    mkdirSync(user)
  })
  afterEach(async () => {
    await app?.quit()
    app = undefined
    closeListeners()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const theme of [beginning, dying, showing, trusting]) theme(scene)
}
