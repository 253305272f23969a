import { Button } from '@mantine/core'
import {
  IconAlertCircle,
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconInfoCircle,
} from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import type { Finding } from '#core/graph/finding.ts'
import { useEditor, useView } from '../../canvas/editor-context.ts'
import { findingText } from '../../canvas/finding-text.ts'
import { cardWidth, headHeight } from '../../canvas/geometry.ts'
import { t } from '../messages.ts'
import styles from './Drawer.module.css'

const looks = {
  error: { icon: IconAlertTriangleFilled, color: 'var(--failed)' },
  warning: { icon: IconAlertCircle, color: 'var(--waiting)' },
  info: { icon: IconInfoCircle, color: 'var(--running)' },
} as const

const weight = { error: 0, warning: 1, info: 2 } as const

/** Every finding with its sentence; a click goes to its place, Fix mends it. */
export function ProblemsPane() {
  const { editor } = useEditor()
  const findings = useView((view) => view.findings)
  const { setCenter, getZoom } = useReactFlow()
  if (findings.length === 0)
    return (
      <div className={styles['empty']}>
        <IconCircleCheck size={18} color="var(--done)" />
        {t('problemsNone')}
      </div>
    )
  const go = ({ node, edge }: Finding['place']): void => {
    const { flow } = editor.store.get()
    const around = node ?? flow.edges.find((each) => each.id === edge)?.source
    if (node !== undefined) editor.selection.set({ nodes: [node] })
    else if (edge !== undefined) editor.selection.set({ edges: [edge] })
    const at = around === undefined ? undefined : flow.layout[around]
    if (at !== undefined)
      void setCenter(at.x + cardWidth / 2, at.y + headHeight / 2, {
        zoom: Math.max(getZoom(), 0.6),
        duration: 150,
      })
  }
  const sorted = findings.toSorted((a, b) => weight[a.severity] - weight[b.severity])
  return (
    <div role="list">
      {sorted.map((finding, index) => {
        const { icon: Mark, color } = looks[finding.severity]
        const { node } = finding.place
        return (
          <div
            role="listitem"
            key={`${index} ${finding.code} ${finding.place.path}`}
            className={styles['problem']}
            data-code={finding.code}
          >
            <Mark size={16} color={color} aria-label={t(`severity_${finding.severity}`)} />
            <button type="button" className={styles['sentence']} onClick={() => go(finding.place)}>
              {findingText(finding)}
            </button>
            {node !== undefined && (
              <span className={styles['where']}>{editor.node(node)?.name ?? node}</span>
            )}
            {finding.fix !== undefined && (
              <Button
                variant="default"
                size="compact-xs"
                title={finding.fix.title}
                onClick={() => {
                  if (finding.fix) editor.store.execute({ do: 'patch', patch: finding.fix.patch })
                }}
              >
                {t('fix')}
              </Button>
            )}
          </div>
        )
      })}
    </div>
  )
}
