import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PhonePages } from '../../contract/phone-pages.ts'
import { useClinicId } from '../live/clinic.ts'
import { useBusy } from '../live/perform.ts'
import { useMay } from '../live/permission.ts'
import { Part, Sheet } from '../ui/Sheet.tsx'
import { FailedState, SkeletonRows } from '../ui/states.tsx'
import { keepPhonePages, type Took } from './commands.ts'
import { PhoneTestPart } from './PhoneTestPart.tsx'
import { RatingsPart } from './RatingsPart.tsx'
import { usePhonePages } from './use-phone-pages.ts'

/** Patients' phones: whether they reach the hub, what a slip tells, and what patients said afterwards (S5). */
export function PhonesTab() {
  const { t } = useTranslation()
  const clinicId = useClinicId()
  return (
    <Sheet title={t('administration.tab.phones')} hint={t('phonePages.hint')}>
      {clinicId ? <PhonesOf clinicId={clinicId} /> : <SkeletonRows />}
    </Sheet>
  )
}

function PhonesOf({ clinicId }: { clinicId: string }) {
  const { pages, failed, again, take } = usePhonePages(clinicId)
  const mayReadRatings = useMay('rating.read')
  return (
    <>
      {failed && !pages && <FailedState text={failed} onRetry={again} />}
      {!pages && !failed && <SkeletonRows />}
      {pages && (
        <>
          <PhoneTestPart pages={pages} onTake={take} />
          <SlipPart pages={pages} onTake={take} />
        </>
      )}
      {mayReadRatings && <RatingsPart clinicId={clinicId} />}
    </>
  )
}

function SlipPart({ pages, onTake }: { pages: PhonePages; onTake: Took }) {
  const { t } = useTranslation()
  const busy = useBusy('phonePages.update')
  return (
    <Part title={t('phonePages.slip')} hint={t('phonePages.slipHint')}>
      <Checkbox
        label={t('phonePages.slipDetails')}
        checked={pages.slipDetails}
        disabled={busy}
        onChange={(event) => void keepPhonePages(pages.clinicId, { slipDetails: event.currentTarget.checked }, onTake)}
      />
    </Part>
  )
}
