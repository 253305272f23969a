import { Paper, Table, UnstyledButton } from '@mantine/core'
import {
  IconFlask2,
  IconKey,
  IconMail,
  IconMessage,
  IconPlayerPause,
  IconPlugConnectedX,
  IconReportMoney,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'
import type { ConnectionView } from '#core/api/views.ts'
import { Tag } from '../ui/Tag.tsx'
import type { Kind } from './connection-form.ts'
import { t } from './messages.ts'

const kindIcons: Record<Kind, Icon> = {
  bureau: IconReportMoney,
  smtp: IconMail,
  sms: IconMessage,
  http: IconWorld,
}

export interface ConnectionTableProps {
  readonly connections: readonly ConnectionView[]
  /** Names of those that an operator holds. */
  readonly suspended: ReadonlySet<string>
  readonly onEdit: (connection: ConnectionView) => void
}

export function ConnectionTable({ connections, suspended, onEdit }: ConnectionTableProps) {
  return (
    <Paper withBorder maw={1080}>
      <Table highlightOnHover aria-label={t('listLabel')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('kind')}</Table.Th>
            <Table.Th>{t('address')}</Table.Th>
            <Table.Th>{t('credential')}</Table.Th>
            <Table.Th>{t('health')}</Table.Th>
            <Table.Th>{t('source')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {connections.map((each) => (
            <Row
              key={each.name}
              connection={each}
              suspended={suspended.has(each.name)}
              onEdit={() => onEdit(each)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function Row({
  connection,
  suspended,
  onEdit,
}: {
  readonly connection: ConnectionView
  readonly suspended: boolean
  readonly onEdit: () => void
}) {
  const { name, kind, address, secret, source, health } = connection
  const KindIcon = kindIcons[kind]
  return (
    <Table.Tr onClick={onEdit} style={{ cursor: 'pointer' }}>
      <Table.Td>
        <UnstyledButton
          fw={500}
          aria-label={t('edit', { name })}
          onClick={(event) => {
            event.stopPropagation()
            onEdit()
          }}
        >
          {name}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
          <KindIcon size={16} color="var(--text-3)" aria-hidden />
          {t(`kind_${kind}`)}
        </span>
      </Table.Td>
      <Table.Td className="mono">{address}</Table.Td>
      <Table.Td c={secret === null ? 'dimmed' : 'inherit'}>
        {secret === null ? (
          t('credentialNone')
        ) : (
          <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}>
            <IconKey size={14} aria-hidden />
            {t('credentialSet')}
          </span>
        )}
      </Table.Td>
      <Table.Td>
        {suspended ? (
          <Tag tone="waiting" icon={IconPlayerPause}>
            {t('suspended')}
          </Tag>
        ) : health !== undefined && health.state !== 'closed' ? (
          <Tag tone="failed" icon={IconPlugConnectedX}>
            {t(`health_${health.state}`)}
          </Tag>
        ) : (
          t('health_closed')
        )}
      </Table.Td>
      <Table.Td>
        {source === 'sandbox' ? (
          <Tag tone="waiting" icon={IconFlask2}>
            {t('source_sandbox')}
          </Tag>
        ) : (
          <Tag tone="idle">{t('source_configured')}</Tag>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
