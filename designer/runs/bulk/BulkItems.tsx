import { Table } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockHour4,
  IconRefreshAlert,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BulkItem, BulkView } from '#core/api/verbs.ts'
import { operationsApi } from '../../api/operations.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { t } from '../messages.ts'

/** The runs of a bulk command, each with what will be or has been done. */
export function BulkItems({ bulk }: { readonly bulk: BulkView }) {
  const judged = bulk.done + bulk.changed + bulk.refused
  const items = useQuery({
    queryKey: ['bulk', bulk.id, 'items', bulk.status, judged],
    queryFn: () => operationsApi.items(bulk.id),
    placeholderData: (before) => before,
  })
  const shown = items.data?.items ?? []
  return (
    <div
      style={{ maxHeight: 280, overflow: 'auto' }}
      role="region"
      aria-label={t('bulkRuns')}
      tabIndex={0}
    >
      <Table stickyHeader aria-label={t('bulkRuns')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('columnCase')}</Table.Th>
            <Table.Th>{t('columnStatus')}</Table.Th>
            <Table.Th>{t('columnVersion')}</Table.Th>
            <Table.Th>{t('columnVerdict')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((item) => (
            <Table.Tr key={item.run}>
              <Table.Td>
                <Link
                  to="/runs/$runId"
                  params={{ runId: item.run }}
                  target="_blank"
                  style={{ color: 'var(--accent)' }}
                >
                  {item.caseKey ?? `${item.run.slice(0, 8)}…${item.run.slice(-4)}`}
                </Link>
              </Table.Td>
              <Table.Td>
                <StateBadge state={item.status} />
              </Table.Td>
              <Table.Td className="num">
                {item.version === 'draft' ? t('draft') : t('version', { version: item.version })}
              </Table.Td>
              <Table.Td>
                <Verdict item={item} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {bulk.total > shown.length && shown.length > 0 && (
        <p style={{ color: 'var(--text-2)', fontSize: 12 }}>
          {t('bulkMore', { count: bulk.total - shown.length })}
        </p>
      )}
    </div>
  )
}

function Verdict({ item }: { readonly item: BulkItem }) {
  if (item.verdict === 'done')
    return (
      <Tag tone="done" icon={IconCircleCheck}>
        {t('verdict_done')}
      </Tag>
    )
  if (item.verdict === null && item.code === null)
    return (
      <Tag tone="idle" icon={IconClockHour4}>
        {t('verdict_ready')}
      </Tag>
    )
  const changed = item.verdict === 'changed'
  return (
    <>
      <Tag
        tone={changed ? 'waiting' : 'failed'}
        icon={changed ? IconRefreshAlert : IconAlertTriangle}
      >
        {changed ? t('verdict_changed') : t('verdict_refused')}
      </Tag>
      <div style={{ fontSize: 12, color: 'var(--text-2)' }}>{item.detail}</div>
    </>
  )
}
