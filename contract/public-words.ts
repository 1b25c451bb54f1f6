// What patients may say: they choose among these words and type nothing (S5). Without schemas, for their phones' sake.

/** The listener for boards and patients' phones. */
export const PUBLIC_PORT = 8744

/** Words that go with the stars. */
export const RATING_WORDS = [
  'kind',
  'well_explained',
  'quick',
  'clean',
  'long_wait',
  'not_explained',
  'unkind',
] as const
export type RatingWord = (typeof RATING_WORDS)[number]

/** Why a patient cancels an appointment. */
export const CANCEL_REASONS = ['cannot_come', 'not_needed', 'elsewhere', 'other'] as const
export type CancelReason = (typeof CANCEL_REASONS)[number]

/** How such a reason is kept with the appointment; the pages word it. */
export const BY_PATIENT = 'by_patient_'

/** When a patient who asks to move an appointment would rather come. */
export const MOVE_WISHES = ['morning', 'afternoon', 'other_day', 'sooner', 'later'] as const
export type MoveWish = (typeof MOVE_WISHES)[number]

/** What a patient's ticket page can be showing. Nothing of it is clinical, and urgency is not in it. */
export const TICKET_STATES = [
  'waiting',
  'next',
  'called',
  'with_doctor',
  'on_hold',
  'away',
  'skipped',
  'missed',
  'pay_first',
  'to_pay',
  'finished',
  'left',
  'over',
] as const
export type TicketStateName = (typeof TICKET_STATES)[number]

export const SLIP_STATES = ['booked', 'confirmed', 'here', 'finished', 'cancelled', 'missed', 'over'] as const
export type SlipStateName = (typeof SLIP_STATES)[number]
