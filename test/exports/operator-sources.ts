import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { format } from 'prettier'
import { parseSync } from 'vite'
import { ownNames } from '#core/decision/exchange/typescript-helper.ts'
import { operators } from '#core/logic/operators.ts'

/**
 * The operators as text for a written module, taken from the files that hold them: each with the declarations that it
 * needs, under names that are one's own among all of them.
 */

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

interface SourceFile {
  readonly path: string
  readonly text: string
  /** By name what is declared at the top level. */
  readonly declared: ReadonlyMap<string, Node>
  /** What comes from elsewhere; null where that is no file of ours. */
  readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string } | null>
  readonly comments: readonly Node[]
}

interface Piece {
  readonly needs: readonly string[]
  readonly source: string
}

const root = join(import.meta.dirname, '../..')

/** What a rule throws brings the whole table of messages with it, and is not written. */
const refused = 'engine/core/logic/thrown.ts'

/** Declared by every written module itself. */
const given: ReadonlySet<string> = new Set(['Json', 'JsonObject'])
/** Names that the module has for other things. */
const taken: ReadonlySet<string> = new Set([...Object.keys(operators), ...ownNames])

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )

const nameOf = (node: unknown): string => {
  const { name, value } = node as { name?: string; value?: string }
  return name ?? value ?? ''
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, comments, errors } = parseSync(path, text, { sourceType: 'module' })
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const declared = new Map<string, Node>()
  const imported = new Map<string, { path: string; name: string } | null>()
  for (const statement of program.body as unknown as readonly Node[]) {
    if (statement.type === 'ImportDeclaration') {
      const from = nameOf(statement['source'])
      const file = from.startsWith('#core/') ? `engine/core/${from.slice(6)}` : null
      for (const each of statement['specifiers'] as readonly Node[]) {
        const name = nameOf(each['imported'])
        imported.set(nameOf(each['local']), file === null ? null : { path: file, name })
      }
      continue
    }
    const inner = isNode(statement['declaration']) ? statement['declaration'] : statement
    const names =
      inner.type === 'VariableDeclaration'
        ? (inner['declarations'] as readonly Node[]).map((each) => nameOf(each['id']))
        : [nameOf(inner['id'])]
    for (const name of names) declared.set(name, inner)
  }
  return { path, text, declared, imported, comments: comments as unknown as readonly Node[] }
}

/** Where names of the outside are used within a node; not where they only name a member. */
function usesIn(node: Node): readonly Use[] {
  if (node.type === 'Identifier')
    return [
      { name: nameOf(node), at: node.start, short: false },
      ...childrenOf(node).flatMap(usesIn),
    ]
  if (node['shorthand'] === true)
    return usesIn(node['value'] as Node).map((use, index) => ({ ...use, short: index === 0 }))
  const member = node['property'] ?? node['key']
  const uses = childrenOf(node)
    .filter((child) => child !== member || node['computed'] === true)
    .flatMap(usesIn)
  // A function, or the type of one, which has no body; type parameters are a node of their own.
  if (!Array.isArray(node['params'])) return uses
  const inside = new Set([
    ...(node['params'] as readonly Node[]).flatMap(namesOf),
    ...(isNode(node['body']) ? variablesIn(node['body']).flatMap(namesOf) : []),
  ])
  return uses.filter(({ name }) => !inside.has(name))
}

/** What a pattern names. */
const namesOf = (pattern: Node): readonly string[] =>
  pattern.type === 'Identifier'
    ? [nameOf(pattern)]
    : pattern.type === 'Property'
      ? namesOf(pattern['value'] as Node)
      : pattern.type === 'AssignmentPattern'
        ? namesOf(pattern['left'] as Node)
        : childrenOf(pattern).flatMap(namesOf)

const variablesIn = (node: Node): readonly Node[] =>
  node.type === 'VariableDeclarator'
    ? [node['id'] as Node, ...childrenOf(node).flatMap(variablesIn)]
    : childrenOf(node).flatMap(variablesIn)

interface Use {
  readonly name: string
  readonly at: number
  /** Of a member that is named like its value: `{ name }`. */
  readonly short: boolean
}

/** The comment right above a declaration. */
function commentOf({ comments, text }: SourceFile, node: Node): string {
  const above = comments.findLast(({ end }) => end <= node.start)
  const between = above && text.slice(above.end, node.start)
  return above && between && /^\n(export )?$/.test(between)
    ? `${text.slice(above.start, above.end)}\n`
    : ''
}

const unwrapped = (node: Node): Node =>
  node.type === 'TSSatisfiesExpression' || node.type === 'TSAsExpression'
    ? unwrapped(node['expression'] as Node)
    : node

/** The members of an object that is declared. */
function entriesOf(declaration: Node): readonly Node[] {
  const [declared] = declaration['declarations'] as readonly Node[]
  return unwrapped(declared?.['init'] as Node)['properties'] as readonly Node[]
}

/** What makes the form of each operator in a table of them. */
function formsIn(table: Node): readonly { id: string; form: Node; isOperator: boolean }[] {
  return entriesOf(table).map((entry) => {
    const id = nameOf(entry['key'])
    const value = unwrapped(entry['value'] as Node)
    if (value.type !== 'ObjectExpression') return { id, form: value, isOperator: true }
    const form = (value['properties'] as readonly Node[]).find(
      (each) => nameOf(each['key'] ?? {}) === 'form',
    )
    if (!form) throw new Error(`${id} writes no form`)
    return { id, form: form['value'] as Node, isOperator: false }
  })
}

class Sources {
  readonly #files = new Map<string, SourceFile>()
  readonly #homes = new Map<string, string>()
  /** Null where something of it comes from a package. */
  readonly helpers = new Map<string, Piece | null>()
  readonly operators = new Map<string, Piece>()
  /** JsonLogic's own, by `calls` and `forms`. */
  readonly imported = new Map<string, ReadonlyMap<string, Piece>>()

  constructor() {
    for (const table of ['calls', 'forms']) this.imported.set(table, this.#entries(table))
    for (const origin of this.#file('engine/core/logic/operators.ts').imported.values()) {
      if (!origin?.path.startsWith('engine/core/logic/operators/')) continue
      const file = this.#file(origin.path)
      const table = file.declared.get(origin.name)
      if (table?.type !== 'VariableDeclaration') continue
      for (const { id, form, isOperator } of formsIn(table)) {
        const piece = this.#piece(file, form)
        if (piece)
          this.operators.set(id, isOperator ? { ...piece, source: `${piece.source}.form` } : piece)
      }
    }
  }

  #entries(table: string): ReadonlyMap<string, Piece> {
    const file = this.#file('engine/core/logic/imported.ts')
    const declaration = file.declared.get(table)
    if (!declaration) throw new Error(`there is no table ${table}`)
    return new Map(
      entriesOf(declaration).flatMap((entry): [string, Piece][] => {
        const piece = this.#piece(file, entry['value'] as Node)
        return piece ? [[nameOf(entry['key']), piece]] : []
      }),
    )
  }

  /** The name under which a declaration is written, with which it then is among the helpers. */
  take(path: string, name: string): string | null {
    if (path === refused) return null
    const written = this.#name(path, name)
    if (given.has(name)) return written
    const before = this.helpers.get(written)
    if (before === undefined) {
      this.helpers.set(written, { needs: [], source: '' })
      const file = this.#file(path)
      const node = file.declared.get(name)
      if (!node) throw new Error(`${path} declares no ${name}`)
      this.helpers.set(written, this.#piece(file, node))
    }
    return this.helpers.get(written) ? written : null
  }

  #file(path: string): SourceFile {
    const file = this.#files.get(path) ?? readSource(path)
    this.#files.set(path, file)
    return file
  }

  /** Its own, unless something else has it already. */
  #name(path: string, name: string): string {
    const home = this.#homes.get(name) ?? path
    if (!given.has(name) && (taken.has(name) || home !== path))
      return `${name}_of_${basename(path, '.ts').replaceAll('-', '_')}`
    this.#homes.set(name, path)
    return name
  }

  /** The text of a node, with the names of other pieces as those are written. */
  #piece(file: SourceFile, node: Node): Piece | null {
    const needs = new Set<string>()
    const edits: { readonly at: number; readonly name: string; readonly by: string }[] = []
    for (const { name, at, short } of usesIn(node)) {
      if (!file.imported.has(name) && !file.declared.has(name)) continue
      const origin = file.declared.has(name) ? { path: file.path, name } : file.imported.get(name)
      const by = origin && this.take(origin.path, origin.name)
      if (!by) return null
      if (!given.has(by) && file.declared.get(name) !== node) needs.add(by)
      if (by !== name) edits.push({ at, name, by: short ? `${name}: ${by}` : by })
    }
    let source = file.text.slice(node.start, node.end)
    for (const { at, name, by } of edits.toReversed().toSorted((a, b) => b.at - a.at)) {
      const place = at - node.start
      source = source.slice(0, place) + by + source.slice(place + name.length)
    }
    return { needs: [...needs], source: `${commentOf(file, node)}${source}` }
  }
}

const inTemplate = (text: string): string =>
  text.replaceAll(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`)

const tableOf = (name: string, pieces: Iterable<readonly [string, Piece]>): string =>
  [
    `export const ${name}: Readonly<Record<string, Helper>> = {`,
    ...[...pieces].map(
      ([id, { needs, source }]) =>
        `${JSON.stringify(id)}: { ${needs.length > 0 ? `needs: ${JSON.stringify(needs)},` : ''} source: \`${inTemplate(source)}\` },`,
    ),
    '}',
  ].join('\n')

/** The file that holds them; `taken` besides are declarations that the module itself uses. */
export async function operatorSourceFile(
  besides: readonly { readonly path: string; readonly name: string }[],
): Promise<string> {
  const sources = new Sources()
  for (const { path, name } of besides) sources.take(path, name)
  const helpers = [...sources.helpers].filter(
    (entry): entry is [string, Piece] => entry[1] !== null,
  )
  const text = [
    '// Written from the operators by test/exports/operator-sources.test.ts, with vitest’s -u: change those, not this.',
    "import type { Helper } from '#core/decision/exchange/typescript-helper.ts'",
    '',
    '/** What makes the form of each operator that a written module can hold. */',
    tableOf('operatorForms', sources.operators),
    '',
    '/** JsonLogic’s own operators, of values and of what gives them. */',
    tableOf('importedCalls', sources.imported.get('calls') ?? []),
    tableOf('importedForms', sources.imported.get('forms') ?? []),
    '',
    '/** What those are made of. */',
    tableOf('operatorHelpers', helpers),
  ].join('\n')
  return format(text, {
    parser: 'typescript',
    semi: false,
    singleQuote: true,
    printWidth: 100,
    trailingComma: 'all',
  })
}
