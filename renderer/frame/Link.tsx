import type { AnchorHTMLAttributes } from 'react'
import { navigate } from './router.ts'

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }

/** Goes to a page of the console; with Ctrl it opens a window of its own, like any link. */
export function Link({ to, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        navigate(to)
      }}
    />
  )
}
