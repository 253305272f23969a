import { useState } from 'react'
import { ActionIcon, Button, Group, Select, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { JsonSchema } from '#core/json.ts'
import { useEditor } from './editor-context.ts'
import {
  fieldTypes,
  inputFields,
  isFieldPath,
  putField,
  removeField,
  type FieldType,
} from './input-fields.ts'
import { t } from './messages.ts'
import styles from './DecisionEditor.module.css'

const typeChoices = fieldTypes.map((type) => ({ value: type, label: t(`type_${type}`) }))

/** What the decision is given: the fields that its conditions can read. */
export function InputsPanel() {
  const { decision, change } = useEditor()
  const set = (next: (schema: JsonSchema) => JsonSchema): void =>
    change((now) => ({ ...now, input: next(now.input) }))
  return (
    <div className={styles['inputs']}>
      <p className={styles['quiet']}>{t('inputsHint')}</p>
      {inputFields(decision.input).map(({ path, type }) => (
        <Group key={path} gap={6} wrap="nowrap">
          <code className={styles['path']}>{path}</code>
          <Select
            aria-label={t('typeOf', { field: path })}
            data={typeChoices}
            value={type}
            placeholder={t('type_any')}
            onChange={(next) => {
              if (next !== null) set((schema) => putField(schema, path, next))
            }}
            allowDeselect={false}
            w={110}
          />
          <Tooltip label={t('inputRemove', { field: path })}>
            <ActionIcon
              aria-label={t('inputRemove', { field: path })}
              onClick={() => set((schema) => removeField(schema, path))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        </Group>
      ))}
      <NewField
        taken={inputFields(decision.input).map(({ path }) => path)}
        onAdd={(path, type) => set((schema) => putField(schema, path, type))}
      />
    </div>
  )
}

interface NewFieldProps {
  readonly taken: readonly string[]
  readonly onAdd: (path: string, type: FieldType) => void
}

function NewField({ taken, onAdd }: NewFieldProps) {
  const [path, setPath] = useState('')
  const [type, setType] = useState<FieldType>('number')
  const name = path.trim()
  const bad = name !== '' && (!isFieldPath(name) || taken.includes(name))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name === '' || bad) return
        onAdd(name, type)
        setPath('')
      }}
    >
      <Group gap={6} align="start" wrap="nowrap">
        <TextInput
          aria-label={t('inputPath')}
          placeholder="bureau.score"
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          error={bad ? t('inputBad') : null}
          style={{ flex: 1 }}
        />
        <Select
          aria-label={t('columnType')}
          data={typeChoices}
          value={type}
          onChange={(next) => {
            if (next !== null) setType(next)
          }}
          allowDeselect={false}
          w={110}
        />
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} />}>
          {t('inputAdd')}
        </Button>
      </Group>
    </form>
  )
}
