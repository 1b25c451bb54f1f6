import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/noto-sans-arabic/wght.css'
import '@fontsource-variable/noto-sans-bengali/wght.css'
// The page says all that it has to say without running anything.
import '../public/page.css'
