import type { FlowNode } from '#core/graph/flow.ts'
import { readPointer } from '#core/graph/pointer.ts'
import type { NodeDescriptor } from '#core/node/descriptor.ts'

const plain = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : ''
}

const defaultAt = (descriptor: Pick<NodeDescriptor, 'config'>, path: string): unknown =>
  readPointer(descriptor.config, `/properties/${path.replaceAll('/', '/properties/')}/default`)

/** The card's second line: the type's summary with the config's values or their defaults, without what is not set. */
export function summaryOf(
  node: Pick<FlowNode, 'config'>,
  descriptor: Pick<NodeDescriptor, 'summary' | 'title' | 'config'>,
): string {
  const { summary, title } = descriptor
  if (summary === undefined) return title
  const text = summary
    .replace(/\{([\w.]+)\}/g, (_, name: string) => {
      const path = name.replaceAll('.', '/')
      return plain(readPointer(node.config, `/${path}`) ?? defaultAt(descriptor, path))
    })
    .replace(/\s+/g, ' ')
    .replace(/^[\s,·:]+|[\s,·:]+$/g, '')
    .replace(/\s+,/g, ',')
  return text === '' ? title : text
}
