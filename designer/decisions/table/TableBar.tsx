import { ActionIcon, Button, Group, Select, Tooltip } from '@mantine/core'
import { IconColumnInsertRight, IconFilterOff, IconSearch } from '@tabler/icons-react'
import { decisionPart } from '#core/graph/decision.ts'
import { addColumn, type Side } from './edit-table.ts'
import { t } from './messages.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

const hitPolicies = decisionPart.options[1].shape.hitPolicy.options
const aggregates = ['none', 'sum', 'min', 'max', 'count'] as const
const sides = ['inputs', 'outputs'] as const

export interface TableBarProps {
  readonly state: SheetState
  readonly onFind: () => void
}

export function TableBar({ state, onFind }: TableBarProps) {
  const { table, shown } = state
  const all = table.rows.length
  return (
    <Group gap={6} className={styles['bar'] ?? ''} wrap="nowrap">
      <HitPolicy state={state} />
      <span className={styles['count']} role="status">
        {shown.length === all
          ? t('rowsAll', { count: all })
          : t('rowsSome', { count: shown.length, all })}
      </span>
      {shown.length !== all && (
        <Button
          variant="light"
          size="compact-xs"
          leftSection={<IconFilterOff size={12} />}
          onClick={state.showAll}
        >
          {t('filterOff')}
        </Button>
      )}
      <span className={styles['spring']} />
      {sides.map((side) => (
        <AddColumn key={side} side={side} state={state} />
      ))}
      <Tooltip label={t('findHint')}>
        <ActionIcon aria-label={t('findHint')} onClick={onFind}>
          <IconSearch size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

function AddColumn({ side, state }: { readonly side: Side; readonly state: SheetState }) {
  const label = side === 'inputs' ? t('addInput') : t('addOutput')
  return (
    <Tooltip label={label}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        aria-label={label}
        leftSection={<IconColumnInsertRight size={14} />}
        onClick={() => state.edit((now) => addColumn(now, side))}
      >
        {side === 'inputs' ? t('inputShort') : t('outputShort')}
      </Button>
    </Tooltip>
  )
}

function HitPolicy({ state }: { readonly state: SheetState }) {
  const { table, edit } = state
  return (
    <>
      <Select
        size="xs"
        aria-label={t('hitPolicy')}
        data={hitPolicies.map((policy) => ({ value: policy, label: t(`hit_${policy}`) }))}
        value={table.hitPolicy}
        onChange={(next) => {
          const hitPolicy = hitPolicies.find((policy) => policy === next)
          if (hitPolicy !== undefined) edit((now) => ({ ...now, hitPolicy }))
        }}
        allowDeselect={false}
        w={230}
      />
      {table.hitPolicy === 'collect' && (
        <Select
          size="xs"
          aria-label={t('aggregate')}
          data={aggregates.map((kind) => ({ value: kind, label: t(`agg_${kind}`) }))}
          value={table.aggregate ?? 'none'}
          onChange={(next) =>
            edit(({ aggregate: _old, ...rest }) => {
              const aggregate = aggregates.find((kind) => kind === next)
              return aggregate === undefined || aggregate === 'none' ? rest : { ...rest, aggregate }
            })
          }
          allowDeselect={false}
          w={110}
        />
      )}
    </>
  )
}
