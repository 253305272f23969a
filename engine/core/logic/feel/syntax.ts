import type { parser } from 'lezer-feel'

/** What is read off the syntax tree of a FEEL text, without its meaning. */
export type SyntaxNode = ReturnType<typeof parser.parse>['topNode']

/** Found by walking, not by recursing. */
export function firstError(root: SyntaxNode): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null
  root.cursor().iterate((node) => {
    if (found === null && node.type.isError) found = { from: node.from, to: node.to }
    return found === null
  })
  return found
}

export const children = (node: SyntaxNode): SyntaxNode[] => {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') found.push(child)
  }
  return found
}
export const only = (node: SyntaxNode): SyntaxNode => children(node)[0] ?? node

/** The parameters and the body of `function(a, b) a + b`. */
export function definition(node: SyntaxNode): {
  readonly parameters: readonly SyntaxNode[]
  readonly body: SyntaxNode | undefined
} {
  const parts = children(node)
  const formal = parts.find(({ name }) => name === 'FormalParameters')
  const body = parts.find(({ name }) => name === 'FunctionBody')
  return { parameters: formal ? children(formal).filter(isContent) : [], body: body && only(body) }
}

/** The parts of `[1..5)`. */
export const ends = (interval: SyntaxNode) => {
  const [open, low, , high, close] = children(interval) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
  ]
  return { low, high, opens: open.name === '[', closes: close.name === ']' }
}

/** Whether a filter's condition names the element, filters within it apart. */
export function saysItem(node: SyntaxNode, text: string): boolean {
  if (node.name === 'VariableName') return text.slice(node.from, node.to) === 'item'
  const [first, ...rest] = children(node)
  if (first === undefined) return false
  if (node.name === 'FilterExpression') return saysItem(first, text)
  const parts = node.name === 'FunctionInvocation' ? rest : [first, ...rest]
  return parts.some((part) => saysItem(part, text))
}

export const isContent = ({ name }: SyntaxNode): boolean => !/^[()[\],]$/.test(name)

export function mentionsTested(node: SyntaxNode): boolean {
  let found = false
  node.cursor().iterate((each) => {
    if (each.name === '?') found = true
    return !found
  })
  return found
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** The text that a literal in quotes writes. */
export const unquoted = (literal: string): string =>
  literal
    .slice(1, -1)
    .replaceAll(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{6})|(.))/gs, (_, four, six, sign: string) => {
      const code: unknown = four ?? six
      if (typeof code === 'string')
        return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff))
      return escapes[sign] ?? sign
    })
