import type { Logic } from '#core/graph/flow.ts'
import { isObject, type Json } from '#core/json.ts'
import { isOperator, operators } from '#core/logic/operators.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import type { Tree } from '#core/logic/tree.ts'

/** Names a path for a reader; gives undefined where it knows no better name. */
export type FieldName = (path: string) => string | undefined

/**
 * Logic as a short sentence: "Bureau score is below 670 and monthly income is at least 25,000".
 * Logic that does not compile is shown as it is stored.
 */
export function describe(logic: Logic, nameOf: FieldName = () => undefined): string {
  if (checkLogic(logic).length > 0) return JSON.stringify(logic)
  const words = phrase(parseLogic(logic), nameOf)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function phrase(tree: Tree, nameOf: FieldName): string {
  if (tree.kind === 'value') return written(tree.value)
  if (tree.kind === 'list') return listed(tree.items.map((item) => phrase(item, nameOf)))
  if (tree.kind === 'path') {
    const path = tree.path.join('.')
    return nameOf(path) ?? fieldWords(tree.path)
  }
  const args = tree.args.map((arg) => grouped(arg, tree, nameOf))
  if (!isOperator(tree.operator)) return imported(tree.operator, args)
  if (args.length === 0 && tree.operator === 'all_of') return 'always'
  if (args.length === 0 && tree.operator === 'any_of') return 'never'
  return operators[tree.operator].phrase
    .replace(/\{\*([^}]*)\}/, (_, between: string) => args.join(between))
    .replace(/\{(\d)\}/g, (_, index: string) => args[Number(index)] ?? '')
}

/** An `or` inside an `and` needs brackets, and arithmetic inside arithmetic. */
function grouped(arg: Tree, parent: Tree & { kind: 'call' }, nameOf: FieldName): string {
  const words = phrase(arg, nameOf)
  if (arg.kind !== 'call' || !isOperator(arg.operator) || !isOperator(parent.operator)) return words
  const [inner, outer] = [operators[arg.operator], operators[parent.operator]]
  const nested =
    (inner.group === 'logic' && outer.group === 'logic' && parent.operator !== 'not') ||
    (inner.group === 'arithmetic' && outer.group === 'arithmetic')
  return nested && arg.operator !== parent.operator && arg.args.length > 1 ? `(${words})` : words
}

const imported = (operator: string, args: readonly string[]): string => {
  if (operator === 'if' || operator === '?:') {
    const [condition = '', yes = '', ...no] = args
    return `if ${condition} then ${yes}${no.length > 0 ? ` else ${no.join(', ')}` : ''}`
  }
  return /^\W+$|^and$|^or$/.test(operator) && args.length > 1
    ? args.join(` ${operator} `)
    : `${operator}(${args.join(', ')})`
}

/** `input.applicant.monthlyIncome` → applicant monthly income. */
function fieldWords(path: readonly string[]): string {
  if (path.length === 0) return 'the value'
  if (path.length === 1 && path[0] === '?') return 'the value'
  const shown = path.length > 1 && path[0] === 'input' ? path.slice(1) : path
  return shown
    .map((part) =>
      part
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .replaceAll('_', ' ')
        .toLowerCase(),
    )
    .join(' ')
}

function written(value: Json): string {
  if (value === null) return 'nothing'
  if (typeof value === 'number') return grouping(value)
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return isObject(value) ? JSON.stringify(value) : listed((value as readonly Json[]).map(written))
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

/** Indian grouping: 1,00,000. */
function grouping(value: number): string {
  const text = String(value)
  if (text.includes('e')) return text
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/(\d)(?=(\d\d)*\d{3}$)/g, '$1,')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
