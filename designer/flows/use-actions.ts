import { useMemo } from 'react'
import { notifications } from '@mantine/notifications'
import { spotlight } from '@mantine/spotlight'
import { useReactFlow } from '@xyflow/react'
import { arrange } from '../canvas/arrange.ts'
import type { DrawerTab, EditorViewStore } from '../canvas/editor-view.ts'
import { cardWidth, headHeight, nudges, snap } from '../canvas/geometry.ts'
import { pointerWithin } from '../canvas/pointer.ts'
import { sightOf } from '../canvas/sight.ts'
import type { Position } from '../document/command.ts'
import type { Editor, Spot } from '../document/editor.ts'
import { freePlace } from '../document/free-place.ts'
import { newElementId } from '../document/ids.ts'
import { cardStep } from '../document/make-room.ts'
import { tellFailure } from '../ui/failure-notice.ts'
import type { Action } from './action.ts'
import { actionTitles as title } from './action-titles.ts'
import { aligned, type Alignment } from './align.ts'

export interface ActionServices {
  readonly save: () => void
}

/** Everything that the keyboard and the command palette can do. */
export function useActions(
  editor: Editor,
  view: EditorViewStore,
  { save }: ActionServices,
): Action[] {
  const { fitView, setViewport, zoomIn, zoomOut, screenToFlowPosition, setCenter, getZoom } =
    useReactFlow()
  return useMemo(() => {
    const { store, selection } = editor
    const chosen = (): readonly string[] => selection.get().nodes
    const some = (): boolean => chosen().length > 0
    const anything = (): boolean => {
      const { nodes, edges, notes } = selection.get()
      return nodes.length + edges.length + notes.length > 0
    }
    const one = (): string | null => (chosen().length === 1 ? (chosen()[0] ?? null) : null)
    const canvasBox = (): DOMRect =>
      document.querySelector('.editor-surface')?.getBoundingClientRect() ?? new DOMRect()
    const pointerOnCanvas = (): Position => pointerWithin(canvasBox())
    /** After the selection where it has a free port, else at the pointer. */
    const spotFor = (screen: Position): Spot => {
      const at = screenToFlowPosition(screen)
      const here = { x: snap(at.x), y: snap(at.y - headHeight / 2) }
      const id = one()
      const [port] = id === null ? [] : editor.freePorts(id)
      if (id === null || port === undefined) return { at: here }
      const from = store.get().flow.layout[id] ?? here
      return {
        at: freePlace(store.get().flow, { x: from.x + cardStep, y: from.y }),
        after: { node: id, port },
      }
    }
    const openAdd = (): void => {
      const screen = pointerOnCanvas()
      view.show({ addPanel: { spot: spotFor(screen), screen } })
    }
    const fit = (ids?: readonly string[]): void => void fitView(sightOf(ids))
    const copy = async (): Promise<boolean> => {
      const text = editor.copy()
      if (text === null) return false
      await navigator.clipboard.writeText(text)
      return true
    }
    const paste = async (): Promise<void> => {
      const text = await navigator.clipboard.readText()
      if (!editor.paste(text, screenToFlowPosition(pointerOnCanvas())))
        notifications.show({ message: title('pasteNothing'), color: 'gray' })
    }
    const align = (way: Alignment) => (): void => {
      const { layout } = store.get().flow
      const places = Object.fromEntries(chosen().map((id) => [id, layout[id] ?? { x: 0, y: 0 }]))
      store.execute({ do: 'move', to: aligned(places, way) })
    }
    const goTo = (id: string): void => {
      selection.set({ nodes: [id] })
      const at = store.get().flow.layout[id]
      if (at !== undefined)
        void setCenter(at.x + cardWidth / 2, at.y + headHeight / 2, {
          zoom: getZoom(),
          duration: 150,
        })
    }
    const walk = (way: 'on' | 'back' | 'up' | 'down') => (): void => {
      const { flow } = store.get()
      const id = one()
      const first = flow.nodes[0]?.id
      if (id === null) {
        if (first !== undefined) goTo(first)
        return
      }
      const sorted = flow.nodes.toSorted(
        (a, b) => (flow.layout[a.id]?.y ?? 0) - (flow.layout[b.id]?.y ?? 0),
      )
      const index = sorted.findIndex((node) => node.id === id)
      const next =
        way === 'on'
          ? flow.edges.find((edge) => edge.source === id)?.target
          : way === 'back'
            ? flow.edges.find((edge) => edge.target === id)?.source
            : sorted[index + (way === 'up' ? -1 : 1)]?.id
      if (next !== undefined) goTo(next)
    }
    const drawer = (tab: DrawerTab) => (): void =>
      view.show({ drawer: view.get().drawer === tab ? null : tab })
    const several = (): boolean => chosen().length > 1

    const list: Action[] = [
      { id: 'add', title: title('add'), keys: ['tab', '/'], run: openAdd },
      { id: 'palette', title: title('palette'), keys: ['mod+k'], run: () => spotlight.open() },
      { id: 'find', title: title('find'), keys: ['mod+f'], run: () => view.show({ finder: true }) },
      { id: 'save', title: title('save'), keys: ['mod+s'], run: save },
      { id: 'undo', title: title('undo'), keys: ['mod+z'], run: store.undo },
      { id: 'redo', title: title('redo'), keys: ['mod+shift+z', 'mod+y'], run: store.redo },
      {
        id: 'copy',
        title: title('copy'),
        keys: ['mod+c'],
        when: some,
        run: () => void copy().catch(tellFailure),
      },
      {
        id: 'cut',
        title: title('cut'),
        keys: ['mod+x'],
        when: some,
        run: () => void copy().then((done) => done && editor.remove(), tellFailure),
      },
      {
        id: 'paste',
        title: title('paste'),
        keys: ['mod+v'],
        run: () => void paste().catch(tellFailure),
      },
      {
        id: 'duplicate',
        title: title('duplicate'),
        keys: ['mod+d'],
        when: some,
        run: editor.duplicate,
      },
      {
        id: 'delete',
        title: title('delete'),
        keys: ['delete', 'backspace'],
        when: anything,
        run: editor.remove,
      },
      { id: 'all', title: title('all'), keys: ['mod+a'], run: editor.selectAll },
      {
        id: 'connect',
        title: title('connect'),
        keys: ['c'],
        when: () => one() !== null,
        run: () => view.show({ connectFrom: one() }),
      },
      {
        id: 'rename',
        title: title('rename'),
        keys: ['f2'],
        when: () => one() !== null,
        run: () => view.show({ renameAsked: view.get().renameAsked + 1 }),
      },
      {
        id: 'open',
        title: title('open'),
        keys: ['enter'],
        when: () => one() !== null,
        run: () =>
          document
            .querySelector<HTMLElement>('aside [role="tabpanel"] :is(input, textarea, button)')
            ?.focus(),
      },
      {
        id: 'disable',
        title: title('disable'),
        keys: ['d'],
        when: some,
        run: editor.toggleDisabled,
      },
      {
        id: 'arrange',
        title: title('arrange'),
        keys: ['shift+alt+t'],
        run: () => void arrange(editor).catch(tellFailure),
      },
      { id: 'fit', title: title('fit'), keys: ['1'], run: () => fit() },
      {
        id: 'fitSelection',
        title: title('fitSelection'),
        keys: ['2'],
        when: some,
        run: () => fit(chosen()),
      },
      {
        id: 'zoomReset',
        title: title('zoomReset'),
        keys: ['0'],
        run: () => void setViewport({ x: 40, y: 40, zoom: 1 }, { duration: 150 }),
      },
      { id: 'zoomIn', title: title('zoomIn'), keys: ['+', '='], run: () => void zoomIn() },
      { id: 'zoomOut', title: title('zoomOut'), keys: ['-'], run: () => void zoomOut() },
      { id: 'next', title: title('next'), keys: ['alt+arrowright'], run: walk('on') },
      { id: 'previous', title: title('previous'), keys: ['alt+arrowleft'], run: walk('back') },
      { id: 'below', title: title('below'), keys: ['alt+arrowdown'], run: walk('down') },
      { id: 'above', title: title('above'), keys: ['alt+arrowup'], run: walk('up') },
      { id: 'alignLeft', title: title('alignLeft'), keys: [], when: several, run: align('left') },
      { id: 'alignTop', title: title('alignTop'), keys: [], when: several, run: align('top') },
      { id: 'across', title: title('across'), keys: [], when: several, run: align('across') },
      { id: 'down', title: title('down'), keys: [], when: several, run: align('down') },
      {
        id: 'note',
        title: title('note'),
        keys: ['n'],
        run: () => {
          const at = screenToFlowPosition(pointerOnCanvas())
          const ids = store.get().flow.notes.map(({ id }) => id)
          const note = { id: newElementId('note', ids), text: '', width: 208, height: 120 }
          store.execute({ do: 'put-note', note: { ...note, x: snap(at.x), y: snap(at.y) } })
        },
      },
      { id: 'problems', title: title('problems'), keys: ['shift+p'], run: drawer('problems') },
      { id: 'test', title: title('test'), keys: ['shift+r'], run: drawer('test') },
      { id: 'machine', title: title('machine'), keys: [], run: drawer('machine') },
      { id: 'document', title: title('document'), keys: [], run: drawer('document') },
      {
        id: 'shortcuts',
        title: title('shortcuts'),
        keys: ['?'],
        run: () => view.show({ shortcuts: true }),
      },
      {
        id: 'leave',
        title: title('leave'),
        keys: ['escape'],
        quiet: true,
        run: () => {
          const { addPanel, wireChoice } = view.get()
          if (addPanel !== null || wireChoice !== null)
            view.show({ addPanel: null, wireChoice: null })
          else selection.set({})
        },
      },
      ...Object.entries(nudges).map(([key, step]): Action => ({
        id: `nudge ${key}`,
        title: title('nudge'),
        keys: [key],
        quiet: true,
        when: some,
        run: () => editor.nudge(step),
      })),
    ]
    return list
  }, [
    editor,
    view,
    save,
    fitView,
    setViewport,
    zoomIn,
    zoomOut,
    screenToFlowPosition,
    setCenter,
    getZoom,
  ])
}
