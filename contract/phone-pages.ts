// What staff do about patients' phones: the phone test, and the addresses that tickets and slips carry as a code (S5).
import * as z from 'zod'
import { route } from './route.ts'
import { id, instant } from './values.ts'

/** An IPv4 address and a port, as a phone on the clinic's Wi-Fi reaches this hub. */
const address = z.string().regex(/^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/, 'must be an address like 192.168.1.10:8744')

/** A test that is under way; `openedAt` is when a phone opened its page. */
export const phoneTest = z.strictObject({
  code: z.string(),
  address,
  url: z.string(),
  until: instant,
  openedAt: instant.nullable(),
})
export type PhoneTest = z.infer<typeof phoneTest>

export const phonePages = z.strictObject({
  clinicId: id,
  /** Where the listener for phones is now. */
  addresses: z.array(address),
  /** The address that the clinic has tested; codes are printed while the listener is still there. */
  tested: z.strictObject({ address, at: instant, byId: id }).nullable(),
  printed: z.boolean(),
  /** Whether an appointment's slip tells the doctor's name and the service. */
  slipDetails: z.boolean(),
  test: phoneTest.nullable(),
})
export type PhonePages = z.infer<typeof phonePages>

/** What a ticket or a slip carries as a code; `null` until the clinic has passed the phone test. */
const pageAddress = z.strictObject({ url: z.string().nullable() })

export const phonePagesRoutes = {
  get: route({
    method: 'GET',
    path: '/clinics/{id}/phone-pages',
    summary: 'Whether patients’ phones reach this hub, and the phone test that is under way',
    permission: 'clinic.manage',
    audit: null,
    input: { params: { id } },
    output: phonePages,
    errors: ['not_found'],
  }),
  begin: route({
    method: 'POST',
    path: '/clinics/{id}/phone-pages/test',
    summary: 'Begin a phone test: a page at one address of the hub, to be opened by a phone',
    permission: 'clinic.manage',
    audit: 'phonePages.test',
    input: { params: { id }, body: { address } },
    output: phonePages,
    errors: ['not_found', 'unreachable'],
  }),
  confirm: route({
    method: 'POST',
    path: '/clinics/{id}/phone-pages/confirm',
    summary: 'Confirm that a phone has opened the page: from then on tickets and slips carry a code',
    permission: 'clinic.manage',
    audit: 'phonePages.confirm',
    input: { params: { id }, body: { code: z.string().max(64) } },
    output: phonePages,
    errors: ['not_found', 'not_opened'],
  }),
  update: route({
    method: 'PUT',
    path: '/clinics/{id}/phone-pages',
    summary: 'Whether slips tell the doctor’s name and the service, and whether codes are printed at all',
    permission: 'clinic.manage',
    audit: 'phonePages.update',
    input: { params: { id }, body: { slipDetails: z.boolean(), tested: z.literal(false).optional() } },
    output: phonePages,
    errors: ['not_found'],
  }),
  ticket: route({
    method: 'GET',
    path: '/visits/{id}/page',
    summary: 'The address of a ticket’s page, for the code on it',
    permission: 'visit.read',
    audit: null,
    input: { params: { id } },
    output: pageAddress,
    errors: ['not_found'],
  }),
  slip: route({
    method: 'GET',
    path: '/appointments/{id}/page',
    summary: 'The address of an appointment slip’s page, for the code on it',
    permission: 'appointment.read',
    audit: null,
    input: { params: { id } },
    output: pageAddress,
    errors: ['not_found'],
  }),
}
