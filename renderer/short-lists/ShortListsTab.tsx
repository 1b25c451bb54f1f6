import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagnosisTerm, Medicine } from '../../contract/short-lists.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { type DataColumn, DataTable } from '../ui/DataTable.tsx'
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
  const columns: DataColumn<Medicine>[] = [
    {
      label: t('prescription.medicine'),
      of: nameOf,
      sortBy: nameOf,
      open: (one) => () => openMedicine(one),
      head: true,
    },
    { label: t('prescription.dose'), of: ({ dose }) => dose, sortBy: ({ dose }) => dose },
    { label: t('prescription.howOften'), of: ({ howOften }) => howOften, sortBy: ({ howOften }) => howOften },
    { label: t('prescription.howLong'), of: ({ howLong }) => howLong, sortBy: ({ howLong }) => howLong },
  ]
  return <DataTable label={t('shortList.medicines')} rows={medicines} keyOf={idOf} columns={columns} isGone={isGone} />
}

const nameOf = ({ name }: Medicine) => name
const textOf = ({ text }: DiagnosisTerm) => text
const idOf = ({ id }: { id: string }) => id
const isGone = ({ active }: { active: boolean }) => !active

function Terms({ inactive }: { inactive: boolean }) {
  const { t } = useTranslation()
  const terms = useTerms(inactive)
  if (terms.length === 0) return <EmptyState title={t('shortList.noTerms')} hint={t('shortList.noTermsHint')} />
  const columns: DataColumn<DiagnosisTerm>[] = [
    { label: t('shortList.term'), of: textOf, sortBy: textOf, open: (one) => () => openTerm(one), head: true },
    { label: t('shortList.code'), of: ({ code }) => code, sortBy: ({ code }) => code },
  ]
  return <DataTable label={t('shortList.terms')} rows={terms} keyOf={idOf} columns={columns} isGone={isGone} />
}
