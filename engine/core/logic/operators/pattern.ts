import type { Json } from '#core/json.ts'
import { patternFor, type Pattern } from '#core/logic/pattern.ts'
import type { Operator, OperatorForm } from '#core/logic/operators/operator.ts'

const input = { name: 'input', type: 'text' } as const
const pattern = { name: 'pattern', type: 'text' } as const
const flags = { name: 'flags', type: 'text' } as const
const about =
  'Null where an argument is missing, the pattern is none, or the text has more than 10,000 characters.'

const applied = (
  flagsAt: number,
  call: (found: Pattern, text: string, ...rest: string[]) => Json,
): OperatorForm => ({
  kind: 'list',
  call: (values) => {
    if (!values.every((value) => typeof value === 'string')) return null
    const [text = '', source = ''] = values
    const found = patternFor(text, source, values[flagsAt] ?? '')
    return found && call(found, text, ...values.slice(2))
  },
})

/** Regular expressions as RE2 has them: without references back and looking around, and never slow. */
export const patterns = {
  matches: {
    group: 'text',
    arguments: [input, pattern, flags],
    min: 2,
    max: 3,
    result: 'boolean',
    title: 'matches',
    symbol: 'matches',
    phrase: '{0} matches {1}',
    help: `Whether the regular expression is met anywhere; ^ and $ are the ends. Flags i, m, s. ${about}`,
    form: applied(2, (found, text) => found.test(text)),
  },
  replaced: {
    group: 'text',
    arguments: [input, pattern, { name: 'replacement', type: 'text' }, flags],
    min: 3,
    max: 4,
    result: 'text',
    title: 'with replacements',
    symbol: 'replace',
    phrase: '{0} with {2} for {1}',
    help: `Every place where the regular expression is met, replaced; $1 is its first group. ${about}`,
    form: applied(3, (found, text, replacement = '') => found.replace(text, replacement)),
  },
  split_pattern: {
    group: 'list',
    arguments: [
      { name: 'string', type: 'text' },
      { name: 'delimiter', type: 'text' },
    ],
    min: 2,
    max: 2,
    result: 'list',
    title: 'parts between a pattern',
    symbol: 'split',
    phrase: 'the parts of {0} between {1}',
    help: `The delimiter is a regular expression. ${about}`,
    form: applied(2, (found, text) => found.split(text)),
  },
} as const satisfies Record<string, Operator>
