import { Button } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../ui/toasts.ts'
import styles from './PatientsView.module.css'
import { shrinkPhoto } from './shrink-photo.ts'

type Props = { value: string | null; onChange: (photo: string | null) => void; error: string | undefined }

/** A small picture beside the name; made small here, before anything is sent. */
export function PhotoField({ value, onChange, error }: Props) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    event.currentTarget.value = ''
    if (!file) return
    try {
      onChange(await shrinkPhoto(file))
    } catch (problem) {
      if (!(problem instanceof DOMException)) throw problem
      toast({ tone: 'problem', text: t('photo.unreadable') })
    }
  }
  return (
    <div className={styles.photo}>
      {value ? (
        <img src={value} alt={t('photo.alt')} />
      ) : (
        <span className={styles.noPhoto}>
          <IconUser size={28} stroke={1.25} aria-hidden />
        </span>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('photo.choose')}
        onChange={(event) => void take(event)}
      />
      <Button size="xs" onClick={() => input.current?.click()}>
        {t(value ? 'photo.another' : 'photo.choose')}
      </Button>
      {value && (
        <Button size="xs" onClick={() => onChange(null)}>
          {t('photo.remove')}
        </Button>
      )}
      {error && <span role="alert">{error}</span>}
    </div>
  )
}
