import { useState } from 'react'
import { Button, CloseButton, NumberInput, Popover, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { runStatus, type RunStatusView } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { fullTime } from '../ui/moment-text.ts'
import { stateLooks } from '../ui/StateBadge.tsx'
import { t } from './messages.ts'
import type { ListFilter } from './run-filter.ts'
import styles from './RunsPage.module.css'

export interface RunFiltersProps {
  readonly filter: ListFilter
  readonly onChange: (filter: ListFilter) => void
}

const withField = <K extends keyof ListFilter>(
  filter: ListFilter,
  key: K,
  value: ListFilter[K] | null,
): ListFilter => {
  const { [key]: _old, ...rest } = filter
  return value === null ? rest : { ...rest, [key]: value }
}

export function RunFilters({ filter, onChange }: RunFiltersProps) {
  const flows = useQuery(queries.flows())
  const options = flows.data?.map((flow) => ({ value: flow.id, label: flow.name })) ?? []
  return (
    <div className={styles['filters']} role="search">
      <SearchBox
        value={filter.search ?? ''}
        onChange={(words) => onChange(withField(filter, 'search', words === '' ? null : words))}
      />
      <Select
        data={options}
        value={filter.flow ?? null}
        onChange={(flow) => onChange(withField(filter, 'flow', flow))}
        placeholder={t('anyFlow')}
        aria-label={t('flowFilter')}
        clearable
        searchable={options.length > 8}
        w={190}
      />
      <MoreFilters filter={filter} onChange={onChange} />
      <div className={styles['chips']} role="group" aria-label={t('statusFilter')}>
        <StatusChip status={null} filter={filter} onChange={onChange} />
        {runStatus.options.map((status) => (
          <StatusChip key={status} status={status} filter={filter} onChange={onChange} />
        ))}
      </div>
    </div>
  )
}

function StatusChip({
  status,
  filter,
  onChange,
}: RunFiltersProps & { readonly status: RunStatusView | null }) {
  const look = status === null ? null : stateLooks[status]
  const StateIcon = look?.icon
  return (
    <button
      type="button"
      className={styles['chip']}
      aria-pressed={(filter.status ?? null) === status}
      onClick={() => onChange(withField(filter, 'status', status))}
    >
      {StateIcon !== undefined && (
        <StateIcon size={14} color={`var(--${look?.tone ?? 'idle'})`} aria-hidden />
      )}
      {look?.label ?? t('all')}
    </button>
  )
}

function SearchBox({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (words: string) => void
}) {
  const [draft, setDraft] = useState({ words: value, of: value })
  const tell = useDebouncedCallback(onChange, 250)
  // A filter that was changed elsewhere takes the place of what stood here.
  const own = draft.of === value || draft.words.trim() === value
  const words = own ? draft.words : value
  const change = (next: string): void => {
    setDraft({ words: next, of: value })
    tell(next.trim())
  }
  return (
    <TextInput
      value={words}
      onChange={(event) => change(event.currentTarget.value)}
      placeholder={t('searchLabel')}
      aria-label={t('searchLabel')}
      leftSection={<IconSearch size={14} />}
      rightSection={
        words === '' ? null : (
          <CloseButton size="xs" aria-label={t('clearSearch')} onClick={() => change('')} />
        )
      }
      w={260}
    />
  )
}

const ages = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const

/** Fields that are needed now and then: version, node, error, age. */
function MoreFilters({ filter, onChange }: RunFiltersProps) {
  const { version, node, error, startedBefore } = filter
  const count = [version, node, error, startedBefore].filter((each) => each !== undefined).length
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={14} />}>
          {t('moreFilters')}
          {count > 0 && ` (${count})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={240}>
          <TextInput
            label={t('nodeFilter')}
            value={node ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange(withField(filter, 'node', value.trim() || null))
            }
          />
          <TextInput
            label={t('errorFilter')}
            value={error ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange(withField(filter, 'error', value.trim() || null))
            }
          />
          <NumberInput
            label={t('versionFilter')}
            min={1}
            value={version ?? ''}
            onChange={(value) =>
              onChange(withField(filter, 'version', typeof value === 'number' ? value : null))
            }
          />
          <Select
            label={t('ageFilter')}
            data={(['hour', 'day', 'week'] as const).map((age) => ({
              value: age,
              label: t(`age_${age}`),
            }))}
            placeholder={startedBefore === undefined ? t('age_any') : fullTime(startedBefore)}
            value={null}
            clearable
            onChange={(age) => {
              const back = age === null ? null : ages[age as keyof typeof ages]
              onChange(withField(filter, 'startedBefore', back === null ? null : Date.now() - back))
            }}
            comboboxProps={{ withinPortal: false }}
          />
          {count > 0 && (
            <Button
              variant="subtle"
              onClick={() => {
                const { version: _v, node: _n, error: _e, startedBefore: _s, ...rest } = filter
                onChange(rest)
              }}
            >
              {t('clearFilters')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
