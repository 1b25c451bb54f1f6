import type { Device } from '../../contract/devices.ts'
import { api, newId } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt } from '../live/store.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { confirm } from '../ui/questions.tsx'
import { toast } from '../ui/toasts.ts'

export const DEVICE_KEY = 'device.save'

export async function openDevice(device: Device) {
  const { DeviceDialog } = await import('./DeviceDialog.tsx')
  openDialog((close) => <DeviceDialog device={device} onClose={close} />)
}

/** For ten minutes the hub takes requests; closing the dialog ends that. */
export async function addComputer() {
  const opened = await perform({ key: 'pairing.open', run: () => api.pairing.open({}) })
  if (!opened) return
  const { AddComputerDialog } = await import('./AddComputerDialog.tsx')
  openDialog((close) => <AddComputerDialog opened={opened} onClose={close} />)
}

export function renameDevice(before: Device, name: string, on: Command<Device>['on'] = {}) {
  return save<Device>({
    noun: 'devices',
    key: DEVICE_KEY,
    on,
    run: (intent) => put(before, name, intent),
    done: (device) => t('form.saved', { name: device.name }),
    undo: (after) => put(after, before.name, newId()),
  })
}

const put = ({ id, version }: Device, name: string, intent: string) =>
  api.devices.rename({ params: { id }, body: { version, name } }, { context: { intent } })

/** U4: like a deletion, for it can only be paired anew. */
export async function revokeDevice({ id, name }: Device) {
  const sure = await confirm({
    title: t('device.revokeTitle'),
    about: name,
    text: t('device.revokeText'),
    verb: t('device.revokeVerb', { name }),
    danger: true,
  })
  if (!sure) return
  const device = await perform({
    key: `device.revoke.${id}`,
    noun: 'devices',
    run: (intent) => api.devices.revoke({ params: { id } }, { context: { intent } }),
  })
  if (!device) return
  adopt({ devices: [device] })
  toast({ tone: 'plain', text: t('device.removed', { name }) })
}
