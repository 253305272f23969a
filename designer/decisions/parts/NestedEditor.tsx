import { Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import type { Part } from '../edit.ts'
import { useEditor } from '../editor-context.ts'
import { FieldList } from './FieldList.tsx'
import { t } from './messages.ts'
import { useEditPart } from './use-part.ts'
import styles from './Parts.module.css'

/** Which other decision is asked, and what it is given. */
export function NestedEditor({ part }: { readonly part: Part<'decision'> }) {
  const edit = useEditPart<'decision'>(part)
  const { decision } = useEditor()
  const { data } = useQuery(queries.decisions())
  const others = (data ?? []).filter(({ id }) => id !== decision.id)
  return (
    <div className={styles['body']}>
      <Select
        label={t('asked')}
        description={t('askedHint')}
        nothingFoundMessage={t('noOther')}
        searchable
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={part.decision === '' ? null : part.decision}
        onChange={(id) => edit((now) => ({ ...now, decision: id ?? '' }))}
        maw={360}
      />
      <Checkbox
        label={t('joins')}
        checked={part.joins ?? true}
        onChange={(event) => {
          const joins = event.currentTarget.checked
          edit((now) => ({ ...now, joins }))
        }}
      />
      <div className={styles['label']}>{t('inputs')}</div>
      <FieldList
        part={part.id}
        fields={Object.entries(part.inputs).map(([name, value]) => ({ name, value }))}
        add={t('addInput')}
        onChange={(fields, gesture) =>
          edit(
            (now) => ({
              ...now,
              inputs: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
            }),
            gesture,
          )
        }
      />
    </div>
  )
}
