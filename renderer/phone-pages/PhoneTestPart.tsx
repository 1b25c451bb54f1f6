import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhonePages, PhoneTest } from '../../contract/phone-pages.ts'
import { OutcomeMark } from '../connection-doctor/OutcomeMark.tsx'
import networkStyles from '../network/NetworkTab.module.css'
import { Qr } from '../network/Qr.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormat } from '../ui/format.ts'
import sheet from '../ui/Sheet.module.css'
import { Part } from '../ui/Sheet.tsx'
import { beginPhoneTest, confirmPhoneTest, keepPhonePages, type Took } from './commands.ts'

type Props = { pages: PhonePages; onTake: Took }

/** Codes are printed once a phone on the clinic's Wi-Fi was seen to open a page, and while its address stays. */
export function PhoneTestPart({ pages, onTake }: Props) {
  const { t } = useTranslation()
  const { addresses, clinicId, test } = pages
  const [chosen, setChosen] = useState<string | null>(null)
  const address = chosen !== null && addresses.includes(chosen) ? chosen : (addresses[0] ?? null)
  return (
    <Part title={t('phonePages.test')} hint={t('phonePages.testHint')}>
      <Standing pages={pages} />
      {address === null ? (
        <p className={networkStyles.problem} role="alert">
          {t('phonePages.nowhere')}
        </p>
      ) : (
        <>
          {addresses.length > 1 && (
            <Select
              label={t('phonePages.address')}
              data={addresses}
              value={address}
              allowDeselect={false}
              onChange={setChosen}
              maw="var(--pop)"
            />
          )}
          {test && <Testing test={test} clinicId={clinicId} onTake={onTake} />}
          <div className={sheet.row}>
            <ActionButton next={!test && !pages.printed} run={() => void beginPhoneTest(clinicId, address, onTake)}>
              {t(test || pages.tested ? 'phonePages.beginAgain' : 'phonePages.begin')}
            </ActionButton>
            {pages.tested && (
              <ActionButton
                run={() => void keepPhonePages(clinicId, { slipDetails: pages.slipDetails, tested: false }, onTake)}
              >
                {t('phonePages.giveUp')}
              </ActionButton>
            )}
          </div>
        </>
      )}
    </Part>
  )
}

function Standing({ pages: { tested, printed } }: { pages: PhonePages }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!tested) return <OutcomeMark outcome="failed" word={t('phonePages.never')} />
  const values = { address: tested.address, when: format.dateAndTime(tested.at) }
  return printed ? (
    <OutcomeMark outcome="passed" word={t('phonePages.printed', values)} />
  ) : (
    <OutcomeMark outcome="failed" word={t('phonePages.changed', values)} />
  )
}

function Testing({ test, clinicId, onTake }: { test: PhoneTest; clinicId: string; onTake: Took }) {
  const { t } = useTranslation()
  const opened = test.openedAt !== null
  return (
    <div className={networkStyles.where}>
      <div className={networkStyles.addresses}>
        <p>{t('phonePages.scan')}</p>
        <p dir="ltr" className="soft">
          {test.url}
        </p>
        <div role="status">
          {opened ? (
            <OutcomeMark outcome="passed" word={t('phonePages.opened')} />
          ) : (
            <p className="soft">{t('phonePages.waiting')}</p>
          )}
        </div>
        {opened && (
          <div>
            <ActionButton next run={() => void confirmPhoneTest(clinicId, test.code, onTake)}>
              {t('phonePages.confirm')}
            </ActionButton>
          </div>
        )}
      </div>
      <Qr text={test.url} label={t('phonePages.code')} />
    </div>
  )
}
