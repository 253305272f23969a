import type { Json } from '#core/json.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

/** Longer runs of numbers have no value. */
const longest = 1000
/** Of longer lists nothing grows: each element costs as much as there are before it. */
const longestGrown = 10_000
/** More elements of joined lists have no value: lists within lists multiply. */
const most = 100_000

/** Both ends in, upwards or downwards. */
function numbersFrom(from: Json, to: Json): Json {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return null
  const [first, last] = [from as number, to as number]
  const count = Math.abs(last - first) + 1
  if (count > longest) return null
  const step = last < first ? -1 : 1
  return Array.from({ length: count }, (_, index) => first + step * index + 0)
}

/** What an iteration over a run of numbers, or over several lists, needs. */
export const iterate = {
  numbers_from: {
    group: 'list',
    arguments: [
      { name: 'from', type: 'number' },
      { name: 'to', type: 'number' },
    ],
    min: 2,
    max: 2,
    result: 'list',
    title: 'numbers from … to',
    symbol: '..',
    phrase: 'the whole numbers from {0} to {1}',
    help: `Both ends in, upwards or downwards, at most ${longest}. Null where an end is no whole number, or for more.`,
    form: { kind: 'binary', call: numbersFrom },
  },
  grown_each: {
    group: 'scope',
    arguments: [
      { name: 'list', type: 'list' },
      { name: 'for each', type: 'any' },
    ],
    min: 2,
    max: 2,
    result: 'list',
    title: 'for each element, after those before',
    symbol: 'for',
    phrase: 'for each of {0}, knowing what came before: {1}',
    help: 'What comes of each element, where “partial” is the list of what came of those before it. Null for anything but a list, and for more than 10,000 elements.',
    form: {
      kind: 'scoped',
      call: (list, body) => {
        if (!Array.isArray(list)) return null
        const grown: Json[] = []
        if (list.length > longestGrown) return null
        // Each body is given a list of its own: one that kept it would otherwise hold itself.
        for (const item of list as readonly Json[]) grown.push(body(item, [...grown]) ?? null)
        return grown
      },
    },
  },
  with_name: {
    group: 'scope',
    arguments: [
      { name: 'value', type: 'any' },
      { name: 'in', type: 'any' },
    ],
    min: 2,
    max: 2,
    result: 'any',
    title: 'with a name',
    symbol: 'let',
    phrase: 'with {0}: {1}',
    help: 'What comes of logic that reads the value by a name.',
    form: { kind: 'scoped', call: (value, body) => body(value ?? null) },
  },
  joined_each: {
    group: 'scope',
    arguments: [
      { name: 'list', type: 'list' },
      { name: 'for each', type: 'any' },
    ],
    min: 2,
    max: 2,
    result: 'list',
    title: 'lists for each element, joined',
    symbol: 'for',
    phrase: 'for each of {0}, all of: {1}',
    help: 'The lists that come of each element, one after the other. Null for anything but a list, or where one is none, and for more than 100,000 elements.',
    form: {
      kind: 'scoped',
      call: (list, body) => {
        if (!Array.isArray(list)) return null
        const joined: Json[] = []
        for (const item of list as readonly Json[]) {
          const each = body(item)
          if (!Array.isArray(each) || joined.length + each.length > most) return null
          for (const element of each as readonly Json[]) joined.push(element)
        }
        return joined
      },
    },
  },
} as const satisfies Record<string, Operator>
