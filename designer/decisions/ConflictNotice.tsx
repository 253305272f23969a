import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { t as shell } from '../ui/messages.ts'
import { t } from './messages.ts'
import type { DecisionEditing } from './use-decision-editor.ts'

/** Somebody else saved, or the server did not take the draft: nothing is lost until one has chosen. */
export function ConflictNotice({ editing }: { readonly editing: DecisionEditing }) {
  if (editing.state === 'conflict')
    return (
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('conflict')} mb="md">
        {t('conflictText')}
        <Group gap="xs" mt="xs">
          <Button variant="default" onClick={() => void editing.takeTheirs()}>
            {t('takeTheirs')}
          </Button>
          <Button variant="default" onClick={() => void editing.overwrite()}>
            {t('keepMine')}
          </Button>
        </Group>
      </Alert>
    )
  if (editing.state === 'failed')
    return (
      <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('failed')} mb="md">
        {t('notSavedText', { problem: editing.problem ?? '' })}
        <Button variant="default" mt="xs" display="block" onClick={editing.save}>
          {shell('tryAgain')}
        </Button>
      </Alert>
    )
  return null
}
