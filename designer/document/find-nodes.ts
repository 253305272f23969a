import type { Finding } from '#core/graph/finding.ts'
import type { Flow, FlowNode } from '#core/graph/flow.ts'

/** What a query can ask of a node besides its text. */
interface Question {
  readonly findings: readonly Finding[]
  readonly reached: ReadonlySet<string>
}

const hay = (node: FlowNode): string =>
  [node.id, node.name, node.type, JSON.stringify(node.config), JSON.stringify(node.inputs)]
    .join('\n')
    .toLowerCase()

const tests: Readonly<Record<string, (node: FlowNode, about: Question) => boolean>> = {
  'is:invalid': (node, { findings }) =>
    findings.some((each) => each.place.node === node.id && each.severity === 'error'),
  'is:unused': (node, { reached }) => !reached.has(node.id),
  'is:disabled': (node) => node.disabled === true,
}

/** Nodes that something leads to, and those that start. */
const reachedNodes = (flow: Flow): Set<string> =>
  new Set([
    ...flow.edges.map((edge) => edge.target),
    ...flow.nodes.filter((node) => node.type.endsWith('.start')).map((node) => node.id),
  ])

/** The nodes that fit every word of the query: plain text anywhere, `is:invalid`, `is:unused`, `is:disabled`, `uses:id`. */
export function findNodes(flow: Flow, query: string, findings: readonly Finding[]): FlowNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const about = { findings, reached: reachedNodes(flow) }
  return flow.nodes.filter((node) =>
    words.every((word) => {
      const test = tests[word]
      if (test !== undefined) return test(node, about)
      if (!word.startsWith('uses:')) return hay(node).includes(word)
      const root = word.slice('uses:'.length)
      const text = JSON.stringify([node.inputs, node.config])
      return root !== '' && (text.includes(`"${root}"`) || text.includes(`"${root}.`))
    }),
  )
}
