import type { Json } from '#core/json.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'

/** One test of one value against constants: what every condition is built from. */
export interface Atom {
  /** What is tested: a path, or an expression that is taken for a value of its own. */
  readonly subject: Tree
  readonly constants: readonly Json[]
  /** Whether the test compares by order, so that its constants are thresholds. */
  readonly ordered: boolean
  /** Whether it divides numbers or days in two, below and above. */
  readonly threshold: boolean
  /** What the test says of a value of the subject; null where it cannot say. */
  readonly test: (value: Json) => Json
}

const byOrder: ReadonlySet<string> = new Set(['lt', 'lte', 'gt', 'gte', 'between'])
const byEquality: ReadonlySet<string> = new Set(['eq', 'ne', 'in_list', 'is_missing', 'is_present'])

const keys = new WeakMap<Tree, string>()

/** The same logic has the same key wherever it is written. */
export function keyOf(tree: Tree): string {
  if (tree.kind === 'value') return JSON.stringify(tree.value)
  const known = keys.get(tree)
  if (known !== undefined) return known
  const key = written(tree)
  keys.set(tree, key)
  return key
}
function written(tree: Exclude<Tree, { readonly kind: 'value' }>): string {
  if (tree.kind === 'list') return `[${tree.items.map(keyOf).join()}]`
  if (tree.kind === 'call') return `${tree.operator}(${tree.args.map(keyOf).join()})`
  return `$${JSON.stringify(tree.path)}${tree.fallback ? `?${keyOf(tree.fallback)}` : ''}`
}

const atoms = new WeakMap<Tree, Atom | null>()

/** The tree as one test of one subject; null where it tests something else. */
export function atomOf(tree: Tree): Atom | null {
  const known = atoms.get(tree)
  if (known !== undefined) return known
  const atom = readAtom(tree)
  atoms.set(tree, atom)
  return atom
}

function readAtom(tree: Tree): Atom | null {
  // A value by itself is a condition that is met where it is true.
  if (tree.kind === 'path')
    return {
      subject: tree,
      constants: [true],
      ordered: false,
      threshold: false,
      test: (value) => value,
    }
  if (tree.kind !== 'call' || !(byOrder.has(tree.operator) || byEquality.has(tree.operator)))
    return null
  const varying = tree.args.filter((arg) => !isConstant(arg))
  const [subject] = varying
  if (!subject || varying.length > 1 || readsClock(subject)) return null
  const constants = tree.args.filter(isConstant)
  // A value may be looked for in a list, but here no list is one of the values.
  if (tree.operator === 'in_list' ? tree.args[0] !== subject : constants.some(isList)) return null
  const hole: Tree = { kind: 'path', path: ['?'], fallback: null, place: '' }
  const args = tree.args.map((arg) => (arg === subject ? hole : arg))
  const evaluate = compileTree({ ...tree, args }, plainReading)
  return {
    subject,
    constants: constants.flatMap(constantsOf),
    ordered: byOrder.has(tree.operator),
    threshold: byOrder.has(tree.operator) && tree.operator !== 'between',
    test: (value) => evaluate({ '?': value }, { at: NaN }),
  }
}

const isConstant = (tree: Tree): boolean =>
  tree.kind === 'value' || (tree.kind === 'list' && tree.items.every(isConstant))

const isList = (tree: Tree): boolean =>
  tree.kind === 'list' || (tree.kind === 'value' && Array.isArray(tree.value))

function constantsOf(tree: Tree): Json[] {
  if (tree.kind === 'list') return tree.items.flatMap(constantsOf)
  if (tree.kind !== 'value') return []
  return Array.isArray(tree.value) ? (tree.value as Json[]) : [tree.value]
}

/** What depends on the day is no fixed value. */
const readsClock = (tree: Tree): boolean =>
  (tree.kind === 'call' && tree.operator === 'today') || sameScope(tree).some(readsClock)
