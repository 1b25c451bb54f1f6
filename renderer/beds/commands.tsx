import type { Bed } from '../../contract/beds.ts'
import { api, newId } from '../live/api.ts'
import { type Command, perform } from '../live/perform.ts'
import { save } from '../live/save.ts'
import { adopt, findRecord, useLive } from '../live/store.ts'
import { ask, openDialog } from '../ui/dialogs.tsx'
import { t } from '../ui/i18n.ts'
import { hubInUse } from '../ui/in-use.ts'
import { visitName } from '../ui/patient-name.ts'
import { toast } from '../ui/toasts.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { bedName } from './bed-of.ts'

export const BED_KEY = 'bed.save'

/** Asks who it is for; `typed` is what was typed on the bed already. */
export async function assignBed(bed: Bed, typed = ''): Promise<void> {
  const visitId = await ask<string>((close) => <AssignDialog bed={bed} typed={typed} onAnswer={close} />)
  if (visitId) await putInto(bed.id, visitId)
}

/** Who has a bed already leaves it for this one: that is what was picked. */
async function putInto(bedId: string, visitId: string): Promise<void> {
  const visit = findRecord('visits', visitId)
  const had = Object.values(useLive.getState().nouns.beds).some((bed) => bed.visitId === visitId)
  await step(bedId, {
    name: 'assign',
    run: ({ id, version }, intent) =>
      api.beds.assign({ params: { id }, body: { version, visitId, move: had } }, { context: { intent } }),
    done: (bed) =>
      t('beds.done.assigned', { ticket: visit?.ticket, name: visit && visitName(visit), bed: bedName(bed) }),
  })
}

export const releaseBed = (bedId: string): Promise<void> =>
  step(bedId, {
    name: 'release',
    run: ({ id, version }, intent) => api.beds.release({ params: { id }, body: { version } }, { context: { intent } }),
    done: (bed) => t('beds.done.released', { bed: bedName(bed) }),
  })

export const setBedStatus = (bedId: string, status: 'free' | 'out_of_service'): Promise<void> =>
  step(bedId, {
    name: 'status',
    run: ({ id, version }, intent) =>
      api.beds.setStatus({ params: { id }, body: { version, status } }, { context: { intent } }),
    done: (bed) => t(`beds.done.${status}`, { bed: bedName(bed) }),
  })

type Step = {
  name: string
  run: (bed: Bed, intent: string) => Promise<Bed>
  done: (bed: Bed) => string
  undoable?: boolean
}

/** One step of a bed, in the version that is in the store; it says what it did, and can be taken back (U4). */
async function step(bedId: string, { name, run, done, undoable = true }: Step): Promise<void> {
  const bed = findRecord('beds', bedId)
  if (!bed) return
  const after = await perform({
    key: `bed.${name}.${bedId}`,
    noun: 'beds',
    sayChange: () => t('beds.changed', { bed: bedName(bed) }),
    run: (intent) => run(bed, intent),
  })
  if (!after) return
  adopt({ beds: [after] })
  const undo = () => void undoBed(bedId)
  toast({ tone: 'plain', subject: bedId, text: done(after), ...(undoable ? { undo } : {}) })
}

const undoBed = (bedId: string): Promise<void> =>
  step(bedId, {
    name: 'undo',
    run: ({ id, version }, intent) => api.beds.undo({ params: { id }, body: { version } }, { context: { intent } }),
    done: (bed) => t('beds.done.undone', { bed: bedName(bed) }),
    undoable: false,
  })

type Fields = Pick<Bed, 'roomId' | 'label' | 'active'>

export async function openBed(bed?: Bed, roomId?: string) {
  const { BedDialog } = await import('./BedDialog.tsx')
  openDialog((close) => <BedDialog bed={bed} roomId={roomId} onClose={close} />)
}

export function saveBed(before: Bed | undefined, clinicId: string, fields: Fields, on: Command<Bed>['on'] = {}) {
  return save<Bed>({
    noun: 'beds',
    key: BED_KEY,
    ...(before ? {} : { wanted: BED_KEY }),
    on: { in_use: hubInUse, ...on },
    run: (intent) =>
      before
        ? put(before, fields, intent)
        : api.beds.create({ body: { id: intent, clinicId, ...fields } }, { context: { intent } }),
    done: (bed) => t('form.saved', { name: bedName(bed) }),
    ...(before ? { undo: (after) => put(after, before, newId()) } : {}),
  })
}

const put = ({ id, version }: Bed, { roomId, label, active }: Fields, intent: string) =>
  api.beds.update({ params: { id }, body: { version, roomId, label, active } }, { context: { intent } })
