import { feelFunctions } from '#core/logic/feel/functions.ts'
import { parseFeel } from '#core/logic/feel/parse.ts'
import { sentence } from '#core/messages/catalogue.ts'
import { listsAmong, type ScopeField } from '../condition-builder/scope-field.ts'
import { t } from './messages.ts'
import { insideFilter, namesIn, type FeelName } from './names.ts'
import { similarTo } from './similar.ts'
import { endings, misspelled, type FeelAdvice, type FeelFix } from './spell.ts'
import { typeAdvice } from './type-advice.ts'

/** What is wrong or doubtful in a text, in the order of the text, each with what would mend it. */
export function advise(text: string, fields: readonly ScopeField[]): FeelAdvice[] {
  if (text.trim() === '') return []
  const result = parseFeel(text, { isList: listsAmong(fields) })
  if ('logic' in result) {
    const unknown = strangers(text, fields)
    return unknown.length > 0 ? unknown : typeAdvice(text, result.logic, fields)
  }
  const spelling = misspelled(text)
  if (spelling.length > 0) return spelling.toSorted((one, other) => one.from - other.from)
  return result.problems.map(({ code, params, from, to }) => ({
    from,
    to,
    severity: 'error',
    message: sentence(code, params),
    fixes: [
      ...(code === 'FEEL_FUNCTION' ? nearFunctions(text.slice(from, to), { from, to }) : []),
      ...(code === 'FEEL_ENDS' || code === 'FEEL_SYNTAX' ? endings(text) : []),
    ],
  }))
}

const changeTo =
  ({ from, to }: Pick<FeelName, 'from' | 'to'>) =>
  (text: string): FeelFix => ({ title: t('fixName', { text }), edits: [{ from, to, text }] })

const functionNames = feelFunctions.map(({ name }) => name)

function nearFunctions(
  call: string,
  place: { readonly from: number; readonly to: number },
): FeelFix[] {
  const [name = ''] = call.split('(')
  const at = { from: place.from, to: place.from + name.trimEnd().length }
  return similarTo(name.trim(), functionNames).map(changeTo(at))
}

/** Names that nothing in scope has. */
function strangers(text: string, fields: readonly ScopeField[]): FeelAdvice[] {
  const paths = fields.map(({ path }) => path)
  // Without any field nothing is known of what may be read.
  if (paths.length === 0) return []
  return namesIn(text)
    .filter(({ path, from }) => !isKnown(path, fields) && !insideFilter(text, from))
    .map((name) => ({
      from: name.from,
      to: name.to,
      severity: 'warning',
      message: t('unknownName', { name: name.path }),
      fixes: fixesOf(name, fields),
    }))
}

function isKnown(written: string, fields: readonly ScopeField[]): boolean {
  const path = written.replace(/^input\./, '')
  if (path === '?' || path === 'input') return true
  if (fields.some((field) => field.path === path || field.path.startsWith(`${path}.`))) return true
  // Below a field that lists none of its own, anything may stand.
  const above = fields.findLast(
    (field) => path.startsWith(`${field.path}.`) && (field.type === 'any' || field.type === 'list'),
  )
  return above !== undefined && !fields.some(({ path: each }) => each.startsWith(`${above.path}.`))
}

/** A value that some field lists, in the capitals of the list; what is one word may be meant as a text. */
function fixesOf(name: FeelName, fields: readonly ScopeField[]): FeelFix[] {
  const change = changeTo(name)
  const listed = fields
    .flatMap(({ options = [] }) => options)
    .find((each) => typeof each === 'string' && each.toLowerCase() === name.path.toLowerCase())
  const near = similarTo(
    name.path,
    fields.map(({ path }) => path),
  ).map(change)
  const quoted = name.path.includes('.') ? [] : [change(JSON.stringify(listed ?? name.path))]
  return listed === undefined ? [...near, ...quoted] : [...quoted, ...near]
}

/** The text with a fix done. */
export const mended = (text: string, { edits }: FeelFix): string =>
  edits
    .toSorted((one, other) => other.from - one.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text)
