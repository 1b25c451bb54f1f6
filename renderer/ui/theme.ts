import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple, Modal, Tooltip } from '@mantine/core'
import type { FocusEvent } from 'react'
import styles from './theme.module.css'

// The numbers are in theme.css; this hands them to Mantine's components.
const TEAL: MantineColorsTuple = [
  '#effcf9',
  '#ccf5ec',
  '#99ebdd',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#0b5f59',
  '#134e4a',
  '#0a3a37',
]

// Mantine draws fields and menus in the dark with these; they are the greys of theme.css.
const DARK: MantineColorsTuple = [
  '#e8ecea',
  '#c3cbca',
  '#a3adb0',
  '#8f9a9e',
  '#3c474d',
  '#2a3338',
  '#1a2125',
  '#12171a',
  '#0e1214',
  '#0a0d0f',
]

// Its ink differs between light and dark, which Mantine's own contrast does not know.
const ACCENT_BUTTON = {
  '--button-bg': 'var(--accent)',
  '--button-hover': 'var(--accent-hover)',
  '--button-color': 'var(--accent-ink)',
}

const isAccent = (color: string | undefined) => color === undefined || color === 'accent'

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  colors: { accent: TEAL, dark: DARK },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: styles.button },
      vars: (_theme, { variant, color }) => ({ root: variant === 'filled' && isAccent(color) ? ACCENT_BUTTON : {} }),
    }),
    Modal: Modal.extend({
      // The page itself never scrolls, so there is nothing to lock.
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { duration: 0 },
        padding: 'lg',
        radius: 'md',
      },
    }),
    // By name only: these parts come with the dialogs that use them.
    Select: {
      defaultProps: {
        allowDeselect: false,
        // Typing replaces what is chosen, instead of being put behind it.
        onFocus: (event: FocusEvent<HTMLInputElement>) => event.currentTarget.select(),
      },
    },
    // The placeholder is a child that the role of a menu does not know.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 0 } } }),
  },
})

const shared = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-faint)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--problem)',
}

/** Mantine's variables in terms of ours, so that there is one place to change a colour. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '20px' },
  light: shared,
  dark: shared,
})

/** The page's nonce, for the style tags that Mantine makes. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}
