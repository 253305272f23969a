import { boxedTableText } from '#core/decision/dmn/boxed-table.ts'
import { childOf, childrenOf, textOf, type Element } from '#core/decision/dmn/model.ts'

type Write = (element: Element, fieldName: (name: string) => string) => string | null

/** An entry that gives the whole context its value has no name in DMN; no field of a model is called like this. */
const resultName = 'whole_result_'

const inside: Write = (parent, fieldName) => {
  for (const child of parent.children) {
    if (Object.hasOwn(writers, child.name)) return boxedText(child, fieldName)
  }
  return null
}

/** The parts in the places of a template; null where one of them cannot be written. */
function filled(strings: TemplateStringsArray, ...parts: readonly (string | null)[]) {
  if (parts.includes(null)) return null
  return strings.reduce((text, next, index) => `${text}${parts[index - 1] ?? ''}${next}`)
}

const all = (texts: readonly (string | null)[], separator = ', '): string | null =>
  texts.includes(null) ? null : texts.join(separator)

const named = (parent: Element, name: string, fieldName: (name: string) => string) => {
  const child = childOf(parent, name)
  return child === undefined ? null : inside(child, fieldName)
}

const context: Write = (element, fieldName) => {
  const entries = childrenOf(element, 'contextEntry')
  const last = entries.at(-1)
  const keyOf = (entry: Element): string | null => {
    const name = childOf(entry, 'variable')?.attributes['name']
    if (name !== undefined) return fieldName(name)
    return entry === last ? resultName : null
  }
  const body = all(entries.map((entry) => filled`${keyOf(entry)}: ${inside(entry, fieldName)}`))
  const isWhole = last !== undefined && keyOf(last) === resultName
  return filled`{${body}}${isWhole ? `.${resultName}` : ''}`
}

const relation: Write = (element, fieldName) => {
  const columns = childrenOf(element, 'column').map(({ attributes }) =>
    fieldName(attributes['name'] ?? ''),
  )
  const rows = childrenOf(element, 'row').map(({ children }) => {
    const cells = children.filter(({ name }) => Object.hasOwn(writers, name))
    return filled`{${all(columns.map((column, at) => filled`${column}: ${cells[at] === undefined ? 'null' : boxedText(cells[at], fieldName)}`))}}`
  })
  return filled`[${all(rows)}]`
}

const invocation: Write = (element, fieldName) => {
  const called = childOf(element, 'literalExpression')
  const bindings = childrenOf(element, 'binding').map((binding) => {
    const name = childOf(binding, 'parameter')?.attributes['name'] ?? null
    return filled`${name}: ${inside(binding, fieldName)}`
  })
  return called === undefined ? null : filled`${textOf(called)}(${all(bindings)})`
}

/** Only of FEEL; those in other languages have no text. */
const ownFunction: Write = (element, fieldName) => {
  const parameters = childrenOf(element, 'formalParameter').map(({ attributes }) =>
    fieldName(attributes['name'] ?? ''),
  )
  const isFeel = (element.attributes['kind'] ?? 'FEEL') === 'FEEL'
  return isFeel ? filled`function(${parameters.join(', ')}) ${inside(element, fieldName)}` : null
}

const overEach =
  (word: string, before: string, body: string): Write =>
  (element, fieldName) =>
    filled`(${word} ${element.attributes['iteratorVariable'] ?? null} in ${named(element, 'in', fieldName)} ${before} ${named(element, body, fieldName)})`

const writers: Readonly<Record<string, Write>> = {
  literalExpression: (element) => {
    const text = textOf(element)
    return text.trim() === '' ? 'null' : `(${text})`
  },
  context,
  decisionTable: boxedTableText,
  list: (element, fieldName) =>
    filled`[${all(
      element.children
        .filter(({ name }) => Object.hasOwn(writers, name))
        .map((item) => boxedText(item, fieldName)),
    )}]`,
  relation,
  invocation,
  functionDefinition: ownFunction,
  conditional: (element, fieldName) =>
    filled`(if ${named(element, 'if', fieldName)} then ${named(element, 'then', fieldName)} else ${named(element, 'else', fieldName)})`,
  for: overEach('for', 'return', 'return'),
  some: overEach('some', 'satisfies', 'satisfies'),
  every: overEach('every', 'satisfies', 'satisfies'),
  filter: (element, fieldName) =>
    filled`${named(element, 'in', fieldName)}[${named(element, 'match', fieldName)}]`,
}

/**
 * A boxed expression (DMN 1.5, 10.2) as the FEEL text that means the same: contexts, lists, relations, invocations,
 * conditionals, iterations, filters, functions and tables, nested. Null where it holds what has no text.
 */
export function boxedText(element: Element, fieldName: (name: string) => string): string | null {
  return writers[element.name]?.(element, fieldName) ?? null
}
