import { readPairingString } from '../../contract/discovery.ts'
import { asciiDigits } from '../../rules/digits.ts'

const ADDRESS = /^([\p{L}\d](?:[\p{L}\d.-]{0,251}[\p{L}\d])?|\[[\da-f:]{2,45}\])(?::(\d{1,5}))?$/iu

/**
 * What a person typed, pasted or photographed, as it is asked with: a pairing string, or an address with or without its
 * port. `undefined` when it is neither.
 */
export function readTypedHub(typed: string): string | undefined {
  const text = asciiDigits(typed).trim()
  if (text.startsWith('anteroom:')) return readPairingString(text) ? text : undefined
  const [, host, port] = ADDRESS.exec(text) ?? []
  if (!host || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) return undefined
  // Four numbers are an address of numbers, and nothing else: a slip of a finger is told here, not by a time-out.
  if (/^[\d.]+$/.test(host) && !isIpv4(host)) return undefined
  return text
}

function isIpv4(host: string): boolean {
  const parts = host.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}
