import * as z from 'zod'
import { RATING_WORDS } from './public-words.ts'
import { route } from './route.ts'
import { day, id, instant, limit } from './values.ts'

/** S5: what a patient said about a visit: stars and ready-made words. */
export const rating = z.strictObject({
  visitId: id,
  doctorId: id.nullable(),
  day,
  at: instant,
  stars: z.int().min(1).max(5),
  words: z.array(z.enum(RATING_WORDS)),
})
export type Rating = z.infer<typeof rating>

export const ratingCount = z.strictObject({ stars: z.int(), count: z.int() })
export type RatingCount = z.infer<typeof ratingCount>

export const ratings = {
  list: route({
    method: 'GET',
    path: '/ratings',
    summary: 'What patients said about their visits, newest first, and how many gave how many stars',
    permission: 'rating.read',
    audit: null,
    input: { query: { clinicId: id, limit } },
    output: z.strictObject({ items: z.array(rating), counts: z.array(ratingCount) }),
  }),
}
