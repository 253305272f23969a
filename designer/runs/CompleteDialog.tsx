import { useState } from 'react'
import {
  Alert,
  Button,
  Group,
  JsonInput,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
} from '@mantine/core'
import type { StepView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { runsApi } from '../api/runs.ts'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'
import type { StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'

export interface CompleteDialogProps {
  readonly run: string
  readonly step: StepView
  readonly facts: StepFacts
  readonly onClose: () => void
}

type Parsed = { readonly value: Json } | { readonly problem: string }

function parsed(text: string): Parsed {
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return {
      problem: t('completeBadJson', { detail: error instanceof Error ? error.message : '' }),
    }
  }
}

/** Leaves an open step by hand: by which port, with which value, and why. */
export function CompleteDialog({ run, step, facts, onClose }: CompleteDialogProps) {
  const ports = facts.portsOf(step.node).map((port) => ({ value: port.id, label: port.title }))
  const [port, setPort] = useState(ports[0]?.value ?? 'done')
  const [text, setText] = useState('{}')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const value = parsed(text)
  const problem = 'problem' in value ? value.problem : null
  const verb = useVerb(
    run,
    t('done_complete'),
    (answer: { port: string; value: Json; reason: string }) =>
      runsApi.completeStep(run, step.step, answer),
  )
  const submit = (): void => {
    setTried(true)
    if ('problem' in value || reason.trim() === '') return
    verb.mutate({ port, value: value.value, reason: reason.trim() }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('completeTitle', { node: facts.nameOf(step.node) })}
      closeOnClickOutside={false}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          <Text>{t('completeText')}</Text>
          <Select
            label={t('completePort')}
            data={ports}
            value={port}
            onChange={(next) => setPort(next ?? port)}
            allowDeselect={false}
            data-autofocus
          />
          <JsonInput
            label={t('completeValue')}
            value={text}
            onChange={setText}
            error={problem}
            autosize
            minRows={4}
            maxRows={14}
            formatOnBlur
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <Textarea
            label={t('reason')}
            description={t('reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={tried && reason.trim() === '' ? t('reasonNeeded') : null}
            required
            autosize
            minRows={2}
          />
          {verb.error !== null && <Alert color="red">{verb.error.message}</Alert>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell('cancel')}
            </Button>
            <Button type="submit" loading={verb.isPending} disabled={problem !== null}>
              {t('complete')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
