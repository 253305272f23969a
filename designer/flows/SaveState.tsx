import { Tooltip } from '@mantine/core'
import {
  IconCloudCheck,
  IconCloudExclamation,
  IconCloudUp,
  IconPencil,
  type Icon,
} from '@tabler/icons-react'
import { t } from './messages.ts'
import type { Lifecycle } from './use-lifecycle.ts'
import styles from './FlowEditor.module.css'

type State = 'saved' | 'dirty' | 'saving' | 'conflict' | 'failed'

const looks: Record<State, { readonly icon: Icon; readonly label: string }> = {
  saved: { icon: IconCloudCheck, label: t('saved') },
  dirty: { icon: IconPencil, label: t('dirty') },
  saving: { icon: IconCloudUp, label: t('saving') },
  conflict: { icon: IconCloudExclamation, label: t('conflict') },
  failed: { icon: IconCloudExclamation, label: t('failed') },
}

/** Where the document stands to the server, as an icon and a word. */
export function SaveState({ lifecycle }: { readonly lifecycle: Lifecycle }) {
  const { value, context } = lifecycle.snapshot
  const state = value as State
  const { icon: StateIcon, label } = looks[state]
  const hint =
    context.problem ??
    (state === 'saved' ? t('savedHint') : state === 'dirty' ? t('dirtyHint') : label)
  return (
    <Tooltip label={hint} multiline maw={320}>
      <span className={styles['save']} data-state={state} role="status">
        <StateIcon size={16} stroke={1.6} aria-hidden />
        {label}
      </span>
    </Tooltip>
  )
}
