import { useEffect } from 'react'
import { CloseButton, Modal } from '@mantine/core'
import { ReactFlowProvider } from '@xyflow/react'
import { useBringIntoView } from '../../canvas/use-keep-in-view.ts'
import { ShortcutKeys } from '../../flows/ShortcutKeys.tsx'
import { useShortcuts } from '../../flows/use-shortcuts.ts'
import { useEditor } from '../editor-context.ts'
import { AddPart } from '../PartList.tsx'
import { PartCard } from '../PartCard.tsx'
import { AddAtPointer } from './AddAtPointer.tsx'
import { ConnectParts } from './ConnectParts.tsx'
import { CutLine } from './CutLine.tsx'
import { DecisionCanvas } from './DecisionCanvas.tsx'
import { t } from './messages.ts'
import { useDrawing } from './use-drawing.ts'
import { useGraphActions } from './use-graph-actions.ts'
import styles from './GraphView.module.css'

/** The decision drawn, and below it the editor of the part that is chosen. Load it lazily: it brings the canvas. */
export const GraphView = () => (
  <ReactFlowProvider>
    <Drawing />
  </ReactFlowProvider>
)

function Drawing() {
  const { decision } = useEditor()
  const drawing = useDrawing()
  const actions = useGraphActions(drawing)
  const { chosen, choose, question, ask, surface } = drawing
  useShortcuts(actions, surface)
  const [only] = chosen.size === 1 ? chosen : []
  const bring = useBringIntoView(surface)
  useEffect(() => (only === undefined ? undefined : bring(only)), [only, bring])
  const index = decision.parts.findIndex(({ id }) => id === only)
  const part = decision.parts[index]
  return (
    <div className={styles['view']} data-open={part !== undefined}>
      <div className={styles['canvas']}>
        <DecisionCanvas drawing={drawing} actions={actions} />
        <div className={styles['tools']}>
          <AddPart />
          <span className={styles['hint']}>{t('chooseHint')}</span>
        </div>
      </div>
      {part !== undefined && (
        <section
          className={styles['pane']}
          aria-label={t('partEditor')}
          data-part-pane
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) choose(new Set())
          }}
        >
          <CloseButton
            className={styles['close'] ?? ''}
            aria-label={t('closePart')}
            title={t('closePart')}
            onClick={() => choose(new Set())}
          />
          <PartCard key={part.id} part={part} index={index} />
        </section>
      )}
      {question.add !== undefined && <AddAtPointer {...question.add} choose={choose} ask={ask} />}
      {question.cut !== undefined && (
        <CutLine
          edge={question.cut}
          onOpen={(id) => choose(new Set([id]))}
          onClose={() => ask({})}
        />
      )}
      {question.connect !== undefined && (
        <ConnectParts {...question.connect} onClose={() => ask({})} />
      )}
      <Modal
        opened={question.shortcuts === true}
        onClose={() => ask({})}
        title={t('shortcuts')}
        size={760}
      >
        <ShortcutKeys actions={actions} />
      </Modal>
    </div>
  )
}
