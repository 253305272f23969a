import { Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Notice } from '../ui/Notice.tsx'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'
import type { DecisionEditing } from './use-decision-editor.ts'

/** Somebody else saved, or the server did not take the draft: nothing is lost until one has chosen. */
export function ConflictNotice({ editing }: { readonly editing: DecisionEditing }) {
  if (editing.state === 'conflict')
    return (
      <Notice tone="waiting" icon={IconAlertTriangle} title={t('conflict')}>
        {t('conflictText')}
        <Group gap="xs" mt="xs">
          <Button variant="default" onClick={() => void editing.takeTheirs()}>
            {t('takeTheirs')}
          </Button>
          <Button variant="default" onClick={() => void editing.overwrite()}>
            {t('keepMine')}
          </Button>
        </Group>
      </Notice>
    )
  if (editing.state === 'failed')
    return (
      <Notice tone="failed" icon={IconAlertTriangle} title={t('failed')}>
        {t('notSavedText', { problem: editing.problem ?? '' })}
        <Button variant="default" mt="xs" display="block" onClick={editing.save}>
          {shell('tryAgain')}
        </Button>
      </Notice>
    )
  return null
}
