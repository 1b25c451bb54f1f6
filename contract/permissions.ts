import * as z from 'zod'

export const role = z.enum(['administrator', 'receptionist', 'nurse', 'doctor', 'cashier'])
export type Role = z.infer<typeof role>

const everyone = ['administrator', 'receptionist', 'nurse', 'doctor', 'cashier'] as const
const desk = ['administrator', 'receptionist', 'nurse', 'doctor'] as const
const till = ['administrator', 'receptionist', 'cashier'] as const

/** Who may do what: an action, and the roles that have it. */
export const permissions = {
  'clinic.read': everyone,
  'clinic.manage': ['administrator'],
  'user.manage': ['administrator'],
  'audit.read': ['administrator'],
  'device.manage': ['administrator'],
  'schedule.manage': ['administrator', 'receptionist'],
  'patient.read': everyone,
  'patient.register': desk,
  'patient.update': desk,
  'patient.merge': ['administrator', 'receptionist'],
  'patient.openRecord': ['doctor', 'nurse'],
  'patient.recordAllergies': ['doctor', 'nurse'],
  'appointment.read': everyone,
  'appointment.book': desk,
  'appointment.overbook': ['administrator', 'receptionist', 'doctor'],
  'appointment.rebook': ['administrator', 'receptionist'],
  'visit.read': everyone,
  'visit.checkIn': desk,
  'visit.emergency': everyone,
  'visit.step': everyone,
  'visit.call': ['administrator', 'receptionist', 'nurse', 'doctor'],
  'visit.move': desk,
  'visit.consult': ['doctor'],
  'visit.triage': ['nurse', 'doctor'],
  'visit.lowerUrgency': ['nurse', 'doctor'],
  'visit.settle': till,
  'rulePack.read': ['administrator', 'doctor', 'nurse'],
  'rulePack.choose': ['administrator', 'doctor'],
  'visit.reassign': ['administrator', 'receptionist', 'nurse', 'doctor'],
  'consultation.write': ['doctor'],
  'prescription.write': ['doctor'],
  'order.write': ['doctor'],
  'order.step': ['doctor', 'nurse'],
  'attachment.add': ['doctor', 'nurse'],
  'followUp.make': ['doctor'],
  'followUp.decide': ['administrator', 'receptionist', 'nurse'],
  'shortList.manage': ['administrator', 'doctor'],
  'rating.read': ['administrator'],
  'money.read': everyone,
  'money.charge': ['administrator', 'receptionist', 'cashier', 'doctor'],
  'money.waive': ['administrator', 'cashier', 'doctor'],
  'money.take': till,
  'money.refund': ['administrator', 'cashier'],
  'board.setMessage': ['administrator', 'receptionist'],
  'bed.assign': desk,
  'doctor.useRoom': desk,
  'staff.read': everyone,
  'staff.setOwnStatus': everyone,
  'alert.read': everyone,
  'alert.raise': everyone,
  'alert.acknowledge': everyone,
  'alert.escalate': everyone,
  'alert.resolve': everyone,
  'alert.analyse': ['administrator', 'doctor', 'nurse'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** `public`: nobody signed in. `signedIn`: any user, about themselves. `device`: a paired computer, whoever sits there. */
export type Access = Permission | 'public' | 'signedIn' | 'device'

/** Roles that may receive clinical content (design 6). */
const clinicalRoles: readonly Role[] = ['doctor', 'nurse']

export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return roles.some((role) => allowed.includes(role))
}

export function isClinical(roles: readonly Role[]): boolean {
  return roles.some((role) => clinicalRoles.includes(role))
}
