import { useState, type HTMLAttributes } from 'react'
import { ActionIcon, NumberInput, TextInput } from '@mantine/core'
import { IconGripVertical, IconTrash } from '@tabler/icons-react'
import type { ScorecardPart } from '#core/decision/scorecard.ts'
import { describe } from '#core/logic/describe.ts'
import type { CoverageMark } from '../explain/coverage-marks.ts'
import { CoverageSign } from '../explain/CoverageBadge.tsx'
import { BinOutcome, type BinCounts } from './BinOutcome.tsx'
import { cellText, parseCell } from '../table/cell-text.ts'
import { t } from './messages.ts'
import { PointsBar, type PointsBarProps } from './PointsBar.tsx'
import { ReasonFields } from './ReasonFields.tsx'
import { Share, type ShareProps } from './Share.tsx'
import styles from './Scorecard.module.css'

type Bin = ScorecardPart['characteristics'][number]['bins'][number]

export interface BinRowProps {
  readonly bin: Bin
  /** The sample falls into it. */
  readonly hit: boolean
  readonly range: PointsBarProps['range']
  readonly share: ShareProps['of']
  /** How it went with the bin's applicants; null where that is not known. */
  readonly outcome: BinCounts | null
  /** What the tests make of it, while they are open. */
  readonly covered: CoverageMark | undefined
  readonly label: string
  readonly isList: (path: string) => boolean
  readonly row: HTMLAttributes<HTMLElement>
  readonly handle: HTMLAttributes<HTMLElement>
  readonly onChange: (next: (bin: Bin) => Bin, gesture?: string) => void
  readonly onRemove: () => void
}

export function BinRow(props: BinRowProps) {
  const {
    bin,
    hit,
    range,
    share,
    outcome,
    covered,
    label,
    isList,
    row,
    handle,
    onChange,
    onRemove,
  } = props
  const [draft, setDraft] = useState<string | null>(null)
  const text = cellText(bin.when)
  const parsed = draft === null ? null : parseCell(draft, { isList })
  return (
    <li className={styles['bin']} data-hit={hit} {...row}>
      <button
        type="button"
        className={styles['handle']}
        aria-label={t('moveBin', { bin: label })}
        title={t('moveBin', { bin: label })}
        {...handle}
      >
        <IconGripVertical size={14} />
      </button>
      <TextInput
        aria-label={`${t('bin')}: ${label}`}
        data-column="when"
        value={draft ?? text ?? ''}
        // What a cell cannot say is told in words until it is written anew.
        {...(text === null ? { placeholder: describe(bin.when), title: describe(bin.when) } : {})}
        rightSection={covered === undefined ? null : <CoverageSign mark={covered} />}
        error={parsed !== null && 'problem' in parsed ? parsed.problem : null}
        onChange={(event) => {
          const written = event.currentTarget.value
          setDraft(written)
          const next = parseCell(written, { isList })
          if ('logic' in next) onChange((now) => ({ ...now, when: next.logic }), 'when')
        }}
        onBlur={() => {
          if (parsed !== null && 'logic' in parsed) setDraft(null)
        }}
        className={styles['mono'] ?? ''}
      />
      <NumberInput
        aria-label={`${t('points')}: ${label}`}
        data-column="points"
        value={bin.points}
        onChange={(next) => onChange((now) => ({ ...now, points: Number(next) || 0 }), 'points')}
      />
      <PointsBar points={bin.points} range={range} />
      <Share of={share} />
      {outcome !== null && <BinOutcome {...outcome} />}
      <ReasonFields
        label={label}
        reason={bin.reason}
        onChange={(reason, key) =>
          onChange(
            ({ reason: _old, ...rest }) => (reason === undefined ? rest : { ...rest, reason }),
            key,
          )
        }
      />
      <ActionIcon aria-label={t('removeBin', { bin: label })} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  )
}
