import type { FlowNode } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const plain = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : ''
}

/** The card's second line: the type's summary with the config's values, without what is not set. */
export function summaryOf(
  node: Pick<FlowNode, 'config'>,
  descriptor: Pick<NodeDescriptor, 'summary' | 'title'>,
): string {
  const { summary, title } = descriptor
  if (summary === undefined) return title
  const text = summary
    .replace(/\{([\w.]+)\}/g, (_, name: string) =>
      plain(readPointer(node.config, `/${name.replaceAll('.', '/')}`)),
    )
    .replace(/\s+/g, ' ')
    .replace(/^[\s,·:]+|[\s,·:]+$/g, '')
    .replace(/\s+,/g, ',')
  return text === '' ? title : text
}
