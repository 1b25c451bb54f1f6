/** Fits in what can be read across a room. Apart, so that a page that asks for it needs no schemas. */
export const BOARD_MESSAGE_MOST = 120
