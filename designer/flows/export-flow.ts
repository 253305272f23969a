import type { Flow } from '#core/graph/flow.ts'

/** Hands the document to the browser as a file. */
export function exportFlow(flow: Flow): void {
  const blob = new Blob([`${JSON.stringify(flow, null, 2)}\n`], { type: 'application/json' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${flow.id}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
