import { Badge, Tooltip } from '@mantine/core'
import { IconBolt, IconHelp } from '@tabler/icons-react'
import { t } from './messages.ts'
import type { fateOf } from './try-draft.ts'

/** Whether the sample meets a rule or row; nothing where it does not. */
export function FateBadge({ fate }: { readonly fate: ReturnType<typeof fateOf> }) {
  if (fate === null) return null
  if (fate.fate === 'fired')
    return (
      <Badge color="blue" leftSection={<IconBolt size={12} />} style={{ flex: 'none' }}>
        {t('fired')}
      </Badge>
    )
  return (
    <Tooltip label={t('unknownBecause', { missing: fate.missing.join(', ') || '–' })}>
      <Badge color="yellow" leftSection={<IconHelp size={12} />} style={{ flex: 'none' }}>
        {t('unknown')}
      </Badge>
    </Tooltip>
  )
}
