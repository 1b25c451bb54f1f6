import { navigate } from '../frame/router.ts'
import { api, newId } from '../live/api.ts'
import { isRefused } from '../live/refused.ts'
import { signIn } from '../live/session.ts'
import type { SetupValues } from './setup-form.ts'

/** Makes the clinic and its administrator, and signs them in on the page where they go on. */
export async function beginClinic(values: SetupValues): Promise<void> {
  const { name, timeZone, currency, language, displayName, password } = values
  const username = values.username.trim().toLowerCase()
  try {
    await api.setup.begin(
      {
        body: {
          clinic: { id: newId(), name, timeZone, currency, language },
          administrator: { id: newId(), username, displayName, password },
        },
      },
      { context: { anonymous: true } },
    )
  } catch (error) {
    // The first answer may have been lost on its way: then this name and password are the administrator's.
    if (!isRefused(error, 'already_set_up')) throw error
  }
  await signIn(username, password)
  navigate('/administration')
}
