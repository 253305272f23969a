import { describeRow } from '#core/decision/describe-row.ts'
import type { EntryChange, PartChange } from '#core/decision/diff.ts'
import type { Decision, DecisionPart } from '#core/graph/decision.ts'
import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { describe } from '#core/logic/describe.ts'
import { cellText } from '../table/cell-text.ts'
import { outputText } from '../table/cell-value.ts'
import { ChangeActions, type Changing } from './ChangeActions.tsx'
import { ChangeTag, FieldLines } from './FieldLines.tsx'
import { t } from './messages.ts'
import styles from './Compare.module.css'

/** No more are drawn of one part. */
const most = 300

export interface PartChangesProps {
  readonly part: PartChange
  readonly before: Decision
  readonly after: Decision
  readonly changing: Changing
}

/** The rows, rules and columns of a part that differ. */
export function PartChanges({ part, before, after, changing }: PartChangesProps) {
  const find = (decision: Decision) => decision.parts.find(({ id }) => id === part.id)
  const [was, is] = [find(before), find(after)]
  return (
    <ul className={styles['entries']}>
      {part.entries.slice(0, most).map((entry) => (
        <li key={`${entry.list} ${entry.id}`} data-change={entry.change}>
          <div>
            <b>{titleOf(entry, entry.change === 'removed' ? was : is)}</b>
            <ChangeTag change={entry.change} />
            <ChangeActions
              place={{ of: 'entry', part: part.id, list: entry.list, id: entry.id }}
              name={titleOf(entry, entry.change === 'removed' ? was : is)}
              there={entry.change !== 'removed'}
              {...changing}
            />
            {entry.moved && entry.before !== undefined && entry.after !== undefined && (
              <span className={styles['quiet']}>
                {t('movedFromTo', { before: entry.before + 1, after: entry.after + 1 })}
              </span>
            )}
          </div>
          {entry.fields.length === 0 && (
            <p className={styles['quiet']}>
              {sentenceOf(entry, entry.change === 'removed' ? was : is)}
            </p>
          )}
          <FieldLines
            fields={entry.fields}
            nameOf={(field) => columnName(field, is) ?? columnName(field, was) ?? field}
            textOf={fieldText}
            actionsOf={(field) => (
              <ChangeActions
                place={{ of: 'entry-field', part: part.id, list: entry.list, id: entry.id, field }}
                name={t('fieldOf', {
                  name: titleOf(entry, is),
                  field: columnName(field, is) ?? columnName(field, was) ?? field,
                })}
                there
                {...changing}
              />
            )}
          />
        </li>
      ))}
      {part.entries.length > most && (
        <li className={styles['quiet']}>{t('more', { count: part.entries.length - most })}</li>
      )}
    </ul>
  )
}

const listOf = (part: DecisionPart | undefined, list: string): readonly Json[] => {
  const found = part === undefined ? undefined : (part as unknown as Record<string, Json>)[list]
  return Array.isArray(found) ? (found as Json[]) : []
}

const entryOf = (entry: EntryChange, part: DecisionPart | undefined) =>
  listOf(part, entry.list).find((each) => isObject(each) && each['id'] === entry.id)

function titleOf(entry: EntryChange, part: DecisionPart | undefined): string {
  const found = entryOf(entry, part)
  const given = isObject(found) ? found['name'] : undefined
  const name = typeof given === 'string' && given !== '' ? given : entry.id
  if (entry.list === 'rows') return t('rows', { place: (entry.after ?? entry.before ?? 0) + 1 })
  if (entry.list === 'inputs' || entry.list === 'outputs') return t(entry.list, { name })
  return t('other', { name })
}

function sentenceOf(entry: EntryChange, part: DecisionPart | undefined): string {
  if (part?.kind !== 'table' || entry.list !== 'rows') return ''
  const row = part.rows.find(({ id }) => id === entry.id)
  return row === undefined ? '' : describeRow(part, row)
}

const columnName = (field: string, part: DecisionPart | undefined): string | undefined => {
  const [key, ...id] = field.split('.')
  if (part?.kind !== 'table' || id.length === 0) return undefined
  const columns = key === 'when' ? part.inputs : part.outputs
  return columns.find((column) => column.id === id.join('.'))?.name
}

/** Cells as they are written, conditions of rules as sentences. */
function fieldText(field: string, value: Json): string {
  if (field.startsWith('when.')) return cellText(value as Logic) ?? describe(value as Logic)
  if (field.startsWith('then.')) return outputText(value as Logic) ?? describe(value as Logic)
  if (field === 'when' || field === 'expression') return describe(value as Logic)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
