import { t } from './messages.ts'

/** Another text for a part of the text; offsets count in the text before all edits of the fix. */
interface FeelEdit {
  readonly from: number
  readonly to: number
  readonly text: string
}

export interface FeelFix {
  readonly title: string
  readonly edits: readonly FeelEdit[]
}

/** What is to be said of a place in a text, and what would mend it. */
export interface FeelAdvice {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fixes: readonly FeelFix[]
}

/** The text with its strings and comments blanked, so that places stay the same. */
const bare = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*.*?\*\//gs, (found) => ' '.repeat(found.length))

/** How other languages write it, and how FEEL does; the longest first. */
const foreign: readonly (readonly [pattern: RegExp, written: string, feel: string])[] = [
  [/!==/g, '!==', '!='],
  [/={2,3}/g, '==', '='],
  [/=>/g, '=>', '>='],
  [/=</g, '=<', '<='],
  [/<>/g, '<>', '!='],
  [/\s*&&\s*/g, '&&', ' and '],
  [/\s*\|\|\s*/g, '||', ' or '],
]

const between = (found: string, feel: string): string =>
  feel.trim() === feel ? found.replace(found.trim(), feel) : feel

function signs(text: string): FeelAdvice[] {
  let rest = bare(text)
  return foreign.flatMap(([pattern, written, feel]) => {
    const edits = [...rest.matchAll(pattern)].map(({ 0: found, index }) => ({
      from: index,
      to: index + found.length,
      text: between(found, feel),
    }))
    // What one pattern has found is nothing for the next.
    rest = rest.replace(pattern, (found) => ' '.repeat(found.length))
    const [first] = edits
    if (first === undefined) return []
    const words = { written, feel: feel.trim() }
    const fix = { title: t('fixSign', words), edits }
    return [
      { ...first, severity: 'error', message: t('foreignSign', words), fixes: [fix] } as const,
    ]
  })
}

/** Texts in the quotes of other languages and of word processors. */
function quotes(text: string): FeelAdvice[] {
  const edits = [...bare(text).matchAll(/'[^'"\n]*'|[“”„][^“”"\n]*[“”]|[‘’][^‘’"\n]*[‘’]/g)].map(
    ({ 0: found, index }) => ({
      from: index,
      to: index + found.length,
      text: JSON.stringify(found.slice(1, -1)),
    }),
  )
  const [first] = edits
  if (first === undefined) return []
  const fix = { title: t('fixQuotes', { text: first.text }), edits }
  return [{ ...first, severity: 'error', message: t('foreignQuotes'), fixes: [fix] }]
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** What is missing at the end: brackets and a quote that are open, an `else`. */
export function endings(text: string): FeelFix[] {
  const masked = bare(text)
  const open: string[] = []
  for (const sign of masked) {
    const close = closing[sign]
    if (close !== undefined) open.unshift(close)
    else if (open[0] === sign) open.shift()
  }
  const lacksElse = /\bif\b/.test(masked) && !/\belse\b/.test(masked)
  const more = `${masked.includes('"') ? '"' : ''}${lacksElse ? ' else null' : ''}${open.join('')}`
  return more === ''
    ? []
    : [
        {
          title: t('fixEnd', { text: more.trim() }),
          edits: [{ from: text.length, to: text.length, text: more }],
        },
      ]
}

/** Signs and quotes that FEEL writes otherwise. */
export const misspelled = (text: string): FeelAdvice[] => [...signs(text), ...quotes(text)]
