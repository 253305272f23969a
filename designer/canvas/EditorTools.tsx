import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHierarchy2 } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { arrange } from './arrange.ts'
import { useEditor } from './editor-context.ts'
import { t } from './messages.ts'
import { wholeSight } from './sight.ts'

/** The editor's own buttons below the zoom. */
export function EditorTools() {
  const { editor } = useEditor()
  const { fitView } = useReactFlow()
  return (
    <Tooltip label={`${t('arrange')} (Shift+Alt+T)`} position="right">
      <ActionIcon
        size={32}
        aria-label={t('arrange')}
        onClick={() => void arrange(editor).then(() => fitView(wholeSight))}
      >
        <IconHierarchy2 size={16} style={{ transform: 'rotate(-90deg)' }} />
      </ActionIcon>
    </Tooltip>
  )
}
