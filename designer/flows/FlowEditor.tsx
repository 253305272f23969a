import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import type { DocumentView } from '#core/api/views.ts'
import type { Flow } from '#core/graph/flow.ts'
import type { Json } from '#core/json.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { uploadBlob } from '../api/blobs.ts'
import { queries } from '../api/queries.ts'
import { EditorCanvas } from '../canvas/EditorCanvas.tsx'
import { EditorContext } from '../canvas/editor-context.ts'
import { createEditorView } from '../canvas/editor-view.ts'
import { createEditor } from '../document/editor.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import type { Choice, FormServices } from '../ui/form/form-context.ts'
import { useObservable } from '../ui/use-observable.ts'
import { CommandPalette } from './CommandPalette.tsx'
import { ConflictDialog } from './ConflictDialog.tsx'
import { ConnectDialog } from './ConnectDialog.tsx'
import { Drawer } from './drawer/Drawer.tsx'
import { Finder } from './Finder.tsx'
import { PinnedPalette } from './PinnedPalette.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { TopBar } from './TopBar.tsx'
import { useActions } from './use-actions.ts'
import { useLifecycle } from './use-lifecycle.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useLookup, useValidation } from './use-validation.ts'
import styles from './FlowEditor.module.css'

export interface FlowEditorProps {
  readonly summary: DocumentView
  readonly flow: Flow
  readonly descriptors: readonly NodeDescriptor[]
  /** Fetches the document anew. */
  readonly onReload: () => Promise<unknown>
}

/** What references in forms can name. */
function useFormServices(): Omit<FormServices, 'fields'> {
  const { data: connections } = useQuery(queries.connections())
  const { data: decisions } = useQuery(queries.decisions())
  const { data: models } = useQuery(queries.models())
  const { data: flows } = useQuery(queries.flows())
  const { data: calendars } = useQuery(queries.calendars())
  return useMemo(
    () => ({
      upload: async (file: File) => (await uploadBlob(file)) as unknown as Json,
      choices(ref: string): Choice[] {
        const [kind, detail] = ref.split(':')
        if (kind === 'connection')
          return (connections ?? [])
            .filter((each) => detail === undefined || each.kind === detail)
            .map(({ name, address }) => ({ value: name, label: `${name} · ${address}` }))
        const listed = { decision: decisions, flow: flows, calendar: calendars }[kind ?? '']
        if (listed) return listed.map(({ id, name }) => ({ value: id, label: name }))
        const names = new Set((models ?? []).map(({ name }) => name))
        return [...names].map((name) => ({ value: name, label: name }))
      },
    }),
    [connections, decisions, models, flows, calendars],
  )
}

export function FlowEditor(props: FlowEditorProps) {
  const [screen] = useState(() => ({
    editor: createEditor(props.flow, props.descriptors),
    view: createEditorView(),
  }))
  return (
    <EditorContext value={screen}>
      <ReactFlowProvider>
        <Screen {...props} {...screen} />
      </ReactFlowProvider>
    </EditorContext>
  )
}

type ScreenProps = FlowEditorProps & {
  readonly editor: ReturnType<typeof createEditor>
  readonly view: ReturnType<typeof createEditorView>
}

function Screen({ summary, editor, view }: ScreenProps) {
  const lifecycle = useLifecycle(editor, summary.draft)
  const services = useFormServices()
  const area = useRef<HTMLDivElement>(null)
  const name = useObservable(editor.store, (state) => state.flow.name)
  const finder = useObservable(view, (state) => state.finder)
  const connectFrom = useObservable(view, (state) => state.connectFrom)
  const drawer = useObservable(view, (state) => state.drawer)
  const lookup = useLookup(editor)
  useValidation(editor, view, lookup)
  const actions = useActions(editor, view, { save: () => lifecycle.send({ type: 'save' }) })
  useShortcuts(actions, area)
  useEffect(() => {
    document.title = `${name} · Metis`
  }, [name])
  return (
    <div className={styles['screen']} ref={area}>
      <TopBar summary={summary} lifecycle={lifecycle} actions={actions} />
      <div className={styles['body']}>
        <PinnedPalette />
        <div className={styles['middle']}>
          <div className={styles['canvas']}>
            <EditorCanvas />
            {finder && <Finder />}
          </div>
          {drawer !== null && <Drawer tab={drawer} lifecycle={lifecycle} services={services} />}
        </div>
        <Inspector services={services} />
      </div>
      <CommandPalette actions={actions} />
      <ShortcutsDialog actions={actions} />
      {connectFrom !== null && <ConnectDialog node={connectFrom} />}
      <ConflictDialog lifecycle={lifecycle} />
    </div>
  )
}
