import type { PhonePages } from '../../contract/phone-pages.ts'
import type { SqlReader } from '../db/sql.ts'
import type { HubParts } from '../http/context.ts'
import { type TokenKind, tokenOf } from '../public/tokens.ts'

type Row = { address: string | null; testedAt: string | null; testedById: string | null; slipDetails: number }

const none: Row = { address: null, testedAt: null, testedById: null, slipDetails: 0 }

function rowOf(sql: SqlReader, clinicId: string): Row {
  return (
    sql.get<Row>`select address, testedAt, testedById, slipDetails from phonePages where clinicId = ${clinicId}` ?? none
  )
}

export function showsSlipDetails(sql: SqlReader, clinicId: string): boolean {
  return rowOf(sql, clinicId).slipDetails === 1
}

/** Where the listener for phones is now, as addresses with its port. */
export function publicAddresses({ publicSide }: HubParts): string[] {
  return (publicSide?.addresses ?? []).map((address) => `${address}:${publicSide?.port}`)
}

/** The tested address while the listener is still there: with another one the test is to be done again. */
function printedAddress(hub: HubParts, clinicId: string): string | null {
  const { address } = rowOf(hub.read, clinicId)
  return address !== null && publicAddresses(hub).includes(address) ? address : null
}

export function phonePagesOf(hub: HubParts, clinicId: string): PhonePages {
  const { address, testedAt, testedById, slipDetails } = rowOf(hub.read, clinicId)
  const tested =
    address !== null && testedAt !== null && testedById !== null ? { address, at: testedAt, byId: testedById } : null
  return {
    clinicId,
    addresses: publicAddresses(hub),
    tested,
    printed: printedAddress(hub, clinicId) !== null,
    slipDetails: slipDetails === 1,
    test: hub.phoneTests.of(clinicId) ?? null,
  }
}

const PATHS = { ticket: 't', slip: 'a' } as const satisfies Record<TokenKind, string>

/** What is printed as a code; `null` where no phone has been seen to reach it. */
export function pageUrl(hub: HubParts, kind: TokenKind, { id, clinicId }: { id: string; clinicId: string }) {
  const address = printedAddress(hub, clinicId)
  return { url: address && `http://${address}/${PATHS[kind]}/${tokenOf(hub.keys, kind, id)}` }
}
