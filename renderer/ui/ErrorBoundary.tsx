import { Component, type ReactNode } from 'react'
import { t } from './i18n.ts'
import { FailedState } from './states.tsx'

type Props = { children: ReactNode }
type State = { failed: boolean }

/** A fault in one view leaves the frame standing: the alerts, Emergency and the other views. React wants a class here. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return <FailedState text={t('frame.fault')} onRetry={() => this.setState({ failed: false })} />
  }
}
