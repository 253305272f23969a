import { Select } from '@mantine/core'
import { useEditor } from '../editor-context.ts'
import type { Population } from './applicants.ts'
import { t } from './messages.ts'

/** Which column and value of the file say "bad". Each value of a column that could is one choice. */
export function OutcomeSelect({ population }: { readonly population: Population }) {
  const { applicants, setApplicants } = useEditor()
  const { choices, outcome } = population
  if (applicants === null || choices.length === 0) return null
  const all = choices.flatMap(({ column, values }) => values.map((bad) => ({ column, bad })))
  const at = all.findIndex(({ column, bad }) => column === outcome?.column && bad === outcome.bad)
  return (
    <Select
      size="xs"
      w={230}
      aria-label={t('outcomeColumn')}
      title={t('outcomeColumnHint')}
      placeholder={t('outcomeNone')}
      clearable
      searchable
      nothingFoundMessage={t('outcomeNone')}
      data={all.map(({ column, bad }, index) => ({
        value: String(index),
        label: t('outcomeIs', { column, value: bad }),
      }))}
      value={at < 0 ? null : String(at)}
      onChange={(next) =>
        setApplicants({
          ...applicants,
          outcome: next === null ? null : (all[Number(next)] ?? null),
        })
      }
    />
  )
}
