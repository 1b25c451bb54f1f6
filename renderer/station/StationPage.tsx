import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { readingKey } from '../ui/direction.ts'
import { Logo } from '../ui/Logo.tsx'
import styles from './StationPage.module.css'

type Props = {
  title: string
  text?: ReactNode
  /** `wide`: the question and the doctor; the others are one matter at a time. */
  wide?: boolean
  footer?: ReactNode
  children?: ReactNode
}

/** A page of this computer itself: nobody has signed in, and nothing of the clinic is on it. */
export function StationPage({ title, text, wide = false, footer, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  // What takes the place of another page is read out from its beginning, unless it puts the cursor somewhere itself.
  useEffect(() => {
    const { activeElement } = document
    if (!activeElement || activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <div className={styles.page}>
      <main className={styles.middle}>
        <section className={styles.card} data-wide={wide || undefined} aria-label={title}>
          <header className={styles.brand}>
            <Logo />
            <div>
              <h1 ref={heading} tabIndex={-1}>
                {title}
              </h1>
              {text && <p className="soft">{text}</p>}
            </div>
          </header>
          {children}
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </section>
      </main>
    </div>
  )
}

/** The arrow keys walk what carries `data-answer`, in the order of the page. */
export function walkAnswers(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[readingKey(event.key)]
  if (!step) return
  const answers = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-answer]')]
  const at = answers.findIndex((each) => each.matches(':focus'))
  event.preventDefault()
  answers[(at + step + answers.length) % answers.length]?.focus()
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }
