import { lazy, Suspense, useState } from 'react'
import { Button, Group, Paper, Table } from '@mantine/core'
import { IconFileImport, IconPlus, IconTable } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DocumentSummary } from '#core/api/views.ts'
import { queries } from '../api/queries.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { momentText } from '../ui/moment-text.ts'
import { PageFrame } from '../ui/PageFrame.tsx'
import { PagePending } from '../ui/PagePending.tsx'
import { useNow } from '../ui/use-now.ts'
import { t } from './messages.ts'
import { NewDecision } from './NewDecision.tsx'
import { t as exchange } from './exchange/messages.ts'
import styles from './DecisionsPage.module.css'

const ImportDecision = lazy(async () => ({
  default: (await import('./exchange/ImportDecision.tsx')).ImportDecision,
}))

export function DecisionsPage() {
  const { data, error, isPending, refetch } = useQuery(queries.decisions())
  const [adding, setAdding] = useState(false)
  const [importing, setImporting] = useState(false)
  const taken = data?.map((each) => each.id) ?? []
  const add = (
    <Group gap="xs" display="inline-flex">
      <Button
        variant="default"
        leftSection={<IconFileImport size={14} />}
        onClick={() => setImporting(true)}
      >
        {exchange('import')}
      </Button>
      <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
        {t('add')}
      </Button>
    </Group>
  )
  return (
    <PageFrame title={t('decisions')} subtitle={t('subtitle')} actions={data !== undefined && add}>
      {isPending && <PagePending />}
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyNote icon={IconTable} title={t('emptyTitle')} text={t('emptyText')}>
          {add}{' '}
          <Button component={Link} to="/flows" variant="default">
            {t('toTemplates')}
          </Button>
        </EmptyNote>
      )}
      {data !== undefined && data.length > 0 && <DecisionTable decisions={data} />}
      {adding && <NewDecision taken={taken} onClose={() => setAdding(false)} />}
      {importing && (
        <Suspense>
          <ImportDecision taken={taken} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </PageFrame>
  )
}

function DecisionTable({ decisions }: { readonly decisions: readonly DocumentSummary[] }) {
  const now = useNow(60_000)
  return (
    <Paper withBorder maw={1080}>
      <Table highlightOnHover aria-label={t('listLabel')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('versionColumn')}</Table.Th>
            <Table.Th>{t('updatedColumn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {decisions.map((each) => (
            <Table.Tr key={each.id} className={styles['row'] ?? ''}>
              <Table.Td>
                <Link
                  to="/decisions/$decisionId"
                  params={{ decisionId: each.id }}
                  className={styles['link']}
                >
                  {each.name}
                </Link>
                {each.description !== '' && (
                  <div className={styles['quiet']}>{each.description}</div>
                )}
              </Table.Td>
              <Table.Td>
                {each.version === null
                  ? t('unpublished')
                  : t('published', { version: each.version })}
                {each.changed && (
                  <div className={styles['changed']}>
                    <span aria-hidden /> {t('changed')}
                  </div>
                )}
              </Table.Td>
              <Table.Td className="num">
                {momentText(each.updatedAt, now)}
                <div className={styles['quiet']}>{each.updatedBy}</div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
