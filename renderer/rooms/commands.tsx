import type { Room } from '../../contract/rooms.ts'
import { api, newId } from '../live/api.ts'
import type { Command } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'

export const ROOM_KEY = 'room.save'

type Fields = Pick<Room, 'name' | 'publicLabel' | 'active'>

const fieldsOf = ({ name, publicLabel, active }: Room): Fields => ({ name, publicLabel, active })

export async function openRoom(room?: Room) {
  const { RoomDialog } = await import('./RoomDialog.tsx')
  openDialog((close) => <RoomDialog room={room} onClose={close} />)
}

export function saveRoom(before: Room | undefined, clinicId: string, fields: Fields, on: Command<Room>['on'] = {}) {
  return save<Room>({
    noun: 'rooms',
    key: ROOM_KEY,
    ...(before ? {} : { wanted: ROOM_KEY }),
    on,
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.rooms.create({ body: { id: intent, clinicId, ...fields } }, { context: { intent } }),
    done: (room) => t('form.saved', { name: room.name }),
    ...(before ? { undo: (after) => put(after, fieldsOf(before), newId()) } : {}),
  })
}

const put = ({ id, version }: Room, fields: Fields, intent: string) =>
  api.rooms.update({ params: { id }, body: { version, ...fields } }, { context: { intent } })
