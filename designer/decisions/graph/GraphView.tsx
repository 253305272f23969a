import { useState } from 'react'
import { CloseButton } from '@mantine/core'
import { ReactFlowProvider } from '@xyflow/react'
import { useEditor } from '../editor-context.ts'
import { AddPart } from '../PartList.tsx'
import { PartCard } from '../PartCard.tsx'
import { DecisionCanvas } from './DecisionCanvas.tsx'
import { t } from './messages.ts'
import styles from './GraphView.module.css'

/** The decision drawn, and below it the editor of the part that is chosen. Load it lazily: it brings the canvas. */
export function GraphView() {
  const { decision } = useEditor()
  const [chosen, setChosen] = useState<string | null>(null)
  const index = decision.parts.findIndex(({ id }) => id === chosen)
  const part = decision.parts[index]
  return (
    <div className={styles['view']} data-open={part !== undefined}>
      <div className={styles['canvas']}>
        <ReactFlowProvider>
          <DecisionCanvas chosen={chosen} onChoose={setChosen} />
        </ReactFlowProvider>
        <div className={styles['tools']}>
          <AddPart />
          <span className={styles['hint']}>{t('chooseHint')}</span>
        </div>
      </div>
      {part !== undefined && (
        <section
          className={styles['pane']}
          aria-label={t('partEditor')}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) setChosen(null)
          }}
        >
          <CloseButton
            className={styles['close'] ?? ''}
            aria-label={t('closePart')}
            title={t('closePart')}
            onClick={() => setChosen(null)}
          />
          <PartCard key={part.id} part={part} index={index} />
        </section>
      )}
    </div>
  )
}
