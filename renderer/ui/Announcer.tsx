import { useAnnouncement } from './announcer.ts'

export function Announcer() {
  const { polite, assertive } = useAnnouncement()
  return (
    <>
      <div className="unseen" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="unseen" role="alert" aria-live="assertive">
        {assertive}
      </div>
    </>
  )
}
