import { ActionIcon, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { MiniMap, Panel, useReactFlow } from '@xyflow/react'
import type { ReactNode } from 'react'
import { stateLooks } from '../ui/StateBadge.tsx'
import type { Card } from './card.ts'
import { t } from './messages.ts'
import { sightOf } from './sight.ts'

export interface CanvasControlsProps {
  /** More buttons below the zoom. */
  readonly children?: ReactNode
}

/** On the map a node has the colour of its state in a run. */
const colourOf = ({ data }: { readonly data: Record<string, unknown> }): string => {
  const run = (data as Partial<Card>).run ?? null
  return run === null || run.status === 'skipped'
    ? 'var(--line-strong)'
    : `var(--${stateLooks[run.status].tone})`
}

/** px; React Flow draws the map for this size, which a style sheet alone would only crop. */
const mapSize = { wide: { width: 168, height: 112 }, narrow: { width: 128, height: 84 } }

/** Zoom buttons and the map, at the lower corners of a canvas. */
export function CanvasControls({ children }: CanvasControlsProps) {
  const flow = useReactFlow()
  const isNarrow = useMediaQuery('(max-width: 1320px)')
  const buttons = [
    { label: t('zoomIn'), icon: IconPlus, run: () => flow.zoomIn({ duration: 120 }) },
    { label: t('zoomOut'), icon: IconMinus, run: () => flow.zoomOut({ duration: 120 }) },
    {
      label: t('fit'),
      icon: IconMaximize,
      run: () => flow.fitView(sightOf()),
    },
  ]
  return (
    <>
      <Panel position="bottom-left" className="canvas-controls">
        {buttons.map(({ label, icon: ButtonIcon, run }) => (
          <Tooltip key={label} label={label} position="right">
            <ActionIcon size={32} aria-label={label} onClick={() => void run()}>
              <ButtonIcon size={16} />
            </ActionIcon>
          </Tooltip>
        ))}
        {children}
      </Panel>
      <MiniMap
        pannable
        zoomable
        ariaLabel={t('minimap')}
        className="canvas-map"
        style={isNarrow ? mapSize.narrow : mapSize.wide}
        nodeBorderRadius={8}
        nodeColor={colourOf}
        maskColor="color-mix(in srgb, var(--canvas) 72%, transparent)"
        bgColor="var(--surface)"
      />
    </>
  )
}
