import { useRef, type KeyboardEvent } from 'react'
import { ActionIcon, Button, Checkbox, Group, Input, NumberInput, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { freshId } from '#core/decision/fresh-id.ts'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { addCounts, informationValue, noCounts, type Counts } from '#core/decision/woe.ts'
import { FieldSelect } from '../../inspector/condition-builder/FieldSelect.tsx'
import { listsAmong } from '../../inspector/condition-builder/scope-field.ts'
import { fieldPath } from '../../inspector/expression.ts'
import { moved } from '../edit.ts'
import { useEditor, useFields } from '../editor-context.ts'
import { coverageKey } from '../explain/coverage-marks.ts'
import type { EditPart } from '../parts/use-part.ts'
import { useReorder } from '../use-reorder.ts'
import type { Population } from './applicants.ts'
import { BinDistribution } from './BinDistribution.tsx'
import { BinOutcome } from './BinOutcome.tsx'
import { BinRow } from './BinRow.tsx'
import { bordersOf, moveBorder } from './borders.ts'
import { t } from './messages.ts'
import { PointsBar } from './PointsBar.tsx'
import { ReasonFields } from './ReasonFields.tsx'
import { Share } from './Share.tsx'
import parts from '../parts/Parts.module.css'
import styles from './Scorecard.module.css'

type Characteristic = ScorecardPart['characteristics'][number]

export interface CharacteristicCardProps {
  readonly part: ScorecardPart
  readonly each: Characteristic
  readonly edit: EditPart<'scorecard'>
  /** What the applicants came to; null where none were counted. */
  readonly counted: Population['parts'][string] | null
  /** All applicants. */
  readonly count: number
}

const blankBin = (bins: Characteristic['bins']): Characteristic['bins'][number] => ({
  id: freshId(
    'bin',
    bins.map(({ id }) => id),
  ),
  when: null,
  points: 0,
})

/** One characteristic: what is measured, its bins with their points, and what a missing value is worth. */
export function CharacteristicCard({ part, each, edit, counted, count }: CharacteristicCardProps) {
  const fields = useFields(part.id)
  const { outcome, covered } = useEditor()
  const list = useRef<HTMLOListElement>(null)
  const set = (next: (now: Characteristic) => Characteristic, gesture?: string): void =>
    edit(
      (now) => ({
        ...now,
        characteristics: now.characteristics.map((one) => (one.id === each.id ? next(one) : one)),
      }),
      gesture === undefined ? undefined : `${each.id}:${gesture}`,
    )
  const reorder = useReorder(each.bins.length, (from, to) =>
    set((now) => ({ ...now, bins: moved(now.bins, from, to) })),
  )
  const addBin = (): void => set((now) => ({ ...now, bins: [...now.bins, blankBin(now.bins)] }))
  /** Enter and Shift+Enter go down and up within a column, as in a table. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    const column = event.target.dataset['column']
    const row = event.target.closest('li')
    if (column === undefined || row === null) return
    event.preventDefault()
    const next = event.shiftKey ? row.previousElementSibling : row.nextElementSibling
    const at = (place: Element | null | undefined): void =>
      place?.querySelector<HTMLInputElement>(`[data-column="${column}"]`)?.focus()
    if (next !== null || event.shiftKey) at(next)
    else {
      addBin()
      requestAnimationFrame(() => at(list.current?.lastElementChild))
    }
  }
  const fired = new Set(
    'result' in outcome
      ? outcome.result.fired.flatMap((one) => (one.part === part.id ? [one.rule] : []))
      : [],
  )
  const all = [...each.bins.map(({ points }) => points), each.missing?.points ?? 0]
  const range = [Math.min(0, ...all), Math.max(0, ...all)] as const
  const name = each.name || each.id
  const shareOf = (bin: string) =>
    counted === null ? null : { count: counted.bins[`${each.id}.${bin}`] ?? 0, all: count }
  const countsOf = (bin: string): Counts => counted?.outcomes[`${each.id}.${bin}`] ?? noCounts
  const wentBy = [...each.bins.map(({ id }) => id), 'missing'].map(countsOf)
  const went = wentBy.reduce(addCounts, noCounts)
  // Without either there is nothing to weigh.
  const weighed = went.goods > 0 && went.bads > 0
  const outcomeOf = (bin: string) => (weighed ? { bin: countsOf(bin), all: went } : null)
  const values = counted?.values[each.id]
  const borders = bordersOf(each.bins)
  return (
    <section className={parts['card']} aria-label={name}>
      <Group gap="sm" align="end" wrap="nowrap">
        <TextInput
          label={t('characteristic')}
          value={each.name}
          onChange={(event) => {
            const text = event.currentTarget.value
            set((now) => ({ ...now, name: text }), 'name')
          }}
          flex={1}
        />
        <Input.Wrapper label={t('measured')} className={parts['grow'] ?? ''}>
          <FieldSelect
            path={fieldPath(each.expression) ?? ''}
            fields={fields}
            onChange={(path) =>
              set((now) => ({ ...now, expression: path === '' ? null : { var: path } }))
            }
          />
        </Input.Wrapper>
        <ActionIcon
          aria-label={t('removeCharacteristic', { name })}
          onClick={() =>
            edit((now) => ({
              ...now,
              characteristics: now.characteristics.filter(({ id }) => id !== each.id),
            }))
          }
        >
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
      {values !== undefined && (
        <BinDistribution
          name={name}
          values={values}
          borders={borders}
          onMove={(border, to) =>
            set(
              (now) => ({ ...now, bins: moveBorder(now.bins, border, to) }),
              `border:${borders.indexOf(border)}`,
            )
          }
        />
      )}
      <div
        className={styles['bins']}
        data-weighed={weighed || undefined}
        onKeyDown={onKeyDown}
        title={t('binKeys')}
      >
        <div aria-hidden className={styles['binHead']}>
          <span />
          <span>{t('bin')}</span>
          <span>{t('points')}</span>
          <span />
          <span className={styles['share']}>{counted === null ? '' : t('applicants')}</span>
          {weighed && (
            <>
              <span className={styles['share']}>{t('badRate')}</span>
              <span className={styles['share']} title={t('woeHint')}>
                {t('woe')}
              </span>
            </>
          )}
          <span>{t('reasonCode')}</span>
          <span>{t('reasonText')}</span>
          <span />
        </div>
        <ol ref={list} className={styles['rows']}>
          {each.bins.map((bin, index) => (
            <BinRow
              key={bin.id}
              bin={bin}
              hit={fired.has(`${each.id}.${bin.id}`)}
              range={range}
              share={shareOf(bin.id)}
              outcome={outcomeOf(bin.id)}
              covered={covered.get(coverageKey(part.id, `${each.id}.${bin.id}`))}
              label={`${name} ${index + 1}`}
              isList={listsAmong(fields)}
              row={reorder.row(index)}
              handle={reorder.handle(index)}
              onChange={(next, gesture) =>
                set(
                  (now) => ({
                    ...now,
                    bins: now.bins.map((one) => (one.id === bin.id ? next(one) : one)),
                  }),
                  gesture === undefined ? undefined : `${bin.id}:${gesture}`,
                )
              }
              onRemove={() =>
                set((now) => ({ ...now, bins: now.bins.filter(({ id }) => id !== bin.id) }))
              }
            />
          ))}
        </ol>
        {each.missing !== undefined && (
          <div className={styles['bin']} data-hit={fired.has(`${each.id}.missing`)}>
            <span />
            <span className={parts['quiet']}>{t('missing')}</span>
            <NumberInput
              aria-label={t('withMissing')}
              value={each.missing.points}
              onChange={(next) =>
                set(
                  (now) => ({ ...now, missing: { ...now.missing, points: Number(next) || 0 } }),
                  'missing',
                )
              }
            />
            <PointsBar points={each.missing.points} range={range} />
            <Share of={shareOf('missing')} />
            {weighed && <BinOutcome bin={countsOf('missing')} all={went} />}
            <ReasonFields
              label={t('missingOf', { name })}
              reason={each.missing.reason}
              onChange={(reason, key) =>
                set(
                  ({ missing, ...now }) => ({
                    ...now,
                    missing: {
                      points: missing?.points ?? 0,
                      ...(reason === undefined ? {} : { reason }),
                    },
                  }),
                  `missing:${key}`,
                )
              }
            />
          </div>
        )}
      </div>
      <Group gap="md">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          onClick={addBin}
        >
          {t('addBin')}
        </Button>
        <Checkbox
          size="xs"
          label={t('withMissing')}
          checked={each.missing !== undefined}
          onChange={(event) => {
            const { checked } = event.currentTarget
            set(({ missing: _old, ...now }) => (checked ? { ...now, missing: { points: 0 } } : now))
          }}
        />
        {weighed && (
          <span className={styles['value']} title={t('ivHint')}>
            {t('iv', { value: informationValue(wentBy, went).toFixed(3) })}
          </span>
        )}
      </Group>
    </section>
  )
}
