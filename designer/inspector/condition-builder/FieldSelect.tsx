import { useMemo } from 'react'
import { Select, Text } from '@mantine/core'
import { t } from './messages.ts'
import type { ScopeField } from './scope-field.ts'

export interface FieldSelectProps {
  readonly path: string
  readonly fields: readonly ScopeField[]
  readonly onChange: (path: string) => void
  readonly disabled?: boolean
}

/** Chooses one of the fields in scope, by name or by path. */
export function FieldSelect({ path, fields, onChange, disabled }: FieldSelectProps) {
  const byPath = useMemo(() => new Map(fields.map((each) => [each.path, each])), [fields])
  const data = useMemo(() => {
    const groups = new Map<string, { value: string; label: string }[]>()
    for (const field of fields) {
      const [root = ''] = field.path.split('.')
      groups.set(root, [...(groups.get(root) ?? []), { value: field.path, label: field.path }])
    }
    const listed = [...groups].map(([group, items]) => ({ group, items }))
    const strange = path !== '' && !byPath.has(path)
    return strange
      ? [{ group: t('unknownField'), items: [{ value: path, label: path }] }, ...listed]
      : listed
  }, [fields, path, byPath])
  const chosen = byPath.get(path)
  return (
    <Select
      aria-label={t('field')}
      placeholder={t('fieldPlaceholder')}
      nothingFoundMessage={t('fieldNone')}
      searchable
      limit={80}
      disabled={disabled ?? false}
      value={path === '' ? null : path}
      data={data}
      error={path !== '' && chosen === undefined}
      title={chosen?.certain === false ? `${path} ${t('mayBeMissing')}` : path}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      renderOption={({ option }) => {
        const field = byPath.get(option.value)
        return (
          <div style={{ display: 'flex', gap: 8, width: '100%', alignItems: 'baseline' }}>
            <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {option.label}
            </span>
            <Text size="xs" c="dimmed">
              {field?.type}
              {field?.certain === false ? ' ?' : ''}
            </Text>
          </div>
        )
      }}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
