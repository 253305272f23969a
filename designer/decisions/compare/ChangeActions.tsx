import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconFocus2 } from '@tabler/icons-react'
import type { RestoredPlace } from '#core/decision/restore.ts'
import { t } from './messages.ts'
import styles from './Compare.module.css'

/** What can be done about the changes of a comparison. */
export interface Changing {
  readonly onGoTo: (place: RestoredPlace) => void
  readonly onRestore: (place: RestoredPlace) => void
}

export interface ChangeActionsProps extends Changing {
  readonly place: RestoredPlace
  /** What it is, for who does not see where the buttons stand. */
  readonly name: string
  /** Whether the draft still has it. */
  readonly there: boolean
}

/** Goes to what changed, and takes this one change back. */
export function ChangeActions({ place, name, there, onGoTo, onRestore }: ChangeActionsProps) {
  const goTo = t('goTo', { name })
  const restore = t('restore', { name })
  return (
    <span className={styles['actions']}>
      {there && (
        <Tooltip label={goTo}>
          <ActionIcon size={24} aria-label={goTo} onClick={() => onGoTo(place)}>
            <IconFocus2 size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={restore}>
        <ActionIcon size={24} aria-label={restore} data-restore onClick={() => onRestore(place)}>
          <IconArrowBackUp size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
