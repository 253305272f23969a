import { useMemo } from 'react'
import { Tabs } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Json } from '#core/json.ts'
import { DecisionCard } from '../runs/result/DecisionCard.tsx'
import { FileSign } from '../runs/value/FileChip.tsx'
import { FilePreview } from '../runs/value/FilePreview.tsx'
import { ValueView } from '../runs/value/ValueView.tsx'
import { Notice } from '../ui/Notice.tsx'
import { evidenceOf, type Evidence } from './evidence.ts'
import { FieldTable } from './FieldTable.tsx'
import { t } from './messages.ts'
import styles from './TaskDetail.module.css'

const words = (name: string): string => {
  const apart = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]/g, ' ')
  return apart.charAt(0).toUpperCase() + apart.slice(1).toLowerCase()
}

/** The decision's reasons, the documents and what was read from them, before the raw data. */
export function EvidencePane({ data }: { readonly data: Json }) {
  const evidence = useMemo(() => evidenceOf(data), [data])
  return (
    <section className={styles['evidence']} aria-label={t('evidence')}>
      {evidence.decisions.map(({ name, decision }) => (
        <DecisionCard key={name} decision={decision} />
      ))}
      {evidence.files.length > 0 && <Documents files={evidence.files} />}
      {evidence.documents.map((document) => (
        <div key={document.name}>
          <h3 className={styles['part']}>
            {t('fieldsOf', { name: words(document.name).toLowerCase() })}
          </h3>
          {document.failedChecks.length > 0 && (
            <Notice tone="waiting" icon={IconAlertTriangle}>
              {document.failedChecks.map((check) => (
                <div key={check}>{check}</div>
              ))}
            </Notice>
          )}
          <FieldTable fields={document.fields} />
        </div>
      ))}
      {data !== null && (
        <div>
          <h3 className={styles['part']}>{t('rest')}</h3>
          <ValueView value={data} label={t('rest')} />
        </div>
      )}
    </section>
  )
}

function Documents({ files }: { readonly files: Evidence['files'] }) {
  return (
    <Tabs defaultValue={files[0]?.file.blob ?? null}>
      <Tabs.List mb="xs" aria-label={t('documents')}>
        {files.map(({ label, file }) => {
          return (
            <Tabs.Tab key={file.blob} value={file.blob} leftSection={<FileSign type={file.type} />}>
              {words(label)}
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
      {files.map(({ file }) => (
        <Tabs.Panel key={file.blob} value={file.blob}>
          <FilePreview file={file} height="46vh" />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
