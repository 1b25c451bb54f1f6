declare module 'virtual:contract' {
  import type { AnyContractRouter } from '@orpc/contract'
  import type { permissions as table } from '../contract/permissions.ts'

  export const routes: AnyContractRouter
  export const permissions: typeof table
}
