import { useState } from 'react'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import { t } from '../messages.ts'
import { BulkDialog } from './BulkDialog.tsx'

export interface MigrateDialogProps {
  readonly flow: string
  readonly name: string
  readonly onClose: () => void
}

/** Takes a flow's runs, of all versions or of one, to another version, or back. */
export function MigrateDialog({ flow, name, onClose }: MigrateDialogProps) {
  const [from, setFrom] = useState<number | undefined>()
  const { data } = useQuery(queries.flow(flow))
  return (
    <BulkDialog
      query={{ flow, ...(from === undefined ? {} : { version: from }) }}
      from={from}
      only={['migrate', 'unmigrate']}
      title={t('migrateRuns', { flow: name })}
      narrow={
        <Select
          label={t('migrateFrom')}
          data={(data?.versions ?? []).map(({ version }) => ({
            value: String(version),
            label: t('version', { version }),
          }))}
          placeholder={t('migrateFromAll')}
          value={from === undefined ? null : String(from)}
          onChange={(version) => setFrom(version === null ? undefined : Number(version))}
          clearable
        />
      }
      onClose={onClose}
    />
  )
}
