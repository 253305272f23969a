import type { Part } from '../edit.ts'
import { FieldList } from './FieldList.tsx'
import { t } from './messages.ts'
import { useEditPart } from './use-part.ts'
import styles from './Parts.module.css'

/** What the decision gives to whoever asks it. */
export function OutputEditor({ part }: { readonly part: Part<'output'> }) {
  const edit = useEditPart<'output'>(part)
  return (
    <div className={styles['body']}>
      {part.fields.length === 0 && <p className={styles['quiet']}>{t('noFields')}</p>}
      <FieldList
        part={part.id}
        fields={part.fields}
        add={t('addField')}
        onChange={(fields, gesture) => edit((now) => ({ ...now, fields }), gesture)}
      />
    </div>
  )
}
