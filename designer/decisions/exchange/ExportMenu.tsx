import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import type { Decision } from '#core/graph/decision.ts'
import { findingSentence } from '../finding-sentence.ts'
import type { ExportFormat } from './export-decision.ts'
import { findIn, type OtherDecisions } from '../other-decisions.ts'
import { t } from './messages.ts'

const formats: readonly (readonly [ExportFormat, string])[] = [
  ['dmn', 'DMN'],
  ['xlsx', 'Excel'],
  ['ts', 'TypeScript'],
  ['json', 'JsonLogic'],
]

interface ExportMenuProps {
  readonly decision: Decision
  readonly others: OtherDecisions
}

/** The formats that a decision can be written in; their writers are loaded when one is chosen. */
export function ExportMenu({ decision, others }: ExportMenuProps) {
  const save = async (format: ExportFormat): Promise<void> => {
    const { exportDecision } = await import('./export-decision.ts')
    const findings = await exportDecision(decision, format, findIn(others))
    const message = findings.slice(0, 5).map(findingSentence).join(' ')
    if (message !== '') notifications.show({ title: t('noText'), message, color: 'yellow' })
  }
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={28} bg="transparent" aria-label={t('export')}>
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(([format, name]) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
