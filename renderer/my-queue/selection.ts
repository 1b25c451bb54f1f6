import { create } from 'zustand'

/** Whom the doctor looks at; `null` follows the one who is with the doctor. */
export const useLookedAt = create<{ visitId: string | null }>(() => ({ visitId: null }))

export const lookAt = (visitId: string | null) => useLookedAt.setState({ visitId })
