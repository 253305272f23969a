import { useState } from 'react'
import { Select, Stack, TextInput } from '@mantine/core'
import type { RunView, StepView } from '#core/api/views.ts'
import type { Verb } from '#core/api/verbs.ts'
import type { Json } from '#core/json.ts'
import { operationsApi } from '../api/operations.ts'
import { t } from './messages.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import type { StepFacts } from './step-facts.ts'
import { useVerb } from './use-verb.ts'
import { ValuesEditor } from './ValuesEditor.tsx'

export interface VerbDialogProps {
  readonly run: RunView
  readonly step: StepView
  readonly facts: StepFacts
  readonly onClose: () => void
}

/** Leaves a step by a port with an empty value. */
export function SkipDialog({ run, step, facts, onClose }: VerbDialogProps) {
  const ports = facts.portsOf(step.node).filter(({ id }) => id !== 'error')
  const [port, setPort] = useState(ports[0]?.id ?? '')
  const verb = useOperate(run, t('done_skip'), () => ({ do: 'skip', at: step.step, port }))
  return (
    <ReasonDialog
      title={t('skipTitle', { node: facts.nameOf(step.node) })}
      text={t('skipText')}
      confirm={t('skip')}
      verb={verb}
      onClose={onClose}
    >
      <Select
        label={t('completePort')}
        data={ports.map(({ id, title }) => ({ value: id, label: title }))}
        value={port}
        onChange={(next) => setPort(next ?? port)}
        allowDeselect={false}
      />
    </ReasonDialog>
  )
}

/** Ends a step as failed: by its error port, else as an incident. */
export function FailDialog({ run, step, facts, onClose }: VerbDialogProps) {
  const [code, setCode] = useState('FAILED_BY_HAND')
  const [message, setMessage] = useState('')
  const verb = useOperate(run, t('done_fail'), () => ({
    do: 'fail',
    at: step.step,
    code,
    message: message.trim() || t('failMessageDefault'),
  }))
  return (
    <ReasonDialog
      title={t('failTitle', { node: facts.nameOf(step.node) })}
      text={t('failText')}
      confirm={t('fail')}
      danger
      verb={verb}
      onClose={onClose}
    >
      <Stack gap="xs">
        <TextInput
          label={t('failCode')}
          description={t('failCodeHint')}
          value={code}
          onChange={(event) =>
            setCode(event.currentTarget.value.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_'))
          }
        />
        <TextInput
          label={t('failMessage')}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
      </Stack>
    </ReasonDialog>
  )
}

/** Goes back to a node, with what the run knows edited. */
export function RewindDialog({ run, step, facts, onClose }: VerbDialogProps) {
  /** null while what is written is no value. */
  const [values, setValues] = useState<Readonly<Record<string, Json>> | null>({})
  const verb = useOperate(run, t('done_rewind'), () => ({
    do: 'rewind',
    node: step.node,
    values: values ?? {},
  }))
  return (
    <ReasonDialog
      title={t('rewindTitle', { node: facts.nameOf(step.node) })}
      text={t('rewindText')}
      confirm={t('rewindConfirm')}
      verb={verb}
      ready={values !== null}
      size="lg"
      onClose={onClose}
    >
      <ValuesEditor run={run} facts={facts} onChange={setValues} />
    </ReasonDialog>
  )
}

function useOperate(run: RunView, said: string, verb: () => Verb) {
  return useVerb(run.id, said, (reason: string) => operationsApi.operate(run.id, verb(), reason))
}
