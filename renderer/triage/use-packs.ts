import { useCallback, useMemo } from 'react'
import type { RulePack } from '../../contract/rule-packs.ts'
import { api } from '../live/api.ts'
import { useRecord } from '../live/store.ts'
import { useRead } from '../live/use-read.ts'

/** T4: the rule packs that are in force in a clinic, as the hub has them; asked again when somebody signs others. */
export function usePacks(clinicId: string) {
  const signed = useRecord('rulePackChoices', clinicId)
  const read = useCallback((signal: AbortSignal) => api.rulePacks.list({ query: { clinicId } }, { signal }), [clinicId])
  const { data, failed, again } = useRead(read, signed?.version ?? 0)
  const inForce = useMemo((): readonly RulePack[] | undefined => {
    if (!data) return undefined
    return data.installed.filter((pack) =>
      data.inForce.some(({ id, version }) => id === pack.id && version === pack.version),
    )
  }, [data])
  return {
    inForce,
    choice: data?.choice ?? null,
    installed: data?.installed,
    missing: data?.missing ?? [],
    failed,
    again,
  }
}
