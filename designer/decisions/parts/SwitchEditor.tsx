import { freshId } from '#core/decision/fresh-id.ts'
import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { ConditionBuilder } from '../../inspector/condition-builder/ConditionBuilder.tsx'
import type { Part } from '../edit.ts'
import { useEditor, useFields, useScope } from '../editor-context.ts'
import { CoverageBadge } from '../explain/CoverageBadge.tsx'
import { coverageKey } from '../explain/coverage-marks.ts'
import { t } from './messages.ts'
import { useEditPart } from './use-part.ts'
import styles from './Parts.module.css'

type Case = Part<'switch'>['cases'][number]

/** The cases of a switch, tried from the top. */
export function SwitchEditor({ part }: { readonly part: Part<'switch'> }) {
  const edit = useEditPart<'switch'>(part)
  const fields = useFields(part.id)
  const scope = useScope()
  const { outcome, covered } = useEditor()
  const chosen = 'result' in outcome ? outcome.result.values[part.id] : null
  const set = (id: string, next: (now: Case) => Case, gesture: string): void =>
    edit(
      (now) => ({ ...now, cases: now.cases.map((each) => (each.id === id ? next(each) : each)) }),
      `${id}:${gesture}`,
    )
  return (
    <div className={styles['body']}>
      {part.cases.length === 0 && <p className={styles['quiet']}>{t('noCases')}</p>}
      {part.cases.map((each) => (
        <section key={each.id} className={styles['card']} data-hit={chosen === each.id}>
          <Group gap="sm" wrap="nowrap" align="end">
            <TextInput
              label={t('caseName')}
              value={each.name}
              onChange={(event) => {
                const name = event.currentTarget.value
                set(each.id, (now) => ({ ...now, name }), 'name')
              }}
              flex={1}
            />
            <CoverageBadge mark={covered.get(coverageKey(part.id, each.id))} />
            <code className={styles['quiet']}>{each.id}</code>
            <ActionIcon
              aria-label={t('removeCase', { name: each.name })}
              onClick={() =>
                edit((now) => ({ ...now, cases: now.cases.filter(({ id }) => id !== each.id) }))
              }
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
          <div className={styles['label']}>
            {t('caseWhen')}
            {chosen === each.id && ` · ${t('chosen')}`}
          </div>
          <ConditionBuilder
            value={each.when}
            onChange={(when) => set(each.id, (now) => ({ ...now, when }), 'when')}
            fields={fields}
            sample={scope}
          />
        </section>
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            edit((now) => {
              const id = freshId(
                'case',
                now.cases.map((each) => each.id),
              )
              const name = t('newCase', { number: now.cases.length + 1 })
              return { ...now, cases: [...now.cases, { id, name, when: null }] }
            })
          }
        >
          {t('addCase')}
        </Button>
      </div>
    </div>
  )
}
