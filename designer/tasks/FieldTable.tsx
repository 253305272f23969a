import { Table } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import type { ReadField } from './evidence.ts'
import { t } from './messages.ts'

/** From this confidence on a field needs no second look. */
const sureFrom = 0.85

const words = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

export function FieldTable({ fields }: { readonly fields: readonly ReadField[] }) {
  return (
    <Table withTableBorder verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('field')}</Table.Th>
          <Table.Th>{t('value')}</Table.Th>
          <Table.Th>{t('confidence')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map((field) => (
          <Table.Tr key={field.name}>
            <Table.Td c="dimmed" style={{ textTransform: 'capitalize' }}>
              {words(field.name)}
            </Table.Td>
            <Table.Td className="num">{field.value ?? '–'}</Table.Td>
            <Table.Td>
              <Confidence field={field} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Confidence({ field }: { readonly field: ReadField }) {
  const [Sign, tone, word] =
    field.value === null
      ? ([IconCircleDashed, 'idle', t('missing')] as const)
      : field.confidence >= sureFrom
        ? ([IconCircleCheck, 'done', t('sure')] as const)
        : ([IconAlertTriangle, 'waiting', t('check')] as const)
  return (
    <span
      className="num"
      style={{ display: 'inline-flex', alignItems: 'center', gap: 6, color: `var(--${tone})` }}
    >
      <Sign size={14} aria-hidden />
      {field.value !== null && `${Math.round(field.confidence * 100)} %`} {word}
    </span>
  )
}
