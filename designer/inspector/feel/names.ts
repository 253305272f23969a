import { parser } from 'lezer-feel'

const expressions = parser.configure({ top: 'Expression' })

export interface FeelName {
  /** `bureau.score` */
  readonly path: string
  readonly from: number
  readonly to: number
}

/** Kinds of syntax whose name is given by the text itself, or names no value. */
const giving = new Set(['InExpression', 'Key', 'ParameterName', 'FormalParameter'])
const naming = new Set(['FunctionInvocation', 'QualifiedName', 'Type'])

/** The names that a text reads from outside, with their places; names that the text gives itself are left out. */
export function namesIn(text: string): FeelName[] {
  const own = new Set<string>()
  const found: FeelName[] = []
  const path = /^[\p{L}_?][\p{L}\p{N}_]*(\s*\.\s*[\p{L}\p{N}_]+)*$/u
  expressions
    .parse(text)
    .topNode.cursor()
    .iterate((node) => {
      const { name, from, to } = node
      const parent = node.node.parent?.name ?? ''
      const written = text.slice(from, to).trim()
      if (name === 'Name' && giving.has(parent)) own.add(written)
      if (name === 'FilterExpression') own.add('item')
      const isPath = name === 'PathExpression' && path.test(written)
      if (!isPath && name !== 'VariableName') return true
      const called = naming.has(parent) && node.node.prevSibling === null
      if (!called) found.push({ path: written.replaceAll(/\s+/g, ''), from, to })
      return false
    })
  return found.filter((each) => !own.has(each.path.split('.')[0] ?? ''))
}

/** Whether a place lies within a filter `list[…]`, where the items' own fields are names. */
export function insideFilter(text: string, at: number): boolean {
  for (
    let node: ReturnType<typeof expressions.parse>['topNode'] | null = expressions
      .parse(text)
      .resolveInner(at, 1);
    node !== null;
    node = node.parent
  )
    if (node.parent?.name === 'FilterExpression' && node.prevSibling !== null) return true
  return false
}
