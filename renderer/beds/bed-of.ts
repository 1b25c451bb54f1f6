import type { Bed } from '../../contract/beds.ts'
import { findRecord, useLive } from '../live/store.ts'
import { t } from '../ui/i18n.ts'

/** What a bed is called where its room is not in sight: "Bed 2, Treatment room". */
export function bedName({ label, roomId }: Pick<Bed, 'label' | 'roomId'>): string {
  return t('beds.inRoom', { bed: label, room: findRecord('rooms', roomId)?.name ?? '' })
}

/** The bed of a visit, if it has one. */
export const useBedOf = (visitId: string): Bed | undefined =>
  useLive((state) => Object.values(state.nouns.beds).find((bed) => bed.visitId === visitId))
