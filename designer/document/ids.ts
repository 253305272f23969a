import { reservedIds, type Flow } from '#core/graph/flow.ts'

/** The first of `stem`, `stem2`, `stem3`, … that is not taken. */
const free = (stem: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(stem)) return stem
  let count = 2
  while (taken.has(`${stem}_${count}`)) count += 1
  return `${stem}_${count}`
}

const nodeIds = (flow: Flow): Set<string> =>
  new Set([...flow.nodes.map((node) => node.id), ...reservedIds])

/** An id for a new node of the type: `document.ocr` gives `document_ocr`, `flow.branch` gives `branch`. */
export const newNodeId = (flow: Flow, type: string, besides: readonly string[] = []): string => {
  const stem = type
    .replace(/^flow\./, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  return free(stem === '' ? 'node' : stem, new Set([...nodeIds(flow), ...besides]))
}

/** An id for a copy of a node. */
export const copyId = (flow: Flow, id: string, besides: readonly string[]): string =>
  free(id.replace(/_\d+$/, ''), new Set([...nodeIds(flow), ...besides]))

/** `count` ids for new edges. */
export function newEdgeIds(flow: Flow, count: number): string[] {
  const taken = new Set(flow.edges.map((edge) => edge.id))
  const ids: string[] = []
  for (let number = 1; ids.length < count; number += 1) {
    const id = `e${number}`
    if (!taken.has(id)) ids.push(id)
  }
  return ids
}

/** An id for a new element of a list in a config: a case, a branch, an outcome. */
export const newElementId = (stem: string, taken: readonly string[]): string => {
  const used = new Set(taken)
  let count = 1
  while (used.has(`${stem}_${count}`)) count += 1
  return `${stem}_${count}`
}
