import { useMay } from '../live/permission.ts'
import { takePayment } from '../money/commands.tsx'
import { useHotkey } from '../ui/hotkeys.ts'
import { callFromDesk } from '../visits/commands.tsx'
import { openBook, openWalkIn } from '../visits/open-dialogs.tsx'
import { ArrivalsPane } from './ArrivalsPane.tsx'
import { PatientPane } from './PatientPane.tsx'
import { QueuePane } from './QueuePane.tsx'
import { selectedVisitId, useSelection } from './selection.ts'
import styles from './TodayView.module.css'

/** Reception's page: who comes, who waits, and one of them. */
export function TodayView() {
  const mayCheckIn = useMay('visit.checkIn')
  const mayBook = useMay('appointment.book')
  const mayCall = useMay('visit.call')
  const selection = useSelection((state) => state.selection)
  const mayTake = useMay('money.take')
  useHotkey('F4', () => openWalkIn(), { enabled: mayCheckIn })
  useHotkey('F6', () => openBook(), { enabled: mayBook })
  useHotkey('F8', () => withSelected(callFromDesk), { enabled: mayCall })
  useHotkey('F9', () => withSelected(takePayment), { enabled: mayTake })
  return (
    <div className={styles.view}>
      <ArrivalsPane />
      <QueuePane />
      <PatientPane selection={selection} />
    </div>
  )
}

function withSelected(run: (visitId: string) => unknown) {
  const visitId = selectedVisitId()
  if (visitId) void run(visitId)
}
