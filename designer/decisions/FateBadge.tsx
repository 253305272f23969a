import { Tooltip } from '@mantine/core'
import { IconBolt, IconHelp } from '@tabler/icons-react'
import { Tag } from '../ui/Tag.tsx'
import { t } from './messages.ts'
import type { fateOf } from './try-draft.ts'

/** Whether the sample meets a rule or row; nothing where it does not. */
export function FateBadge({ fate }: { readonly fate: ReturnType<typeof fateOf> }) {
  if (fate === null) return null
  if (fate.fate === 'fired')
    return (
      <Tag tone="running" icon={IconBolt}>
        {t('fired')}
      </Tag>
    )
  return (
    <Tooltip label={t('unknownBecause', { missing: fate.missing.join(', ') || '–' })}>
      <span>
        <Tag tone="waiting" icon={IconHelp}>
          {t('unknown')}
        </Tag>
      </span>
    </Tooltip>
  )
}
