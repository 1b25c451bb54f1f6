import { resolve } from 'node:path'
import { type AnyContractRouter, minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contract } from './contract/contract.ts'
import { permissions } from './contract/permissions.ts'
import { stationContract } from './contract/station.ts'

export default defineConfig({
  root: 'renderer',
  // `renderer/public` is what the phones' pages share, not files to be copied.
  publicDir: false,
  plugins: [react(), contractModule()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    // A font as a data address would be refused by the page's CSP.
    assetsInlineLimit: 0,
    // Which files belong to which page: the public listener gives out no others.
    manifest: 'manifest.json',
    rolldownOptions: {
      input: {
        console: resolve(import.meta.dirname, 'renderer/console/index.html'),
        board: resolve(import.meta.dirname, 'renderer/board/index.html'),
        ticket: resolve(import.meta.dirname, 'renderer/ticket/index.html'),
        slip: resolve(import.meta.dirname, 'renderer/slip/index.html'),
        'phone-test': resolve(import.meta.dirname, 'renderer/phone-test/index.html'),
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8742', '/socket.io': { target: 'http://127.0.0.1:8742', ws: true } },
  },
})

/**
 * `virtual:contract`: the routes' methods and paths and the table of permissions as plain data, so that the first page
 * needs neither the schemas nor zod. Forms that check with a schema import it from `contract/` themselves.
 * `virtual:station-contract`: the same of what a station answers by itself.
 */
function contractModule(): Plugin {
  const modules: Readonly<Record<string, () => string>> = {
    'virtual:contract': () => `${routesOf(contract)}export const permissions = ${JSON.stringify(permissions)}\n`,
    'virtual:station-contract': () => routesOf(stationContract),
  }
  return {
    name: 'virtual:contract',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load: (id) => modules[id.slice(1)]?.(),
  }
}

function routesOf(router: AnyContractRouter): string {
  const routes = JSON.stringify(minifyContractRouter(router), (key, value: unknown) =>
    UNUSED.has(key) && !isBranch(value) ? undefined : value,
  )
  return `export const routes = ${routes}\n`
}

const UNUSED = new Set(['summary', 'tags', 'successStatus', 'permission', 'audit', 'offline'])

/** A noun of the router may bear the name of a route's property: `audit` is both. */
function isBranch(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
