import '@mantine/spotlight/styles.css'
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { Kbd } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useEditor, useFlow } from '../canvas/editor-context.ts'
import { cardWidth, headHeight } from '../canvas/geometry.ts'
import { NodeIcon } from '../canvas/NodeIcon.tsx'
import { keyParts, type Action } from './action.ts'
import { t } from './messages.ts'

/** Ctrl+K: every action, and every node to go to. */
export function CommandPalette({ actions }: { readonly actions: readonly Action[] }) {
  const { editor } = useEditor()
  const nodes = useFlow((state) => state.flow.nodes)
  const { setCenter } = useReactFlow()
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('groupCommands'),
      actions: actions
        .filter((action) => action.quiet !== true && action.id !== 'palette')
        .map((action) => ({
          id: action.id,
          label: action.title,
          onClick: () => {
            if (action.when?.() !== false) setTimeout(action.run)
          },
          rightSection:
            action.keys[0] === undefined ? null : (
              <span>
                {keyParts(action.keys[0]).map((part) => (
                  <Kbd key={part} size="xs" ml={2}>
                    {part}
                  </Kbd>
                ))}
              </span>
            ),
        })),
    },
    {
      group: t('groupNodes'),
      actions: nodes.map((node) => {
        const descriptor = editor.descriptor(node.type)
        return {
          id: `node ${node.id}`,
          label: node.name || node.id,
          description: descriptor?.title ?? node.type,
          leftSection: <NodeIcon of={descriptor} size={16} />,
          onClick: () => {
            editor.selection.set({ nodes: [node.id] })
            const at = editor.store.get().flow.layout[node.id]
            if (at !== undefined)
              void setCenter(at.x + cardWidth / 2, at.y + headHeight / 2, { zoom: 1 })
          },
        }
      }),
    },
  ]
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      nothingFound={t('commandsNone')}
      highlightQuery
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('commands') }}
    />
  )
}
