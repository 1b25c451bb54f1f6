import type { InputWrapperProps } from '@mantine/core'

/** For a field that stands beside another: its hint under it, so that the two fields are in one line. */
export const HINT_BELOW: InputWrapperProps['inputWrapperOrder'] = ['label', 'input', 'description', 'error']
