import { useState } from 'react'
import { Button, Modal, Select, Stack } from '@mantine/core'
import { otherwise } from '#core/decision/switch.ts'
import { useEditor } from '../editor-context.ts'
import { inputNode } from './decision-graph.ts'
import { t } from './messages.ts'
import { canWire, wired, wireFields } from './wire.ts'

export interface ConnectPartsProps {
  readonly source: string
  /** Null where it is still to be chosen. */
  readonly target: string | null
  readonly onClose: () => void
}

/** What stands before the id of a case, where one is chosen instead of a field. */
const caseMark = 'case '

/** What a part is to read of another one, or for which case it runs: by keyboard, and where a line could mean several. */
export function ConnectParts({ source, target: given, onClose }: ConnectPartsProps) {
  const { decision, change } = useEditor()
  const from = decision.parts.find(({ id }) => id === source)
  const [target, setTarget] = useState(given)
  const [what, setWhat] = useState<string | null>(null)
  const fields = wireFields(decision, source)
  const cases =
    from?.kind === 'switch'
      ? [...from.cases, { id: otherwise, name: t('otherwise') }].map(({ id, name }) => ({
          value: `${caseMark}${id}`,
          label: t('onlyIf', { case: name }),
        }))
      : []
  const choices = [...cases, ...fields.map(({ path, title }) => ({ value: path, label: title }))]
  const chosen = what ?? (choices.length === 1 ? (choices[0]?.value ?? null) : null)
  const port = chosen?.startsWith(caseMark) === true ? chosen.slice(caseMark.length) : null
  const targets = decision.parts
    .filter(({ id }) => canWire(decision, { source, port, target: id }))
    .map(({ id, name }) => ({ value: id, label: name || id }))
  const next =
    target === null || chosen === null
      ? null
      : wired(
          decision,
          { source, port, target },
          port === null ? (fields.find(({ path }) => path === chosen) ?? null) : null,
        )
  const name = source === inputNode ? t('input') : from?.name || source
  return (
    <Modal opened onClose={onClose} title={t('connectTitle', { part: name })} size={420}>
      <Stack
        gap={12}
        component="form"
        onSubmit={(event: { preventDefault: () => void }) => {
          event.preventDefault()
          if (next === null) return
          onClose()
          change(() => next)
        }}
      >
        <Select
          label={t('connectWhat')}
          searchable
          data-autofocus={given !== null || undefined}
          data={choices}
          value={chosen}
          onChange={setWhat}
          nothingFoundMessage={t('nothingGiven')}
        />
        <Select
          label={t('connectTarget')}
          searchable
          data-autofocus={given === null || undefined}
          data={targets}
          value={target}
          onChange={setTarget}
          error={target !== null && chosen !== null && next === null ? t('noPlace') : null}
        />
        <Button type="submit" disabled={next === null}>
          {t('connectAction')}
        </Button>
      </Stack>
    </Modal>
  )
}
