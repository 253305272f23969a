import { notifications } from '@mantine/notifications'
import { useReactFlow } from '@xyflow/react'
import { cardStep } from '../../document/make-room.ts'
import { grid, nudges, snap } from '../../canvas/geometry.ts'
import { pointerWithin } from '../../canvas/pointer.ts'
import { sightOf } from '../../canvas/sight.ts'
import type { Position } from '../../document/command.ts'
import type { Action } from '../../flows/action.ts'
import { actionTitles as title } from '../../flows/action-titles.ts'
import { aligned, type Alignment } from '../../flows/align.ts'
import { tellFailure } from '../../ui/failure-notice.ts'
import { removeParts } from '../edit.ts'
import { useEditor } from '../editor-context.ts'
import { arrangeParts } from './arrange-parts.ts'
import { unwired } from './wire.ts'
import { inputNode, resultNode, type GraphEdge } from './decision-graph.ts'
import { t } from './messages.ts'
import { parsePartFragment, partFragment, partFragmentText, pastedParts } from './part-clipboard.ts'
import type { GraphDrawing } from './use-drawing.ts'

const arrows = ['arrowright', 'arrowleft', 'arrowdown', 'arrowup'] as const
type Arrow = (typeof arrows)[number]
const walkTitles = {
  arrowright: 'next',
  arrowleft: 'previous',
  arrowdown: 'below',
  arrowup: 'above',
} as const
/** The page's own keys: they stand here for the list of shortcuts alone. */
const listedOnly = { when: () => false, run: () => undefined }

/** Everything that the keyboard can do on the drawn decision, by the keys of the flows' canvas. */
export function useGraphActions(drawing: GraphDrawing): Action[] {
  const { decision, change } = useEditor()
  const { fitView, setViewport, zoomIn, zoomOut, screenToFlowPosition, setCenter, getZoom } =
    useReactFlow()
  const { graph, places, chosen, choose, line, ask, surface } = drawing
  const isPart = (id: string): boolean => id !== inputNode && id !== resultNode
  const parts = new Set([...chosen].filter(isPart))
  const someParts = (): boolean => parts.size > 0
  const some = (): boolean => chosen.size > 0
  const [only] = chosen
  const one = chosen.size === 1 && only !== undefined ? only : null
  const move = (to: Readonly<Record<string, Position>>, gesture?: string): void =>
    change((all) => ({ ...all, layout: { ...all.layout, ...to } }), gesture)
  const chosenPlaces = (): Record<string, Position> =>
    Object.fromEntries([...chosen].map((id) => [id, places[id] ?? { x: 0, y: 0 }]))

  const pointerOnCanvas = (): Position =>
    pointerWithin(surface.current?.getBoundingClientRect() ?? new DOMRect())
  const say = (message: string): void => void notifications.show({ message, color: 'gray' })
  const copy = async (): Promise<void> => {
    const fragment = partFragment(decision, parts, places)
    if (fragment !== null) await navigator.clipboard.writeText(partFragmentText(fragment))
  }
  const put = (fragment: NonNullable<ReturnType<typeof partFragment>>, offset: Position): void => {
    const made = pastedParts(decision, fragment, offset)
    change(() => made.decision)
    choose(new Set(made.ids))
  }
  const paste = async (): Promise<void> => {
    const fragment = parsePartFragment(await navigator.clipboard.readText())
    if (fragment === null) return say(t('pasteNothing'))
    const at = screenToFlowPosition(pointerOnCanvas())
    const corner = (axis: keyof Position): number =>
      Math.min(...Object.values(fragment.layout).map((place) => place[axis]))
    put(fragment, { x: snap(at.x - corner('x')), y: snap(at.y - corner('y')) })
  }
  const duplicate = (): void => {
    const fragment = partFragment(decision, parts, places)
    if (fragment !== null) put(fragment, { x: 4 * grid, y: 4 * grid })
  }
  const cutLine = (edge: GraphEdge): void => {
    const next = unwired(decision, edge)
    if (next !== null) change(() => next)
    else if (edge.source === inputNode) say(t('lineFromInput'))
    else if (edge.target === resultNode) say(t('lineToResult'))
    else ask({ cut: edge })
  }
  const remove = (): void => {
    if (line !== null) cutLine(line)
    if (parts.size === 0) return
    change((all) => removeParts(all, parts))
    choose(new Set())
  }
  const align = (way: Alignment) => (): void => move(aligned(chosenPlaces(), way))
  const goTo = (id: string): void => {
    choose(new Set([id]))
    const at = places[id]
    if (at !== undefined)
      void setCenter(at.x + cardStep / 3, at.y + 28, { zoom: getZoom(), duration: 150 })
  }
  const walk = (way: Arrow) => (): void => {
    const sorted = Object.entries(places).toSorted(([, a], [, b]) => a.y - b.y || a.x - b.x)
    const index = sorted.findIndex(([id]) => id === one)
    const next =
      one === null
        ? inputNode
        : way === 'arrowright'
          ? graph.find(({ source }) => source === one)?.target
          : way === 'arrowleft'
            ? graph.find(({ target }) => target === one)?.source
            : sorted[index + (way === 'arrowup' ? -1 : 1)]?.[0]
    if (next !== undefined) goTo(next)
  }
  const inPane = (what: string) => (): void =>
    surface.current?.parentElement?.parentElement
      ?.querySelector<HTMLElement>(`[data-part-pane] ${what}`)
      ?.focus()
  const fit = (ids?: ReadonlySet<string>): void => void fitView(sightOf(ids))
  const several = (): boolean => chosen.size > 1

  return [
    {
      id: 'add',
      title: t('add'),
      keys: ['tab', '/'],
      run: () => {
        const screen = pointerOnCanvas()
        ask({ add: { screen, after: null } })
      },
    },
    { id: 'save', title: title('save'), keys: ['mod+s'], ...listedOnly },
    { id: 'undo', title: title('undo'), keys: ['mod+z'], ...listedOnly },
    { id: 'redo', title: title('redo'), keys: ['mod+shift+z'], ...listedOnly },
    {
      id: 'copy',
      title: title('copy'),
      keys: ['mod+c'],
      when: someParts,
      run: () => void copy().catch(tellFailure),
    },
    {
      id: 'cut',
      title: title('cut'),
      keys: ['mod+x'],
      when: someParts,
      run: () => void copy().then(remove, tellFailure),
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
      when: someParts,
      run: duplicate,
    },
    {
      id: 'delete',
      title: t('delete'),
      keys: ['delete', 'backspace'],
      when: () => someParts() || line !== null,
      run: remove,
    },
    {
      id: 'all',
      title: title('all'),
      keys: ['mod+a'],
      run: () => choose(new Set(Object.keys(places))),
    },
    {
      id: 'connect',
      title: t('connect'),
      keys: ['c'],
      when: () => one !== null && one !== resultNode,
      run: () => {
        if (one !== null) ask({ connect: { source: one, target: null } })
      },
    },
    {
      id: 'rename',
      title: t('rename'),
      keys: ['f2'],
      when: () => one !== null && isPart(one),
      run: inPane('header input'),
    },
    {
      id: 'open',
      title: t('open'),
      keys: ['enter'],
      when: () => one !== null && isPart(one),
      run: inPane('header ~ * :is(input, textarea, button, [tabindex="0"])'),
    },
    {
      id: 'arrange',
      title: title('arrange'),
      keys: ['shift+alt+t'],
      run: () => void arrangeParts(decision, drawing).then((to) => move(to), tellFailure),
    },
    { id: 'fit', title: title('fit'), keys: ['1'], run: () => fit() },
    {
      id: 'fitSelection',
      title: title('fitSelection'),
      keys: ['2'],
      when: some,
      run: () => fit(chosen),
    },
    {
      id: 'zoomReset',
      title: title('zoomReset'),
      keys: ['0'],
      run: () => void setViewport({ x: 40, y: 80, zoom: 1 }, { duration: 150 }),
    },
    { id: 'zoomIn', title: title('zoomIn'), keys: ['+', '='], run: () => void zoomIn() },
    { id: 'zoomOut', title: title('zoomOut'), keys: ['-'], run: () => void zoomOut() },
    ...arrows.map((key): Action => ({
      id: walkTitles[key],
      title: t(walkTitles[key]),
      keys: [`alt+${key}`],
      run: walk(key),
    })),
    { id: 'alignLeft', title: title('alignLeft'), keys: [], when: several, run: align('left') },
    { id: 'alignTop', title: title('alignTop'), keys: [], when: several, run: align('top') },
    {
      id: 'shortcuts',
      title: title('shortcuts'),
      keys: ['?'],
      run: () => ask({ shortcuts: true }),
    },
    {
      id: 'leave',
      title: title('leave'),
      keys: ['escape'],
      quiet: true,
      run: () => choose(new Set()),
    },
    ...Object.entries(nudges).map(([key, step]): Action => ({
      id: `nudge ${key}`,
      title: title('nudge'),
      keys: [key],
      quiet: true,
      when: some,
      run: () =>
        move(
          Object.fromEntries(
            Object.entries(chosenPlaces()).map(([id, at]) => [
              id,
              { x: at.x + step.x, y: at.y + step.y },
            ]),
          ),
          `nudge:${[...chosen].join(' ')}`,
        ),
    })),
  ]
}
