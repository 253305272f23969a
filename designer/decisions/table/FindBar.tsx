import { useState } from 'react'
import { ActionIcon, Button, CloseButton, Group, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconChevronDown,
  IconChevronUp,
  IconLetterCase,
  IconReplace,
  IconSearch,
} from '@tabler/icons-react'
import { nextMatch, replaceIn, type Search } from './find.ts'
import { t } from './messages.ts'
import { at, type Spot } from './selection.ts'
import type { SheetState } from './use-sheet.ts'
import styles from './Table.module.css'

export interface FindBarProps {
  readonly state: SheetState
  readonly search: Search
  readonly matches: readonly Spot[]
  readonly replacing: boolean
  readonly onSearch: (search: Search) => void
  readonly onReplacing: () => void
  readonly onClose: () => void
}

const isAt = (one: Spot, other: Spot): boolean =>
  one.row === other.row && one.column === other.column

/** Finds in the cells in sight, and puts another text there: all at once as one step to undo. */
export function FindBar(props: FindBarProps) {
  const { state, search, matches, replacing, onSearch, onReplacing, onClose } = props
  const [by, setBy] = useState('')
  const { active } = state.selection
  const current = matches.findIndex((spot) => isAt(spot, active))
  const go = (step: 1 | -1): void => {
    const spot = matches[nextMatch(matches, active, step)]
    if (spot !== undefined) state.select(at(spot.row, spot.column))
  }
  const replace = (cells: readonly Spot[]): void => {
    const typed = replaceIn(state.sheet, cells, { search, by })
    // A cell that the new text would break keeps its own.
    state.take({ table: typed.table, unread: [] })
    const refused = typed.unread.length
    if (cells.length > 1 || refused > 0)
      notifications.show({
        message: t(refused > 0 ? 'replacedSome' : 'replaced', {
          count: cells.length - refused,
          refused,
        }),
        ...(refused > 0 && { color: 'yellow' }),
      })
  }
  return (
    <div
      className={styles['findBar']}
      role="search"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <Group gap={4} wrap="nowrap">
        <TextInput
          size="xs"
          w={220}
          autoFocus
          aria-label={t('find')}
          placeholder={t('find')}
          leftSection={<IconSearch size={14} />}
          value={search.text}
          onChange={(event) => onSearch({ ...search, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          }}
        />
        <span className={styles['count']} role="status">
          {search.text === ''
            ? ''
            : current < 0
              ? t('foundCount', { count: matches.length })
              : t('foundOf', { index: current + 1, count: matches.length })}
        </span>
        <Tooltip label={t('findExact')}>
          <ActionIcon
            aria-label={t('findExact')}
            aria-pressed={search.exact}
            variant={search.exact ? 'light' : 'subtle'}
            onClick={() => onSearch({ ...search, exact: !search.exact })}
          >
            <IconLetterCase size={14} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon aria-label={t('findBefore')} onClick={() => go(-1)}>
          <IconChevronUp size={14} />
        </ActionIcon>
        <ActionIcon aria-label={t('findNext')} onClick={() => go(1)}>
          <IconChevronDown size={14} />
        </ActionIcon>
        {replacing ? (
          <>
            <TextInput
              size="xs"
              w={180}
              aria-label={t('replaceBy')}
              placeholder={t('replaceBy')}
              leftSection={<IconReplace size={14} />}
              value={by}
              onChange={(event) => setBy(event.currentTarget.value)}
            />
            <Button
              size="compact-xs"
              variant="default"
              disabled={current < 0}
              onClick={() => {
                replace(matches.slice(current, current + 1))
                go(1)
              }}
            >
              {t('replaceOne')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              disabled={matches.length === 0}
              onClick={() => replace(matches)}
            >
              {t('replaceAll')}
            </Button>
          </>
        ) : (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onReplacing}>
            {t('replace')}
          </Button>
        )}
        <CloseButton size="sm" ml="auto" aria-label={t('findClose')} onClick={onClose} />
      </Group>
    </div>
  )
}
