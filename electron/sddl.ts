// Windows' security descriptors as text (SDDL), as far as it takes to tell who may change a file or folder.
// Microsoft, "Security Descriptor String Format", "ACE Strings" and "SID Strings".

export const SYSTEM = 'S-1-5-18'
export const ADMINISTRATORS = 'S-1-5-32-544'
export const LOCAL_SERVICE = 'S-1-5-19'

/** Short names of those whom anybody here may ask about; any other is a stranger under whatever name. */
const SHORT: Partial<Record<string, string>> = { SY: SYSTEM, BA: ADMINISTRATORS, LS: LOCAL_SERVICE }
/** The owner, under two names: whom a new file belongs to, and whom this one belongs to. Judged as the owner. */
const OWNER = new Set(['CO', 'S-1-3-0', 'OW', 'S-1-3-4'])
/** The computer's built-in administrator, who cannot be taken out of the administrators. */
const BUILT_IN = 'LA'

/** Rights that change nothing: reading, listing, running, of data, attributes and this descriptor, and waiting. */
const HARMLESS = 0x1 | 0x8 | 0x20 | 0x80 | 0x2_0000 | 0x10_0000 | 0x2000_0000 | 0x8000_0000

/** The bits of rights by their short names: of any object, of files, and of directory services, whose bits files share. */
const RIGHTS: Partial<Record<string, number>> = {
  ...{ GA: 0x1000_0000, GX: 0x2000_0000, GW: 0x4000_0000, GR: 0x8000_0000 },
  ...{ SD: 0x1_0000, RC: 0x2_0000, WD: 0x4_0000, WO: 0x8_0000 },
  ...{ FA: 0x1f_01ff, FR: 0x12_0089, FW: 0x12_0116, FX: 0x12_00a0 },
  ...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100 },
}

const SID = 'S-1-[0-9]+(?:-[0-9]+)+|[A-Z]{2}'
const ACE = '\\([^()]*\\)'
const DESCRIPTOR = new RegExp(`^O:(${SID})(?:G:(?:${SID}))?D:((?:P|AR|AI)*)((?:${ACE})*)(?:S:.*)?$`)
const ENTRY = new RegExp(`^\\((A|D);([A-Z]*);([A-Z]*|0x[0-9a-fA-F]{1,8});;;(${SID})\\)$`)

/**
 * Whether nobody but `allowed` (SIDs in full) owns this file or folder or has a right to change it, now or by what is
 * made in it. Anything that is not understood counts as a right of everybody.
 */
export function mayOnlyBeWrittenBy(sddl: string, allowed: readonly string[]): boolean {
  const [whole, owner = '', , entries = ''] = DESCRIPTOR.exec(sddl.trim()) ?? []
  const isAllowed = (sid: string) =>
    allowed.includes(SHORT[sid] ?? sid) || (sid === BUILT_IN && allowed.includes(ADMINISTRATORS))
  // Without a list of entries (no D:) everybody may do everything. The owner may always write the list anew.
  if (whole === undefined || !isAllowed(owner)) return false
  return (entries.match(/\([^)]*\)/g) ?? []).every((entry) => {
    const [read, type, , rights = '', sid = ''] = ENTRY.exec(entry) ?? []
    if (read === undefined) return false
    // What is denied gives nobody a right. Nor is it counted on: who else is denied is not looked into.
    if (type === 'D' || OWNER.has(sid) || isAllowed(sid)) return true
    const mask = maskOf(rights)
    return mask !== undefined && (mask & ~HARMLESS) === 0
  })
}

function maskOf(rights: string): number | undefined {
  if (rights.startsWith('0x')) return Number(rights)
  const names = rights.match(/../g) ?? []
  if (names.length * 2 !== rights.length) return undefined
  return names.reduce<number | undefined>((sum, name) => {
    const bits = RIGHTS[name]
    return sum === undefined || bits === undefined ? undefined : sum | bits
  }, 0)
}
