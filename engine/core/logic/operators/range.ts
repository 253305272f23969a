import { rangeOf, related, type RangeRelation } from '#core/logic/range.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const relation = (name: RangeRelation, meaning: string) =>
  ({
    group: 'range',
    arguments: [
      { name: 'point1', type: 'any' },
      { name: 'point2', type: 'any' },
    ],
    min: 2,
    max: 2,
    result: 'boolean',
    title: name,
    symbol: name,
    phrase: `{0} ${name} {1}`,
    help: `${meaning} Of ranges such as [1..5), or of values. Null where one is neither, or they cannot be compared.`,
    form: { kind: 'binary', call: (a, b) => related(name, a, b) },
  }) as const satisfies Operator

/** Ranges as values, and how they lie to one another. */
export const range = {
  range_of: {
    group: 'range',
    arguments: [
      { name: 'start', type: 'any' },
      { name: 'end', type: 'any' },
      { name: 'start included', type: 'boolean' },
      { name: 'end included', type: 'boolean' },
    ],
    min: 4,
    max: 4,
    result: 'any',
    title: 'range',
    symbol: '..',
    phrase: 'the range from {0} to {1}',
    help: 'An object with start, end, start included, end included. Null where an end is missing, or the end lies before the start.',
    form: {
      kind: 'list',
      call: ([a, b, c, d]) => rangeOf(a ?? null, b ?? null, c ?? null, d ?? null),
    },
  },
  is_before: relation('before', 'Whether the first ends before the second begins.'),
  is_after: relation('after', 'Whether the first begins after the second ends.'),
  meets: relation('meets', 'Whether the first ends where the second begins.'),
  met_by: relation('met by', 'Whether the first begins where the second ends.'),
  overlaps: relation('overlaps', 'Whether both have something in common.'),
  overlaps_before: relation(
    'overlaps before',
    'Whether the first begins earlier and ends within the second.',
  ),
  overlaps_after: relation(
    'overlaps after',
    'Whether the first begins within the second and ends later.',
  ),
  finishes: relation('finishes', 'Whether the first is the end of the second.'),
  finished_by: relation('finished by', 'Whether the second is the end of the first.'),
  includes: relation('includes', 'Whether the second lies within the first.'),
  during: relation('during', 'Whether the first lies within the second.'),
  starts: relation('starts', 'Whether the first is the beginning of the second.'),
  started_by: relation('started by', 'Whether the second is the beginning of the first.'),
  coincides: relation('coincides', 'Whether both are the same.'),
} as const satisfies Record<string, Operator>
