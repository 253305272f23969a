import { useState, type ReactNode } from 'react'
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'
import type { Verb } from './use-verb.ts'

export interface ReasonDialogProps {
  readonly title: string
  readonly text: string
  readonly confirm: string
  /** What the button that changes nothing says. @default Cancel */
  readonly dismiss?: string
  /** True where it cannot be undone. @default false */
  readonly danger?: boolean
  /** False while what the dialog asks for besides is not there. @default true */
  readonly ready?: boolean
  readonly size?: 'md' | 'lg'
  readonly verb: Verb<string>
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks for the reason of a command and carries it out; an outside click never loses what was written. */
export function ReasonDialog(props: ReasonDialogProps) {
  const {
    title,
    text,
    confirm,
    dismiss,
    danger = false,
    ready = true,
    size = 'md',
    verb,
    onClose,
    children,
  } = props
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (): void => {
    if (reason.trim() === '') setMissing(true)
    else verb.mutate(reason.trim(), { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={reason === '' && children === undefined}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          <Text>{text}</Text>
          {children}
          <Textarea
            label={t('reason')}
            description={t('reasonHint')}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setMissing(false)
            }}
            error={missing ? t('reasonNeeded') : null}
            required
            autosize
            minRows={2}
            data-autofocus
          />
          {verb.error !== null && <Alert color="red">{verb.error.message}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {dismiss ?? shell('cancel')}
            </Button>
            <Button
              type="submit"
              loading={verb.isPending}
              disabled={!ready}
              {...(danger ? { color: 'red.9' } : {})}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
