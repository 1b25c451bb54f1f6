import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import { ask } from './dialogs.tsx'

type Question = {
  title: string
  /** The patient whom it is about, in full. */
  about: string
  text?: string
  /** The verb on the button. */
  verb: string
  danger?: boolean
}

/** U4: only for refund, void, delete and merge; with the verb and the name of the patient. */
export async function confirm(question: Question): Promise<boolean> {
  const answer = await ask<true>((close) => <ConfirmDialog {...question} onAnswer={close} />)
  return answer === true
}

/** A reason in a line; `undefined` when the person thinks better of it. Offers the usual ones to pick. */
export function askReason(question: Question & { usual?: readonly string[] }): Promise<string | undefined> {
  return ask<string>((close) => <ReasonDialog {...question} onAnswer={close} />)
}

function ConfirmDialog({ onAnswer, ...question }: Question & { onAnswer: (answer?: true) => void }) {
  return (
    <Dialog
      title={question.title}
      onClose={() => onAnswer()}
      onSubmit={() => onAnswer(true)}
      footer={<Answers question={question} onLeave={() => onAnswer()} />}
    >
      <p>
        <strong>{question.about}</strong>
      </p>
      {question.text && <p>{question.text}</p>}
    </Dialog>
  )
}

function ReasonDialog({
  onAnswer,
  usual = [],
  ...question
}: Question & { usual?: readonly string[]; onAnswer: (answer?: string) => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const given = reason.trim()
  return (
    <Dialog
      title={question.title}
      onClose={() => onAnswer()}
      onSubmit={() => given && onAnswer(given)}
      footer={<Answers question={question} onLeave={() => onAnswer()} disabled={!given} />}
    >
      <p>
        <strong>{question.about}</strong>
      </p>
      {question.text && <p>{question.text}</p>}
      {usual.length > 0 && (
        <div>
          {usual.map((each) => (
            <Button key={each} size="compact-xs" mie="xs" mb="xs" onClick={() => setReason(each)}>
              {each}
            </Button>
          ))}
        </div>
      )}
      <TextInput
        label={t('common.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
    </Dialog>
  )
}

function Answers({ question, onLeave, disabled }: { question: Question; onLeave: () => void; disabled?: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Button onClick={onLeave}>{t('common.cancel')}</Button>
      <Button type="submit" variant="filled" color={question.danger ? 'red.8' : 'accent'} disabled={disabled}>
        {question.verb}
      </Button>
    </>
  )
}
