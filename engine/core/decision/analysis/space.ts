import type { JsonSchema } from '#core/json.ts'
import { sameScope, type Tree } from '#core/logic/tree.ts'
import { atomOf, keyOf, type Atom } from '#core/decision/analysis/atom.ts'
import { and, bitsBetween, bitsOf, isEmpty, type Bits } from '#core/decision/analysis/bits.ts'
import {
  dimensionOf,
  schemaAtPath,
  type Dimension,
  type Segment,
} from '#core/decision/analysis/dimension.ts'

/** By dimension the segments that belong to it; null for all of them. */
export type Box = readonly (Bits | null)[]

/** Conditions over the same values, each as the boxes in which it is true. */
export interface Space {
  readonly dimensions: readonly Dimension[]
  readonly regions: readonly (readonly Box[])[]
}

/** Beyond so many boxes a condition is not taken apart. */
const maxBoxes = 256

/** A condition that is true, or that is not: then it is false or unknown. */
export interface Claim {
  readonly tree: Tree
  readonly met: boolean
}

/**
 * Lays conditions out over the values that they test. `schema` is of the data that the conditions read.
 * @throws RangeError where a condition is too wide to be taken apart
 */
export function spaceOf(conditions: readonly Tree[], schema: JsonSchema): Space {
  const { dimensions, boxesOf, dense } = layOut(conditions, schema)
  return { dimensions, regions: conditions.map((tree) => boxesOf(tree, met).map(dense)) }
}

/**
 * Where all claims hold at once: no box where nothing meets them.
 * @throws RangeError as `spaceOf`
 */
export function regionOf(
  claims: readonly Claim[],
  schema: JsonSchema,
): { readonly dimensions: readonly Dimension[]; readonly boxes: readonly Box[] } {
  const { dimensions, boxesOf, dense } = layOut(
    claims.map(({ tree }) => tree),
    schema,
  )
  const parts = claims.map((claim) => boxesOf(claim.tree, claim.met ? met : unmet))
  return { dimensions, boxes: product(parts).map(dense) }
}

/** An answer of true or false, or anything else than that answer. */
interface Answer {
  readonly value: boolean
  readonly other: boolean
}
const answers = [true, false].map((value) => [false, true].map((other) => ({ value, other })))
const answer = (value: boolean, other: boolean): Answer =>
  answers[value ? 0 : 1]?.[other ? 1 : 0] as Answer
const met = answer(true, false)
const unmet = answer(true, true)

/** A condition that is not taken further apart: a test of one value, or what tests something else. */
interface Leaf {
  readonly tree: Tree
  atom: Atom | null
  /** Of the axis that it limits. */
  key: string
  readonly known: Map<Answer, readonly Sparse[]>
}

function layOut(conditions: readonly Tree[], schema: JsonSchema) {
  const comparisons = new Map<string, { subject: Tree; atoms: Atom[] }>()
  const unclear = new Map<string, Tree>()
  const leaves = new Map<Tree, Leaf>()
  const written = new Map<string, Leaf>()
  const apart = new Set<string>()
  const collect = (tree: Tree): void => {
    const inner = orFalse(tree)
    if (inner) return collect(inner)
    if (isJunction(tree)) return tree.args.forEach(collect)
    if (tree.kind === 'value' || leaves.has(tree)) return
    const text = keyOf(tree)
    const leaf = written.get(text) ?? leafOf(tree, text)
    written.set(text, leaf)
    leaves.set(tree, leaf)
  }
  const leafOf = (tree: Tree, text: string): Leaf => {
    const atom = atomOf(tree)
    const key = atom === null ? text : keyOf(atom.subject)
    if (atom === null) unclear.set(text, tree)
    else {
      const subject = comparisons.get(key)
      if (subject) subject.atoms.push(atom)
      else comparisons.set(key, { subject: atom.subject, atoms: [atom] })
    }
    return { tree, atom, key, known: new Map() }
  }
  conditions.forEach(collect)

  const subjects = [...comparisons.entries()].flatMap(([key, each]) => {
    const dimension = dimensionOf(each, schemaOf(each.subject, schema))
    if (dimension === null) apart.add(key)
    return dimension === null ? [] : [{ key, dimension }]
  })
  // What has no axis in common is answered test by test.
  for (const [text, leaf] of written)
    if (apart.has(leaf.key)) {
      unclear.set(text, leaf.tree)
      leaf.atom = null
      leaf.key = text
    }
  const shared = sharedPaths(subjects.map(({ dimension }) => dimension.subject))
  const dimensions: Dimension[] = subjects.map(({ dimension }) =>
    dimension.opaque === null && shared(dimension.subject)
      ? { ...dimension, opaque: 'shared' }
      : dimension,
  )
  const axisOf = new Map(subjects.map(({ key }, index) => [key, index]))
  for (const [text, subject] of unclear) {
    axisOf.set(text, dimensions.length)
    const segments = [true, false].map((value) => ({ kind: 'point' as const, value }))
    dimensions.push({
      subject,
      path: null,
      opaque: 'unclear',
      segments: [...segments, { kind: 'missing', value: null }],
    })
  }

  /** The segments of one axis in which a leaf answers as wanted. */
  const answering = ({ atom, key }: Leaf, wanted: Answer): readonly Sparse[] => {
    const axis = axisOf.get(key) as number
    const { segments } = dimensions[axis] as Dimension
    const isWanted = (index: number): boolean => {
      const { value } = segments[index] as Segment
      return ((atom ? atom.test(value) : value) === wanted.value) !== wanted.other
    }
    // Of a missing value nothing is said by halves.
    const divided =
      !wanted.other && atom?.threshold && segments.some(({ kind }) => kind === 'between')
    const bits = divided
      ? halfWhere(segments.length, isWanted)
      : bitsOf(
          segments.length,
          segments.flatMap((_, index) => (isWanted(index) ? [index] : [])),
        )
    return isEmpty(bits) ? [] : [[{ axis, bits }]]
  }
  const boxesOf = (tree: Tree, wanted: Answer): readonly Sparse[] => {
    const { value, other } = wanted
    if (tree.kind === 'value') return (tree.value === value) !== other ? [everywhere] : []
    // It is false where the condition is false or unknown.
    const inner = orFalse(tree)
    if (inner) return boxesOf(inner, answer(true, value === other))
    if (isJunction(tree)) {
      if (tree.operator === 'not') return boxesOf(tree.args[0] as Tree, answer(!value, other))
      const parts = tree.args.map((arg) => boxesOf(arg, wanted))
      return (tree.operator === 'all_of') === (value !== other) ? product(parts) : parts.flat()
    }
    const leaf = leaves.get(tree) as Leaf
    const boxes = leaf.known.get(wanted) ?? answering(leaf, wanted)
    leaf.known.set(wanted, boxes)
    return boxes
  }
  const dense = (box: Sparse): Box => {
    const limits: (Bits | null)[] = dimensions.map(() => null)
    for (const { axis, bits } of box) limits[axis] = bits
    return limits
  }
  return { dimensions, boxesOf, dense }
}

/** A threshold divides an axis in two, the missing value apart: the wanted side, found by halving. */
function halfWhere(size: number, isWanted: (index: number) => boolean): Bits {
  const first = isWanted(0)
  let [same, other] = [0, size - 1]
  while (other - same > 1) {
    const middle = (same + other) >> 1
    if (isWanted(middle) === first) same = middle
    else other = middle
  }
  return first ? bitsBetween(size, 0, other) : bitsBetween(size, other, size - 1)
}

/** A box by the axes that it limits, each once: few, of however many there are. */
type Sparse = readonly Limit[]
interface Limit {
  readonly axis: number
  readonly bits: Bits
}
const everywhere: Sparse = []

/** @throws RangeError where the condition is too wide to be taken apart */
function product(parts: readonly (readonly Sparse[])[]): readonly Sparse[] {
  let boxes: Limit[][] = [[]]
  for (const part of parts) {
    const [only, ...more] = part
    if (only && more.length === 0) boxes = boxes.filter((box) => limit(box, only))
    else
      boxes = boxes.flatMap((box) =>
        part.flatMap((other) => {
          const shared = [...box]
          return limit(shared, other) ? [shared] : []
        }),
      )
    if (boxes.length > maxBoxes) throw new RangeError('too many alternatives')
  }
  return boxes
}

/** Narrows the box; false where nothing is left of it. */
function limit(box: Limit[], by: Sparse): boolean {
  for (const more of by) {
    const at = box.findIndex(({ axis }) => axis === more.axis)
    const before = box[at]?.bits
    // No box limits an axis to nothing.
    if (before === undefined) box.push(more)
    else if (before !== more.bits) {
      const bits = and(before, more.bits)
      if (isEmpty(bits)) return false
      box[at] = { axis: more.axis, bits }
    }
  }
  return true
}

/** What two boxes share; null for nothing. */
export function meet(one: Box, other: Box): Box | null {
  const shared: (Bits | null)[] = []
  for (let axis = 0; axis < one.length; axis += 1) {
    const [a, b] = [one[axis] ?? null, other[axis] ?? null]
    const bits = a === null ? b : b === null || a === b ? a : and(a, b)
    if (bits !== null && isEmpty(bits)) return null
    shared.push(bits)
  }
  return shared
}

/** A condition that counts as false where it is unknown: `coalesce(condition, false)`. */
function orFalse(tree: Tree): Tree | null {
  if (tree.kind !== 'call' || tree.operator !== 'coalesce' || tree.args.length !== 2) return null
  const [condition, otherwise] = tree.args
  const isFalse = otherwise?.kind === 'value' && otherwise.value === false
  return isFalse && condition && isCondition(condition) ? condition : null
}
/** Whether a tree is true, false or unknown, and nothing else. */
const isCondition = (tree: Tree): boolean =>
  tree.kind === 'call' && (isJunction(tree) || atomOf(tree) !== null)

type Junction = Tree & { readonly kind: 'call' }
const junctions: ReadonlySet<string> = new Set(['all_of', 'any_of', 'not'])
const isJunction = (tree: Tree): tree is Junction =>
  tree.kind === 'call' && junctions.has(tree.operator)

const schemaOf = (subject: Tree, schema: JsonSchema): JsonSchema =>
  subject.kind === 'path' ? schemaAtPath(schema, subject.path) : {}

/** Whether a value is also part of what another subject is computed from: then the two cannot be chosen freely. */
function sharedPaths(subjects: readonly Tree[]): (subject: Tree) => boolean {
  const computedFrom = new Set(
    subjects.filter(({ kind }) => kind !== 'path').flatMap((subject) => pathsIn(subject)),
  )
  return (subject) => subject.kind === 'path' && computedFrom.has(subject.path.join('.'))
}
const pathsIn = (tree: Tree): string[] => [
  ...(tree.kind === 'path' ? [tree.path.join('.')] : []),
  ...sameScope(tree).flatMap(pathsIn),
]
