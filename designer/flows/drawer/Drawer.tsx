import { lazy, Suspense, useRef, useState, type PointerEvent } from 'react'
import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEditor } from '../../canvas/editor-context.ts'
import type { DrawerTab } from '../../canvas/editor-view.ts'
import type { FormServices } from '../../ui/form/form-context.ts'
import { PagePending } from '../../ui/PagePending.tsx'
import { t } from '../messages.ts'
import type { Lifecycle } from '../use-lifecycle.ts'
import { DocumentPane } from './DocumentPane.tsx'
import { ProblemsPane } from './ProblemsPane.tsx'
import { TestPane } from './TestPane.tsx'
import styles from './Drawer.module.css'

const MachinePane = lazy(async () => {
  const { MachinePane: component } = await import('./MachinePane.tsx')
  return { default: component }
})

export interface DrawerProps {
  readonly tab: DrawerTab
  readonly lifecycle: Lifecycle
  readonly services: Omit<FormServices, 'fields'>
}

const heightKey = 'metis.drawer-height'
const least = 160
const clamp = (height: number): number =>
  Math.round(Math.min(Math.max(height, least), window.innerHeight * 0.7))

/** The panel below the canvas; its height is remembered. */
export function Drawer({ tab, lifecycle, services }: DrawerProps) {
  const { view } = useEditor()
  const [height, setHeight] = useState(() => clamp(Number(localStorage.getItem(heightKey)) || 288))
  const start = useRef<{ y: number; height: number } | null>(null)
  const keep = (next: number): void => {
    setHeight(clamp(next))
    localStorage.setItem(heightKey, String(clamp(next)))
  }
  const drag = {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { y: event.clientY, height }
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current !== null) keep(start.current.height + start.current.y - event.clientY)
    },
    onPointerUp: () => {
      start.current = null
    },
  }
  return (
    <section className={styles['drawer']} style={{ height }} aria-label={t('drawer')}>
      <div
        className={styles['grip']}
        role="separator"
        aria-orientation="horizontal"
        aria-label={t('resize')}
        aria-valuenow={height}
        aria-valuemin={least}
        tabIndex={0}
        onKeyDown={(event) => {
          const step = { ArrowUp: 24, ArrowDown: -24 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          event.stopPropagation()
          keep(height + step)
        }}
        {...drag}
      />
      <Tabs
        value={tab}
        onChange={(next) => view.show({ drawer: next as DrawerTab | null })}
        className={styles['tabs'] ?? ''}
      >
        <Tabs.List px={8} className={styles['list'] ?? ''}>
          <Tabs.Tab value="problems">{t('problems')}</Tabs.Tab>
          <Tabs.Tab value="test">{t('testRun')}</Tabs.Tab>
          <Tabs.Tab value="machine">{t('machine')}</Tabs.Tab>
          <Tabs.Tab value="document">{t('document')}</Tabs.Tab>
          <ActionIcon
            ml="auto"
            my="auto"
            aria-label={t('closeDrawer')}
            onClick={() => view.show({ drawer: null })}
          >
            <IconX size={16} />
          </ActionIcon>
        </Tabs.List>
        <div className={styles['body']}>
          {tab === 'problems' && <ProblemsPane />}
          {tab === 'test' && <TestPane lifecycle={lifecycle} services={services} />}
          {tab === 'machine' && (
            <Suspense fallback={<PagePending />}>
              <MachinePane />
            </Suspense>
          )}
          {tab === 'document' && <DocumentPane />}
        </div>
      </Tabs>
    </section>
  )
}
