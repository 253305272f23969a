import { useState } from 'react'
import { ActionIcon, Menu, Table, Tooltip } from '@mantine/core'
import { IconArrowsExchange, IconDots, IconDownload, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DocumentSummary } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import { flowsApi } from '../api/documents.ts'
import { queries } from '../api/queries.ts'
import { MigrateDialog } from '../runs/bulk/MigrateDialog.tsx'
import { t as shell } from '../ui/messages.ts'
import { momentText } from '../ui/moment-text.ts'
import { useNow } from '../ui/use-now.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { exportFlow } from './export-flow.ts'
import { t } from './messages.ts'
import styles from './FlowsPage.module.css'

export interface FlowTableProps {
  readonly flows: readonly DocumentSummary[]
  readonly onOpen: (id: string) => void
}

function LastRun({ flow }: { readonly flow: string }) {
  const { data } = useQuery(queries.runs({ flow, limit: 1 }))
  const run = data?.items[0]
  const now = useNow(60_000)
  if (data === undefined) return null
  if (run === undefined) return <span className={styles['quiet']}>{t('never')}</span>
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} className={styles['run']}>
      <StateBadge state={run.status} />
      <span className={styles['quiet']}>{momentText(run.startedAt, now)}</span>
    </Link>
  )
}

function DraftState({ flow }: { readonly flow: DocumentSummary }) {
  if (flow.version === null) return <span className={styles['quiet']}>{t('unpublished')}</span>
  if (!flow.changed) return <span className={styles['quiet']}>{t('same')}</span>
  return (
    <span className={styles['changed']}>
      <span className={styles['dot']} aria-hidden />
      {t('changed')}
    </span>
  )
}

export function FlowTable({ flows, onOpen }: FlowTableProps) {
  const now = useNow(60_000)
  const [migrated, setMigrated] = useState<DocumentSummary | null>(null)
  return (
    <Table.ScrollContainer minWidth={760} className={styles['table'] ?? ''}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th w={88}>{t('version')}</Table.Th>
            <Table.Th w={180}>{t('draft')}</Table.Th>
            <Table.Th w={220}>{t('updated')}</Table.Th>
            <Table.Th w={220}>{t('lastRun')}</Table.Th>
            <Table.Th w={48} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.map((flow) => (
            <Table.Tr key={flow.id} className={styles['row'] ?? ''} onClick={() => onOpen(flow.id)}>
              <Table.Td>
                <Link
                  to="/flows/$flowId"
                  params={{ flowId: flow.id }}
                  className={styles['name']}
                  onClick={(event) => event.stopPropagation()}
                >
                  {flow.name}
                </Link>
                {flow.description !== '' && (
                  <div className={styles['description']}>{flow.description}</div>
                )}
              </Table.Td>
              <Table.Td className="num">
                {flow.version === null ? '–' : `v${flow.version}`}
              </Table.Td>
              <Table.Td>
                <DraftState flow={flow} />
              </Table.Td>
              <Table.Td className="num">
                {momentText(flow.updatedAt, now)}{' '}
                <span className={styles['quiet']}>{t('by', { who: flow.updatedBy })}</span>
              </Table.Td>
              <Table.Td onClick={(event) => event.stopPropagation()}>
                <LastRun flow={flow.id} />
              </Table.Td>
              <Table.Td onClick={(event) => event.stopPropagation()}>
                <Menu position="bottom-end">
                  <Menu.Target>
                    <Tooltip label={shell('more')}>
                      <ActionIcon aria-label={shell('more')}>
                        <IconDots size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item
                      leftSection={<IconExternalLink size={14} />}
                      onClick={() => onOpen(flow.id)}
                    >
                      {t('open')}
                    </Menu.Item>
                    <Menu.Item
                      leftSection={<IconDownload size={14} />}
                      onClick={() =>
                        void flowsApi
                          .get(flow.id)
                          .then(({ document }) => exportFlow(document as Flow))
                      }
                    >
                      {t('exportFlow')}
                    </Menu.Item>
                    {flow.version !== null && (
                      <Menu.Item
                        leftSection={<IconArrowsExchange size={14} />}
                        onClick={() => setMigrated(flow)}
                      >
                        {t('migrateRuns')}
                      </Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {migrated !== null && (
        <MigrateDialog flow={migrated.id} name={migrated.name} onClose={() => setMigrated(null)} />
      )}
    </Table.ScrollContainer>
  )
}
