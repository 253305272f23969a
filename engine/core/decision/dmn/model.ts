import { XMLParser } from 'fast-xml-parser'
import { TerminalError } from '#core/errors.ts'

/** An element of a DMN file, without namespaces. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/** Larger files are refused. */
const largest = 20_000_000

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
})

type Raw = Readonly<Record<string, unknown>>

/**
 * The root of a DMN file, or of another that belongs to one. Documents with a type declaration are refused: entities
 * that expand have no place in a model.
 * @throws TerminalError DMN_UNREADABLE, DMN_TOO_LARGE
 */
export function readRoot(xml: string, root = 'definitions'): Element {
  if (xml.length > largest) throw new TerminalError('DMN_TOO_LARGE', { limit: largest })
  if (/<!DOCTYPE|<!ENTITY/i.test(xml))
    throw new TerminalError('DMN_UNREADABLE', { detail: 'it has a document type declaration' })
  const roots = parsed(xml)
    .map(element)
    .filter((each) => each !== null)
  const found = roots.find(({ name }) => name === root)
  if (found === undefined)
    throw new TerminalError('DMN_UNREADABLE', { detail: `there is no “${root}” element` })
  return found
}

function parsed(xml: string): readonly Raw[] {
  try {
    return parser.parse(xml, true) as readonly Raw[]
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'it is no XML'
    throw new TerminalError('DMN_UNREADABLE', { detail })
  }
}

/** With `preserveOrder` an element is `{ name: children, ':@': attributes }`, a text `{ '#text': … }`. */
function element(raw: Raw): Element | null {
  const name = Object.keys(raw).find((key) => key !== ':@')
  if (name === undefined || name === '#text' || name.startsWith('?')) return null
  const inner = raw[name] as readonly Raw[]
  return {
    name,
    attributes: (raw[':@'] ?? {}) as Readonly<Record<string, string>>,
    children: inner.map(element).filter((each) => each !== null),
    text: inner
      .map((each) => each['#text'])
      .filter((text) => typeof text === 'string')
      .join(''),
  }
}

export const childrenOf = (parent: Element, name: string): Element[] =>
  parent.children.filter((child) => child.name === name)
export const childOf = (parent: Element | undefined, name: string): Element | undefined =>
  parent?.children.find((child) => child.name === name)

/** The `text` of an expression or of a list of values; empty where there is none. */
export const textOf = (parent: Element | undefined): string => childOf(parent, 'text')?.text ?? ''
