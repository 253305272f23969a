import type { ReactNode } from 'react'
import {
  IconArrowsMoveVertical,
  IconMinus,
  IconPencil,
  IconPlus,
  type Icon,
} from '@tabler/icons-react'
import type { EntryChange, FieldChange } from '#core/decision/diff.ts'
import type { Json } from '#core/json.ts'
import { Tag } from '../../ui/Tag.tsx'
import { t } from './messages.ts'
import styles from './Compare.module.css'

type Change = EntryChange['change']

const looks = {
  added: { icon: IconPlus, tone: 'done' },
  removed: { icon: IconMinus, tone: 'failed' },
  changed: { icon: IconPencil, tone: 'waiting' },
  moved: { icon: IconArrowsMoveVertical, tone: 'running' },
} as const satisfies Record<Change, { icon: Icon; tone: string }>

export function ChangeTag({ change }: { readonly change: Change }) {
  const { icon, tone } = looks[change]
  return (
    <Tag tone={tone} icon={icon}>
      {t(change)}
    </Tag>
  )
}

const plain = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 1).slice(0, 400)

export interface FieldLinesProps {
  readonly fields: readonly FieldChange[]
  readonly nameOf?: (field: string) => string
  readonly textOf?: (field: string, value: Json) => string
  /** What can be done about the change of a field. */
  readonly actionsOf?: (field: string) => ReactNode
}

/** Each field with what it held and what it holds. */
export function FieldLines({
  fields,
  nameOf = (field) => field,
  textOf = (_, value) => plain(value),
  actionsOf = () => null,
}: FieldLinesProps) {
  if (fields.length === 0) return null
  const shown = (field: string, value: Json | undefined): string =>
    value === undefined ? t('nothing') : textOf(field, value)
  return (
    <dl className={styles['fields']}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameOf(field)}</dt>
          <dd>
            <del>{shown(field, before)}</del>
            <ins>{shown(field, after)}</ins>
          </dd>
          {actionsOf(field)}
        </div>
      ))}
    </dl>
  )
}
