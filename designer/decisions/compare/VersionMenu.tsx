import { useState } from 'react'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconGitCompare } from '@tabler/icons-react'
import type { Decision } from '#core/graph/decision.ts'
import type { DocumentView } from '#core/api/views.ts'
import { CompareDialog } from './CompareDialog.tsx'
import { t } from './messages.ts'
import styles from './Compare.module.css'

export interface VersionMenuProps {
  readonly view: DocumentView
  readonly version: number
  readonly decision: Decision
}

/** No more are offered, the newest first. */
const most = 12

/** The newest version, and the comparison of the draft with it or an older one. */
export function VersionMenu({ view, version, decision }: VersionMenuProps) {
  const [compared, setCompared] = useState<number | null>(null)
  const versions = view.versions
    .map((each) => each.version)
    .toSorted((one, other) => other - one)
    .slice(0, most)
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
          {versions.map((each) => (
            <Menu.Item
              key={each}
              leftSection={<IconGitCompare size={14} />}
              onClick={() => setCompared(each)}
            >
              {t('compareWith', { version: each })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {compared !== null && (
        <CompareDialog decision={decision} version={compared} onClose={() => setCompared(null)} />
      )}
    </>
  )
}
