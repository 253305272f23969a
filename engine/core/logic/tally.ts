import type { Json, JsonObject } from '#core/json.ts'
import type { Logic } from '#core/graph/flow.ts'
import { compileTree, plainReading } from '#core/logic/compile.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { parseLogic } from '#core/logic/parse.ts'
import { treeReferences } from '#core/logic/references.ts'
import { sameScope, startsAnew, type Tree } from '#core/logic/tree.ts'

/**
 * Logic over a list that changes element by element. What it counts, sums up, or asks of some or every element is kept
 * and not gone through anew: a change costs as much in a long list as in a short one. Other parts read the whole list.
 */
interface Tallied {
  /** An element has come, or another stands in its place. */
  change(was: Json | undefined, now: Json): void
  /** As the logic itself, of the scope that was given with the list in it as it is now. */
  evaluate(scope: JsonObject, env: Env): Json
}

type Call = Tree & { readonly kind: 'call' }

/** What is kept of one part. */
interface Tally {
  change(element: Json, by: 1 | -1): void
  value(whole: () => Json): Json
}

/** No id and no bound name is written so. */
const element = '%element'
const tallyName = (index: number): string => `%tally${index}`

/**
 * `path` leads to the list in the scope; nothing else of the scope changes.
 * @throws LogicError where the logic does not compile
 */
export function tallied(logic: Logic, path: readonly string[], scope: JsonObject): Tallied {
  const kept: { readonly tally: Tally; readonly whole: ReturnType<typeof compileTree> }[] = []

  const lift = (tree: Tree): Tree => {
    if (tree.kind === 'list') return { ...tree, items: tree.items.map(lift) }
    if (tree.kind !== 'call') return tree
    const make = tallies[tree.operator]
    if (make && isTallied(tree, path)) {
      kept.push({ tally: make(tree, scope), whole: compileTree(tree, plainReading) })
      return { kind: 'path', path: [tallyName(kept.length - 1)], fallback: null, place: tree.place }
    }
    const isSame = (index: number) =>
      !(tree.binds !== undefined && index === 1) && !startsAnew(tree.operator, index)
    return { ...tree, args: tree.args.map((arg, index) => (isSame(index) ? lift(arg) : arg)) }
  }
  const rest = compileTree(lift(parseLogic(logic)), plainReading)

  return {
    change(was, now) {
      for (const { tally } of kept) {
        if (was !== undefined) tally.change(was, -1)
        tally.change(now, 1)
      }
    },
    evaluate(whole, env) {
      const values = kept.map(
        (each, index) =>
          [tallyName(index), each.tally.value(() => each.whole(whole, env))] as const,
      )
      return rest({ ...whole, ...Object.fromEntries(values) }, env)
    },
  }
}

const tallies: { readonly [operator: string]: (tree: Call, scope: JsonObject) => Tally } = {
  some_of: (tree, scope) => truth(tree, scope, true),
  every_of: (tree, scope) => truth(tree, scope, false),
  count_of: (tree, scope) => {
    const left = leftOf(tree, scope)
    let count = 0
    return {
      change: (each, by) => void (count += by * left(each).length),
      value: () => count,
    }
  },
  sum_of: sumOf,
}

/** One element that is `decisive` decides; else one that is unknown leaves it unknown. */
function truth(tree: Call, scope: JsonObject, decisive: boolean): Tally {
  const ofOne = perElement(tree, scope)
  let [decided, unknown] = [0, 0]
  return {
    change(each, by) {
      const holds = ofOne(each)
      if (holds === decisive) decided += by
      else if (holds !== !decisive) unknown += by
    },
    value: () => (decided > 0 ? decisive : unknown > 0 ? null : !decisive),
  }
}

/** Of whole numbers only: the sum of others depends on their order, so these are added up anew. */
function sumOf(tree: Call, scope: JsonObject): Tally {
  const left = leftOf(tree, scope)
  let [count, others, sum, size] = [0, 0, 0, 0]
  return {
    change(element, by) {
      for (const each of left(element)) {
        count += by
        if (!Number.isSafeInteger(each)) others += by
        else {
          sum += by * (each as number)
          size += by * Math.abs(each as number)
        }
      }
    },
    value: (whole) =>
      count === 0 ? null : others > 0 || size > Number.MAX_SAFE_INTEGER ? whole() : sum + 0,
  }
}

/** What the part's list has of one element: it, what comes of it, or nothing. */
function leftOf({ args }: Call, scope: JsonObject): (element: Json) => readonly Json[] {
  const ofOne = perElement(args[0] as Tree, scope)
  return (each) => ofOne(each) as readonly Json[]
}

/** The part of a list with the one element. */
function perElement(part: Tree, scope: JsonObject): (element: Json) => Json {
  const evaluate = compileTree(ofOne(part), plainReading)
  const data: Record<string, Json> = { ...scope }
  return (each) => {
    data[element] = [each]
    return evaluate(data, { at: 0 })
  }
}

/** The list stands at the inmost first argument. */
function ofOne(tree: Tree): Tree {
  if (tree.kind !== 'call') return { ...tree, kind: 'path', path: [element], fallback: null }
  const [first, ...others] = tree.args
  return { ...tree, args: [...(first ? [ofOne(first)] : []), ...others] }
}

/** Whether the part comes of the elements one by one. */
function isTallied({ operator, args }: Call, path: readonly string[]): boolean {
  const [first, body] = args
  if (!first || !isOfList(first, path)) return false
  return operator === 'some_of' || operator === 'every_of'
    ? body !== undefined && isOwn(body, path)
    : args.length === 1
}

/** The list, with some elements left out or others in their places. */
function isOfList(tree: Tree, path: readonly string[]): boolean {
  if (tree.kind === 'path') return tree.fallback === null && tree.path.join('.') === path.join('.')
  if (tree.kind !== 'call') return false
  const [first, body] = tree.args
  if (!first || !body || !isOwn(body, path) || !isOfList(first, path)) return false
  // A number would be the place of one element.
  return tree.operator === 'for_each' || (tree.operator === 'items_where' && isTruth(body))
}

const isTruth = (tree: Tree): boolean =>
  tree.kind === 'call' && isOperator(tree.operator) && operators[tree.operator].result === 'boolean'

/** Whether it tells the same of an element whatever the others are, and whatever the time is. */
const isOwn = (body: Tree, [root]: readonly string[]): boolean =>
  treeReferences(body).every(([name]) => name !== root) && isSteady(body)

const isSteady = (tree: Tree): boolean =>
  (tree.kind !== 'path' || tree.path.length > 0) &&
  (tree.kind !== 'call' ||
    (isOperator(tree.operator) && operators[tree.operator].form.kind !== 'clock')) &&
  sameScope(tree).every(isSteady)
