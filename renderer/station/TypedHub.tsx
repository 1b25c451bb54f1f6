import { Button, TextInput } from '@mantine/core'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../frame/router.ts'
import { CameraReader } from './CameraReader.tsx'
import { DOCTOR_PATH } from './doctor-path.ts'
import styles from './StationPage.module.css'
import { StationPage } from './StationPage.tsx'
import { readTypedHub } from './typed-hub.ts'

type Props = { onFound: (to: string) => void; onBack: () => void }

/** A hub that is not listed: by what its own page shows, typed, pasted, photographed or held before the camera. */
export function TypedHub({ onFound, onBack }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<'typed' | 'noQr' | 'wrongQr' | null>(null)
  const [camera, setCamera] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const to = readTypedHub(typed)
    if (to) onFound(to)
    else setProblem('typed')
  }
  const read = (text: string | undefined) => {
    const to = text === undefined ? undefined : readTypedHub(text)
    setCamera(false)
    if (to) onFound(to)
    else setProblem(text === undefined ? 'noQr' : 'wrongQr')
  }
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <StationPage
        title={t('typedHub.title')}
        text={t('typedHub.text')}
        footer={
          <>
            <Button onClick={onBack}>{t('common.cancel')}</Button>
            <Button onClick={() => navigate(DOCTOR_PATH)}>{t('doctorCheck.open')}</Button>
            <Button type="submit" variant="filled" disabled={!typed.trim()}>
              {t('typedHub.next')}
            </Button>
          </>
        }
      >
        <div className={styles.fields}>
          <TextInput
            label={t('typedHub.label')}
            description={t('typedHub.hint')}
            value={typed}
            onChange={(event) => {
              setProblem(null)
              setTyped(event.currentTarget.value)
            }}
            error={problem && t(`typedHub.problem.${problem}`)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <div className={styles.row}>
            <Button size="xs" onClick={() => setCamera(!camera)} aria-expanded={camera}>
              {t('typedHub.camera')}
            </Button>
            <PictureButton onText={read} />
          </div>
          {camera && <CameraReader onText={read} />}
        </div>
      </StationPage>
    </form>
  )
}

/** A picture of the code, from a file. */
function PictureButton({ onText }: { onText: (text: string | undefined) => void }) {
  const { t } = useTranslation()
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget
    const [file] = input.files ?? []
    if (!file) return
    const { readPicture } = await import('./read-qr.ts')
    onText(await readPicture(file))
    input.value = ''
  }
  return (
    <Button size="xs" component="label">
      {t('typedHub.picture')}
      <input type="file" accept="image/*" className="unseen" onChange={(event) => void take(event)} />
    </Button>
  )
}
