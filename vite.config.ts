import { resolve } from 'node:path'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './contract/contract.ts'
import { permissions } from './contract/permissions.ts'

export default defineConfig({
  root: 'renderer',
  plugins: [react(), contractModule()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    // A font as a data address would be refused by the page's CSP.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { console: resolve(import.meta.dirname, 'renderer/console/index.html') } },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8742', '/socket.io': { target: 'http://127.0.0.1:8742', ws: true } },
  },
})

/**
 * `virtual:contract`: the routes' methods and paths and the table of permissions as plain data, so that the first page
 * needs neither the schemas nor zod. Forms that check with a schema import it from `contract/` themselves.
 */
function contractModule(): Plugin {
  const name = 'virtual:contract'
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined
      const routes = JSON.stringify(minifyContractRouter(contract), (key, value: unknown) =>
        UNUSED.has(key) && !isBranch(value) ? undefined : value,
      )
      return `export const routes = ${routes}\nexport const permissions = ${JSON.stringify(permissions)}\n`
    },
  }
}

const UNUSED = new Set(['summary', 'tags', 'successStatus', 'permission', 'audit', 'offline'])

/** A noun of the router may bear the name of a route's property: `audit` is both. */
function isBranch(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
