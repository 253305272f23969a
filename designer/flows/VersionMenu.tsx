import { useState } from 'react'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconActivity, IconArrowsExchange, IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { MigrateDialog } from '../runs/bulk/MigrateDialog.tsx'
import { t } from './messages.ts'
import styles from './FlowEditor.module.css'

export interface VersionMenuProps {
  readonly flow: string
  readonly name: string
  readonly version: number
}

/** The newest version, and what can be done with the runs of all. */
export function VersionMenu({ flow, name, version }: VersionMenuProps) {
  const [migrating, setMigrating] = useState(false)
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <UnstyledButton
            className={styles['version'] ?? ''}
            aria-label={t('versionMenu', { version })}
          >
            {t('versionOf', { version })}
            <IconChevronDown size={12} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to="/runs"
            // The route declares no search schema.
            search={{ flow } as never}
            leftSection={<IconActivity size={14} />}
          >
            {t('itsRuns')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsExchange size={14} />}
            onClick={() => setMigrating(true)}
          >
            {t('migrateRuns')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {migrating && <MigrateDialog flow={flow} name={name} onClose={() => setMigrating(false)} />}
    </>
  )
}
