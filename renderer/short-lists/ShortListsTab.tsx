import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton } from '../ui/ActionButton.tsx'
import styles from '../ui/Sheet.module.css'
import { Sheet } from '../ui/Sheet.tsx'
import { EmptyState } from '../ui/states.tsx'
import { openMedicine, openTerm } from './commands.tsx'
import { useMedicines, useTerms } from './use-lists.ts'

/** The clinic's own medicines and diagnoses: what doctors choose from as they type. */
export function ShortListsTab() {
  const { t } = useTranslation()
  const [inactive, setInactive] = useState(false)
  return (
    <Sheet
      title={t('administration.tab.shortLists')}
      hint={t('shortList.hint')}
      actions={
        <>
          <Checkbox
            label={t('common.showInactive')}
            checked={inactive}
            onChange={(event) => setInactive(event.currentTarget.checked)}
          />
          <ActionButton run={() => openMedicine()}>{t('shortList.addMedicine')}</ActionButton>
          <ActionButton run={() => openTerm()}>{t('shortList.addTerm')}</ActionButton>
        </>
      }
    >
      <Medicines inactive={inactive} />
      <Terms inactive={inactive} />
    </Sheet>
  )
}

function Medicines({ inactive }: { inactive: boolean }) {
  const { t } = useTranslation()
  const medicines = useMedicines(inactive)
  if (medicines.length === 0)
    return <EmptyState title={t('shortList.noMedicines')} hint={t('shortList.noMedicinesHint')} />
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('prescription.medicine')}</th>
          <th scope="col">{t('prescription.dose')}</th>
          <th scope="col">{t('prescription.howOften')}</th>
          <th scope="col">{t('prescription.howLong')}</th>
        </tr>
      </thead>
      <tbody>
        {medicines.map((medicine) => (
          <tr key={medicine.id} data-gone={medicine.active ? undefined : true}>
            <th scope="row">
              <button type="button" className={styles.open} onClick={() => void openMedicine(medicine)}>
                {medicine.name}
              </button>
            </th>
            <td>{medicine.dose}</td>
            <td>{medicine.howOften}</td>
            <td>{medicine.howLong}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Terms({ inactive }: { inactive: boolean }) {
  const { t } = useTranslation()
  const terms = useTerms(inactive)
  if (terms.length === 0) return <EmptyState title={t('shortList.noTerms')} hint={t('shortList.noTermsHint')} />
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('shortList.term')}</th>
          <th scope="col">{t('shortList.code')}</th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => (
          <tr key={term.id} data-gone={term.active ? undefined : true}>
            <th scope="row">
              <button type="button" className={styles.open} onClick={() => void openTerm(term)}>
                {term.text}
              </button>
            </th>
            <td>{term.code}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
