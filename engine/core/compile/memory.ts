import type { Visits } from '#core/compile/program.ts'

/**
 * What a run remembers, by slot, in pages: a change copies one page and the list of pages,
 * so that its cost stays small in a flow of thousands of nodes.
 */
export type Memory = readonly Page[]
type Page = readonly (Visits | null)[]

const pageSize = 32

/** Nothing is ever written into a page, so that all empty ones are the same. */
const emptyPage: Page = Array.from({ length: pageSize }, () => null)

export const emptyMemory = (size: number): Memory =>
  Array.from({ length: Math.ceil(size / pageSize) }, () => emptyPage)

export const recall = (memory: Memory, slot: number): Visits | null =>
  memory[Math.floor(slot / pageSize)]?.[slot % pageSize] ?? null

export function remember(memory: Memory, slot: number, visits: Visits): Memory {
  const index = Math.floor(slot / pageSize)
  const page = memory[index]?.slice() ?? []
  page[slot % pageSize] = visits
  const pages = memory.slice()
  pages[index] = page
  return pages
}
