import type { ErrorCode, ErrorData } from '../../contract/errors.ts'

/** The hub said no, by a code of the contract's one table. */
export class Refused<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly data: ErrorData<Code>

  constructor(code: Code, message: string, data: ErrorData<Code>) {
    super(message)
    this.name = 'Refused'
    this.code = code
    this.data = data
  }
}

/** The hub could not be reached, or answered with something that is no answer. Nothing is known to be saved. */
export class HubAway extends Error {
  constructor(cause: unknown) {
    super('The hub cannot be reached.', { cause })
    this.name = 'HubAway'
  }
}

export function isRefused<Code extends ErrorCode>(error: unknown, code: Code): error is Refused<Code> {
  return error instanceof Refused && error.code === code
}
