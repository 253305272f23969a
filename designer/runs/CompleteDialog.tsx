import { useState } from 'react'
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import type { StepView } from '#core/api/views.ts'
import type { Json } from '#core/json.ts'
import { runsApi } from '../api/runs.ts'
import { t as shell } from '../ui/messages.ts'
import { CompleteValue } from './CompleteValue.tsx'
import { t } from './messages.ts'
import type { StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'

export interface CompleteDialogProps {
  readonly run: string
  readonly step: StepView
  readonly facts: StepFacts
  readonly onClose: () => void
}

/** Leaves an open step by hand: by which port, with which value, and why. */
export function CompleteDialog({ run, step, facts, onClose }: CompleteDialogProps) {
  const ports = facts.portsOf(step.node)
  const [port, setPort] = useState(ports[0]?.id ?? 'done')
  /** null while what is written is no value. */
  const [value, setValue] = useState<{ readonly json: Json } | null>({ json: {} })
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const verb = useVerb(
    run,
    t('done_complete'),
    (answer: { port: string; value: Json; reason: string }) =>
      runsApi.completeStep(run, step.step, answer),
  )
  const submit = (): void => {
    setTried(true)
    if (value === null || reason.trim() === '') return
    verb.mutate({ port, value: value.json, reason: reason.trim() }, { onSuccess: onClose })
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
            data={ports.map(({ id, title }) => ({ value: id, label: title }))}
            value={port}
            onChange={(next) => setPort(next ?? port)}
            allowDeselect={false}
            data-autofocus
          />
          <CompleteValue
            key={port}
            schema={ports.find(({ id }) => id === port)?.schema ?? {}}
            onChange={setValue}
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
            <Button type="submit" loading={verb.isPending} disabled={value === null}>
              {t('complete')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
