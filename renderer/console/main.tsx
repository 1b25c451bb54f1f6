import { DirectionProvider, MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter/wght.css'
// The files of the other scripts are fetched when one of their letters is on the page: names know no interface language.
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
import '../ui/mantine.css'
import '../ui/theme.css'
import '../ui/base.css'
import { followDesktop } from '../frame/follow-desktop.ts'
import { listenToHistory } from '../frame/router.ts'
import { startClock } from '../live/clock.ts'
import { startSession } from '../live/session.ts'
import { listenToHotkeys } from '../ui/hotkeys.ts'
import { changeLanguage, languageHere, startTranslations } from '../ui/i18n.ts'
import { cssVariables, styleNonce, theme } from '../ui/theme.ts'
import { App } from './App.tsx'

// Read by Mantine's scroll lock for the style tags that it makes.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })

startClock()
listenToHistory()
listenToHotkeys()
followDesktop()
await startTranslations()
await changeLanguage(languageHere())
void startSession()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place to draw in.')

createRoot(root).render(
  <StrictMode>
    {/* Follows the page's own direction, which its language sets. */}
    <DirectionProvider>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        getStyleNonce={styleNonce}
        defaultColorScheme="auto"
      >
        <App />
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
)
