declare module 'virtual:contract' {
  import type { AnyContractRouter } from '@orpc/contract'
  import type { permissions as table } from '../contract/permissions.ts'

  export const routes: AnyContractRouter
  export const permissions: typeof table
}

declare module 'virtual:station-contract' {
  import type { AnyContractRouter } from '@orpc/contract'

  export const routes: AnyContractRouter
}
