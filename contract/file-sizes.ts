// Without a schema beside them: the first page needs them, and does without zod.

/** The largest file that can be attached, in bytes. */
export const LARGEST_FILE = 10_000_000
/** How much of a file one request carries, in bytes. */
export const FILE_PART = 700_000
