import {
  ActionIcon,
  Divider,
  Group,
  Popover,
  SegmentedControl,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconFilter,
  IconPin,
  IconPinnedOff,
  IconTrash,
  type Icon,
} from '@tabler/icons-react'
import { ColumnForm } from './ColumnForm.tsx'
import { moveColumns, removeColumn } from './edit-table.ts'
import type { PlacedColumn } from './GridRow.tsx'
import { t } from './messages.ts'
import type { Slot } from './slots.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface HeadMenuProps {
  readonly state: SheetState
  readonly column: PlacedColumn
  readonly name: string
  readonly onClose: () => void
}

interface HeadAct {
  readonly label: string
  readonly icon: Icon
  readonly off?: boolean
  readonly danger?: boolean
  readonly act: () => void
}

/** Everything of one column: the rows that it filters, what it tests or gives, where it stands. */
export function HeadMenu({ state, column: { slot, index }, name, onClose }: HeadMenuProps) {
  const { table, edit, layout, freeze } = state
  const { side, at } = slot
  const isFrozen = layout.frozen === index + 1
  const shift = (before: number) => (): void => {
    if (side !== 'note') edit((now) => moveColumns(now, side, { columns: [at], before }))
  }
  const count = side === 'note' ? 0 : table[side].length
  const acts: readonly HeadAct[] = [
    {
      label: isFrozen ? t('unfreeze') : t('freeze'),
      icon: isFrozen ? IconPinnedOff : IconPin,
      act: () => freeze(isFrozen ? 0 : index + 1),
    },
    ...(side === 'note'
      ? []
      : [
          { label: t('columnLeft'), icon: IconArrowLeft, off: at === 0, act: shift(at - 1) },
          {
            label: t('columnRight'),
            icon: IconArrowRight,
            off: at === count - 1,
            act: shift(at + 2),
          },
          {
            label: t('columnDelete'),
            icon: IconTrash,
            off: count === 1,
            danger: true,
            act: () => {
              onClose()
              edit((now) => removeColumn(now, side, at))
            },
          },
        ]),
  ]
  return (
    <Popover
      opened
      onDismiss={onClose}
      closeOnEscape
      onClose={onClose}
      position="bottom-end"
      width={280}
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={styles['headAnchor']} />
      </Popover.Target>
      <Popover.Dropdown
        role="dialog"
        aria-label={t('column', { name })}
        className={styles['headMenu'] ?? ''}
      >
        <Stack gap="sm">
          <FilterFields state={state} slot={slot} />
          <Divider />
          {side !== 'note' && <ColumnForm state={state} side={side} at={at} />}
          <Group gap={4} justify="space-between">
            {acts.map(({ label, icon: Sign, off, act, danger }) => (
              <Tooltip key={label} label={label}>
                <ActionIcon
                  size={28}
                  aria-label={label}
                  disabled={off ?? false}
                  {...(danger === true && { color: 'red' })}
                  onClick={act}
                >
                  <Sign size={16} />
                </ActionIcon>
              </Tooltip>
            ))}
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

const ways = ['contains', 'equals'] as const

function FilterFields({ state, slot }: { readonly state: SheetState; readonly slot: Slot }) {
  const filter = state.filters[slot.id]
  const by = filter?.by ?? 'contains'
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        mb={4}
        aria-label={t('filter')}
        data={ways.map((way) => ({ value: way, label: t(`filter_${way}`) }))}
        value={by}
        onChange={(next) =>
          state.setFilter(slot.id, {
            by: ways.find((way) => way === next) ?? 'contains',
            text: filter?.text ?? '',
          })
        }
      />
      <TextInput
        size="xs"
        data-autofocus
        aria-label={t('filterText')}
        placeholder={t('filterText')}
        leftSection={<IconFilter size={12} />}
        value={filter?.text ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value
          state.setFilter(slot.id, text === '' ? null : { by, text })
        }}
      />
    </div>
  )
}
