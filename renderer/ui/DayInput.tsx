import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import { dayFrom } from './typed-day.ts'

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | null
  onChange: (day: string | null) => void
  /** Told whether what stands there is no day: an optional day that is wrong must not pass as none. */
  onWrong?: (wrong: boolean) => void
}

/** U5: a day typed and shown as dd-MMM-yyyy, whatever the computer is set to. */
export function DayInput({ value, onChange, onWrong, error, ...rest }: Props) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const [text, setText] = useState(() => (value ? format.day(value) : ''))
  const [left, setLeft] = useState(true)
  useEffect(() => {
    // What is no day stays, with its error: cleared, it would be lost without a word.
    if (left) setText((typed) => (value ? format.day(value) : dayFrom(typed, i18n.language) ? '' : typed))
  }, [value, left, format, i18n.language])
  const wrong = left && text.trim() !== '' && !dayFrom(text, i18n.language)
  return (
    <TextInput
      placeholder={t('common.dayHint')}
      autoComplete="off"
      {...rest}
      value={text}
      onFocus={() => setLeft(false)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const day = dayFrom(typed, i18n.language)
        setText(typed)
        onChange(day ?? null)
        onWrong?.(typed.trim() !== '' && day === undefined)
      }}
      onBlur={() => {
        const day = dayFrom(text, i18n.language)
        setLeft(true)
        if (day) setText(format.day(day))
      }}
      error={error ?? (wrong ? t('common.dayWrong') : undefined)}
    />
  )
}
