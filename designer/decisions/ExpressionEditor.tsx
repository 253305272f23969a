import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { JsonSchema } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'
import { ExpressionInput } from '../inspector/ExpressionInput.tsx'
import { changePart, type Part } from './edit.ts'
import { useEditor, useFields, useScope } from './editor-context.ts'
import { t } from './messages.ts'
import styles from './DecisionEditor.module.css'

/** A literal keeps its type in the form. */
const schemaOf = (value: unknown): JsonSchema =>
  typeof value === 'number' || typeof value === 'boolean' ? { type: typeof value } : {}

/** One value as a sentence with what it comes to for the sample; a click opens it for editing. */
export function ExpressionEditor({ part }: { readonly part: Part<'expression'> }) {
  const { change, outcome } = useEditor()
  const fields = useFields(part.id)
  const [open, setOpen] = useState(part.value === null)
  const value = 'result' in outcome ? outcome.result.values[part.id] : undefined
  const scope = useScope()
  const titles = new Map(fields.map((field) => [field.path, field.title]))
  const titleOf = (path: string): string | undefined => titles.get(path)
  return (
    <div className={styles['expression']}>
      <div className={styles['expressionLine']}>
        <p className={styles['sentence']}>
          {part.value === null ? <i>{t('expressionNone')}</i> : describe(part.value, titleOf)}
        </p>
        {value !== undefined && (
          <code className={styles['worth']} title={t('expressionWorth')}>
            {value === null ? '–' : JSON.stringify(value)}
          </code>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-expanded={open}
          leftSection={<IconPencil size={12} />}
          onClick={() => setOpen(!open)}
        >
          {t('expressionEdit')}
        </Button>
      </div>
      {open && (
        <ExpressionInput
          label={t('expressionValue')}
          schema={schemaOf(part.value)}
          required
          value={part.value ?? undefined}
          fields={fields}
          sample={scope}
          onChange={(next) =>
            change(
              (all) => changePart(all, part, (now) => ({ ...now, value: next ?? null })),
              `expression:${part.id}`,
            )
          }
        />
      )}
    </div>
  )
}
