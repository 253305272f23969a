import { element } from '#core/decision/dmn/xml.ts'

/** Declared by the root, of DMN 1.3. */
export const diagramNamespaces = {
  'xmlns:dmndi': 'https://www.omg.org/spec/DMN/20191111/DMNDI/',
  'xmlns:dc': 'http://www.omg.org/spec/DMN/20180521/DC/',
  'xmlns:di': 'http://www.omg.org/spec/DMN/20180521/DI/',
}

interface Drawn {
  readonly id: string
  /** The ids of what it requires, each with the id of the requirement. */
  readonly requires: readonly { readonly id: string; readonly by: string }[]
}

const width = 180
const height = 80
/** From one to the next. */
const across = 220
const down = 150

/**
 * Where other tools draw each decision and input: in rows, what is required below what requires it. Without it some of
 * them show no diagram of the model.
 */
export function diagram(drawn: readonly Drawn[]): string {
  const byId = new Map(drawn.map((each) => [each.id, each]))
  const levels = new Map<string, number>()
  const levelOf = (id: string): number => {
    const known = levels.get(id)
    if (known !== undefined) return known
    levels.set(id, 0)
    const below = byId.get(id)?.requires.map((each) => levelOf(each.id)) ?? []
    const level = below.length === 0 ? 0 : Math.max(...below) + 1
    levels.set(id, level)
    return level
  }
  const top = Math.max(0, ...drawn.map(({ id }) => levelOf(id)))
  const counts = new Map<number, number>()
  const places = new Map(
    drawn.map(({ id }) => {
      const level = levelOf(id)
      const count = counts.get(level) ?? 0
      counts.set(level, count + 1)
      return [id, { x: 80 + count * across, y: 80 + (top - level) * down }]
    }),
  )
  const shapes = [...places].map(([id, place]) =>
    element('dmndi:DMNShape', { id: `shape-${id}`, dmnElementRef: id }, [
      element('dc:Bounds', { height, width, ...place }),
    ]),
  )
  const edges = drawn.flatMap(({ id, requires }) =>
    requires.flatMap((each) => {
      const [from, to] = [places.get(each.id), places.get(id)]
      if (!from || !to) return []
      return element('dmndi:DMNEdge', { id: `edge-${each.by}`, dmnElementRef: each.by }, [
        element('di:waypoint', { x: from.x + width / 2, y: from.y }),
        element('di:waypoint', { x: to.x + width / 2, y: to.y + height }),
      ])
    }),
  )
  return element('dmndi:DMNDI', {}, [
    element('dmndi:DMNDiagram', { id: 'diagram' }, [...shapes, ...edges]),
  ])
}
