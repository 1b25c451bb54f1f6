import type { PhonePages } from '../../contract/phone-pages.ts'
import { api } from '../live/api.ts'
import { perform } from '../live/perform.ts'
import { t } from '../ui/i18n.ts'
import { toast } from '../ui/toasts.ts'

export type Took = (pages: PhonePages) => void

export async function beginPhoneTest(clinicId: string, address: string, took: Took) {
  const pages = await perform({
    key: 'phonePages.test',
    run: () => api.phonePages.begin({ params: { id: clinicId }, body: { address } }),
  })
  if (pages) took(pages)
}

export async function confirmPhoneTest(clinicId: string, code: string, took: Took) {
  const pages = await perform({
    key: 'phonePages.test',
    run: () => api.phonePages.confirm({ params: { id: clinicId }, body: { code } }),
  })
  if (!pages) return
  took(pages)
  toast({ tone: 'plain', subject: 'phonePages', text: t('phonePages.passed') })
}

type Wanted = { slipDetails: boolean; tested?: false }

export async function keepPhonePages(clinicId: string, wanted: Wanted, took: Took) {
  const pages = await perform({
    key: 'phonePages.update',
    run: () => api.phonePages.update({ params: { id: clinicId }, body: wanted }),
  })
  if (pages) took(pages)
}
