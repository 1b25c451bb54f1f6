import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { timeFrom } from './typed-time.ts'

type Props = Omit<TextInputProps, 'value' | 'onChange'> & { value: string; onChange: (time: string) => void }

/** U5: a time on the 24-hour clock, typed as people do; 930 becomes 09:30 when it is left. */
export function TimeInput({ value, onChange, error, ...rest }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [left, setLeft] = useState(true)
  useEffect(() => {
    if (left) setText(value)
  }, [value, left])
  return (
    <TextInput
      placeholder={t('common.timePlaceholder')}
      autoComplete="off"
      inputMode="numeric"
      {...rest}
      value={text}
      onFocus={() => setLeft(false)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(timeFrom(event.currentTarget.value) ?? event.currentTarget.value)
      }}
      onBlur={() => {
        setLeft(true)
        setText(timeFrom(text) ?? text)
      }}
      error={error ?? (left && text !== '' && !timeFrom(text) ? t('common.timeHint') : undefined)}
    />
  )
}
