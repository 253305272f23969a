// Written from the operators by test/exports/operator-sources.test.ts, with vitest’s -u: change those, not this.
import type { Helper } from '#core/decision/exchange/typescript-helper.ts'

/** What makes the form of each operator that a written module can hold. */
export const operatorForms: Readonly<Record<string, Helper>> = {
  plus: { needs: ['plus_of_arithmetic'], source: `{ kind: 'list', call: plus_of_arithmetic }` },
  minus: { needs: ['binary'], source: `binary((a, b) => a - b)` },
  times: {
    needs: ['foldNumbers'],
    source: `{ kind: 'list', call: (values) => foldNumbers(values, (a, b) => a * b) }`,
  },
  divide: { needs: ['binary'], source: `binary((a, b) => a / b)` },
  modulo: { needs: ['binary', 'modulo_of_arithmetic'], source: `binary(modulo_of_arithmetic)` },
  power: { needs: ['binary', 'power_of_math'], source: `binary(power_of_math)` },
  round: {
    needs: ['finite', 'roundTo'],
    source: `{
      kind: 'list',
      call: ([value, digits = 0]) =>
        typeof value === 'number' &&
        typeof digits === 'number' &&
        Number.isInteger(digits) &&
        Math.abs(digits) <= 15
          ? finite(roundTo(value, digits))
          : null,
    }`,
  },
  floor: { needs: ['unary'], source: `unary(Math.floor)` },
  ceiling: { needs: ['unary'], source: `unary(Math.ceil)` },
  abs: { needs: ['unary'], source: `unary(Math.abs)` },
  min_of: {
    needs: ['extreme', 'spread'],
    source: `{ kind: 'list', call: (values) => extreme(spread(values), 1) }`,
  },
  max_of: {
    needs: ['extreme', 'spread'],
    source: `{ kind: 'list', call: (values) => extreme(spread(values), -1) }`,
  },
  sum_of: {
    needs: ['foldNumbers', 'spread'],
    source: `{ kind: 'list', call: (values) => foldNumbers(spread(values), (a, b) => a + b) }`,
  },
  count_of: {
    source: `{ kind: 'unary', call: (list) => (Array.isArray(list) ? list.length : null) }`,
  },
  eq: { needs: ['equal'], source: `{ kind: 'binary', call: equal }` },
  ne: {
    needs: ['not_of_compare', 'equal'],
    source: `{ kind: 'binary', call: (a, b) => not_of_compare(equal(a, b)) }`,
  },
  lt: { needs: ['lt_of_compare'], source: `{ kind: 'binary', call: lt_of_compare }` },
  lte: { needs: ['lte_of_compare'], source: `{ kind: 'binary', call: lte_of_compare }` },
  gt: { needs: ['gt_of_compare'], source: `{ kind: 'binary', call: gt_of_compare }` },
  gte: { needs: ['gte_of_compare'], source: `{ kind: 'binary', call: gte_of_compare }` },
  between: {
    needs: ['between_of_compare'],
    source: `{ kind: 'ternary', call: between_of_compare }`,
  },
  in_list: {
    needs: ['isObject', 'inRange', 'inList'],
    source: `{
      kind: 'binary',
      call: (value, list) => (isObject(list) ? inRange(value, list) : inList(value, list)),
    }`,
  },
  is_missing: { source: `{ kind: 'unary', call: (a) => a === null || a === undefined }` },
  is_present: { source: `{ kind: 'unary', call: (a) => a !== null && a !== undefined }` },
  weekday_name: {
    needs: ['ofDay', 'named', 'weekdays', 'weekdayOf'],
    source: `ofDay(
    'text',
    { title: 'day of the week', symbol: 'day of week', help: '“Monday” to “Sunday”.' },
    (date) => named(weekdays, weekdayOf(date)),
  ).form`,
  },
  day_of_year: {
    needs: ['ofDay', 'dayOfYear'],
    source: `ofDay(
    'number',
    { title: 'day of the year', symbol: 'day of year', help: '1 to 366.' },
    dayOfYear,
  ).form`,
  },
  month_name: {
    needs: ['ofDay', 'named', 'months', 'monthOf'],
    source: `ofDay(
    'text',
    { title: 'name of the month', symbol: 'month of year', help: '“January” to “December”.' },
    (date) => named(months, monthOf(date)),
  ).form`,
  },
  week_of_year: {
    needs: ['ofDay', 'weekOfYear'],
    source: `ofDay(
    'number',
    {
      title: 'week of the year',
      symbol: 'week of year',
      help: 'By ISO 8601: weeks begin on Monday, and the first has the year’s first Thursday.',
    },
    weekOfYear,
  ).form`,
  },
  today: { needs: ['today_of_dates'], source: `{ kind: 'clock', call: today_of_dates }` },
  days_between: { needs: ['daysBetween'], source: `{ kind: 'binary', call: daysBetween }` },
  months_between: { needs: ['monthsBetween'], source: `{ kind: 'binary', call: monthsBetween }` },
  years_between: { needs: ['yearsBetween'], source: `{ kind: 'binary', call: yearsBetween }` },
  add_months: { needs: ['addMonths'], source: `{ kind: 'binary', call: addMonths }` },
  is_pan: {
    needs: ['validator', 'isPan'],
    source: `validator(
    'a PAN',
    'Five letters, four digits, a letter; the fourth letter is a type of holder.',
    isPan,
  ).form`,
  },
  is_aadhaar: {
    needs: ['validator', 'isAadhaar'],
    source: `validator(
    'an Aadhaar number',
    'Twelve digits with a right check digit (Verhoeff), alone or in groups of four.',
    isAadhaar,
  ).form`,
  },
  is_gstin: {
    needs: ['validator', 'isGstin'],
    source: `validator(
    'a GSTIN',
    'State, PAN, entity, Z and a right check character, in capitals.',
    isGstin,
  ).form`,
  },
  is_ifsc: {
    needs: ['validator', 'isIfsc'],
    source: `validator('an IFSC', 'Four letters, 0, six letters or digits, in capitals.', isIfsc).form`,
  },
  is_tan: {
    needs: ['validator', 'isTan'],
    source: `validator('a TAN', 'Four letters, five digits, a letter, in capitals.', isTan).form`,
  },
  is_mobile: {
    needs: ['validator', 'isMobile'],
    source: `validator(
    'an Indian mobile number',
    'Ten digits from 6 to 9 on, with or without +91 or 0.',
    isMobile,
  ).form`,
  },
  is_pincode: {
    needs: ['validator', 'isPincode'],
    source: `validator('a PIN code', 'Six digits, the first not 0.', isPincode).form`,
  },
  is_email: {
    needs: ['validator', 'isEmail'],
    source: `validator('an e-mail address', 'A name, @ and a domain with a dot.', isEmail).form`,
  },
  emi: {
    needs: ['finite', 'emi_of_emi'],
    source: `{
      kind: 'ternary',
      call: (amount, rate, months) =>
        typeof amount === 'number' && typeof rate === 'number' && typeof months === 'number'
          ? finite(emi_of_emi(amount, rate, months))
          : null,
    }`,
  },
  loan_for_emi: {
    needs: ['numbers', 'roundTo', 'amountFor'],
    source: `numbers((payment, rate, months) =>
      payment >= 0 ? roundTo(amountFor(payment, rate, months), 2) : NaN,
    )`,
  },
  outstanding: {
    needs: ['numbers', 'outstanding_of_emi'],
    source: `numbers((amount, rate, months, paid) => outstanding_of_emi(amount, rate, { months, paid }))`,
  },
  apr: {
    needs: ['numbers', 'apr_of_emi'],
    source: `numbers((amount, rate, months, fees) => apr_of_emi(amount, rate, months, fees))`,
  },
  foir: {
    needs: ['numbers', 'percent'],
    source: `numbers((obligations, instalment, income) => percent(obligations + instalment, income))`,
  },
  ltv: { needs: ['numbers', 'percent'], source: `numbers(percent)` },
  rupees: { needs: ['rupees_of_lending'], source: `{ kind: 'list', call: rupees_of_lending }` },
  all_of: { needs: ['allOf'], source: `{ kind: 'list', call: allOf }` },
  any_of: { needs: ['anyOf'], source: `{ kind: 'list', call: anyOf }` },
  not: { needs: ['not_of_compare'], source: `{ kind: 'unary', call: not_of_compare }` },
  if_then: {
    source: `{ kind: 'ternary', call: (condition, yes, no) => (condition === true ? yes : no) }`,
  },
  coalesce: {
    source: `{
      kind: 'list',
      call: (values) => values.find((v) => v !== null && v !== undefined) ?? null,
    }`,
  },
  context: { needs: ['context_of_logical'], source: `{ kind: 'list', call: context_of_logical }` },
  numbers_from: { needs: ['numbersFrom'], source: `{ kind: 'binary', call: numbersFrom }` },
  grown_each: {
    needs: ['longestGrown'],
    source: `{
      kind: 'scoped',
      call: (list, body) => {
        if (!Array.isArray(list)) return null
        const grown: Json[] = []
        if (list.length > longestGrown) return null
        // Each body is given a list of its own: one that kept it would otherwise hold itself.
        for (const item of list as readonly Json[]) grown.push(body(item, [...grown]) ?? null)
        return grown
      },
    }`,
  },
  with_name: { source: `{ kind: 'scoped', call: (value, body) => body(value ?? null) }` },
  joined_each: {
    needs: ['most'],
    source: `{
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
    }`,
  },
  is_kind: {
    needs: ['kinds'],
    source: `{
      kind: 'binary',
      call: (value, name) => {
        const test =
          typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined
        if (test === undefined) return null
        return value !== null && value !== undefined && test(value)
      },
    }`,
  },
  inserted: {
    needs: ['atPlace'],
    source: `{
      kind: 'ternary',
      call: atPlace((items, index, value) => items.toSpliced(index, 0, value)),
    }`,
  },
  removed: {
    needs: ['atPlace'],
    source: `{ kind: 'binary', call: atPlace((items, index) => items.toSpliced(index, 1)) }`,
  },
  exchanged: {
    needs: ['atPlace'],
    source: `{ kind: 'ternary', call: atPlace((items, index, value) => items.with(index, value)) }`,
  },
  sorted_by: { needs: ['sortedBy'], source: `sortedBy(1)` },
  sorted_down_by: { needs: ['sortedBy'], source: `sortedBy(-1)` },
  mean_of: { needs: ['unary_of_list', 'mean'], source: `unary_of_list(mean)` },
  join_lists: {
    source: `{
      kind: 'list',
      call: (lists) =>
        lists.every((each) => Array.isArray(each)) ? (lists as readonly Json[][]).flat() : null,
    }`,
  },
  distinct_of: { needs: ['unary_of_list', 'distinct'], source: `unary_of_list(distinct)` },
  reversed: { needs: ['unary_of_list'], source: `unary_of_list((values) => values.toReversed())` },
  item_of: { needs: ['itemOf'], source: `{ kind: 'binary', call: itemOf }` },
  field_of: { needs: ['fieldOf'], source: `{ kind: 'binary', call: fieldOf }` },
  some_of: {
    needs: ['onItems', 'anyOf'],
    source: `onItems((items, holds) => anyOf(items.map(holds)))`,
  },
  every_of: {
    needs: ['onItems', 'allOf'],
    source: `onItems((items, holds) => allOf(items.map(holds)))`,
  },
  items_where: {
    needs: ['onItems', 'itemOf'],
    source: `onItems((items, holds) => {
      const found = items.map(holds)
      return typeof found[0] === 'number'
        ? itemOf(items, found[0])
        : items.filter((_, index) => found[index] === true)
    })`,
  },
  for_each: {
    needs: ['onItems'],
    source: `onItems((items, gives) => items.map((item) => gives(item) ?? null))`,
  },
  square_root: {
    needs: ['unary_of_number', 'finite'],
    source: `unary_of_number((a) => finite(Math.sqrt(a)))`,
  },
  exp_of: {
    needs: ['unary_of_number', 'finite', 'exp'],
    source: `unary_of_number((a) => finite(exp(a)))`,
  },
  log_of: {
    needs: ['unary_of_number', 'finite', 'ln'],
    source: `unary_of_number((a) => finite(ln(a)))`,
  },
  is_odd: {
    needs: ['unary_of_number'],
    source: `unary_of_number((a) => (Number.isInteger(a) ? a % 2 !== 0 : null))`,
  },
  is_even: {
    needs: ['unary_of_number'],
    source: `unary_of_number((a) => (Number.isInteger(a) ? a % 2 === 0 : null))`,
  },
  same_as: {
    needs: ['same'],
    source: `{ kind: 'binary', call: (a, b) => same(a ?? null, b ?? null) }`,
  },
  object_from: { needs: ['fromEntries'], source: `{ kind: 'unary', call: fromEntries }` },
  with_entry: {
    needs: ['withEntry'],
    source: `{ kind: 'ternary', call: (from, key, value) => withEntry(from, key, value ?? null) }`,
  },
  merged: { needs: ['merged_of_object'], source: `{ kind: 'unary', call: merged_of_object }` },
  range_of: {
    needs: ['rangeOf'],
    source: `{
      kind: 'list',
      call: ([a, b, c, d]) => rangeOf(a ?? null, b ?? null, c ?? null, d ?? null),
    }`,
  },
  is_before: {
    needs: ['relation'],
    source: `relation('before', 'Whether the first ends before the second begins.').form`,
  },
  is_after: {
    needs: ['relation'],
    source: `relation('after', 'Whether the first begins after the second ends.').form`,
  },
  meets: {
    needs: ['relation'],
    source: `relation('meets', 'Whether the first ends where the second begins.').form`,
  },
  met_by: {
    needs: ['relation'],
    source: `relation('met by', 'Whether the first begins where the second ends.').form`,
  },
  overlaps: {
    needs: ['relation'],
    source: `relation('overlaps', 'Whether both have something in common.').form`,
  },
  overlaps_before: {
    needs: ['relation'],
    source: `relation(
    'overlaps before',
    'Whether the first begins earlier and ends within the second.',
  ).form`,
  },
  overlaps_after: {
    needs: ['relation'],
    source: `relation(
    'overlaps after',
    'Whether the first begins within the second and ends later.',
  ).form`,
  },
  finishes: {
    needs: ['relation'],
    source: `relation('finishes', 'Whether the first is the end of the second.').form`,
  },
  finished_by: {
    needs: ['relation'],
    source: `relation('finished by', 'Whether the second is the end of the first.').form`,
  },
  includes: {
    needs: ['relation'],
    source: `relation('includes', 'Whether the second lies within the first.').form`,
  },
  during: {
    needs: ['relation'],
    source: `relation('during', 'Whether the first lies within the second.').form`,
  },
  starts: {
    needs: ['relation'],
    source: `relation('starts', 'Whether the first is the beginning of the second.').form`,
  },
  started_by: {
    needs: ['relation'],
    source: `relation('started by', 'Whether the second is the beginning of the first.').form`,
  },
  coincides: {
    needs: ['relation'],
    source: `relation('coincides', 'Whether both are the same.').form`,
  },
  round_up: { needs: ['to'], source: `to('up')` },
  round_down: { needs: ['to'], source: `to('down')` },
  round_half_down: { needs: ['to'], source: `to('half down')` },
  round_half_even: { needs: ['to'], source: `to('half even')` },
  append_to: {
    source: `{
      kind: 'list',
      call: ([list, ...more]) => (Array.isArray(list) ? [...(list as Json[]), ...more] : null),
    }`,
  },
  union_of: {
    needs: ['distinct'],
    source: `{
      kind: 'list',
      call: (lists) =>
        lists.every((list) => Array.isArray(list))
          ? distinct((lists as readonly Json[][]).flat())
          : null,
    }`,
  },
  flattened: {
    needs: ['unary_of_sequence', 'flattest'],
    source: `unary_of_sequence((list) => (list as readonly unknown[]).flat(flattest) as Json[])`,
  },
  sorted: {
    needs: ['unary_of_sequence', 'sorted_of_sequence'],
    source: `unary_of_sequence(sorted_of_sequence)`,
  },
  places_of: {
    needs: ['same'],
    source: `{
      kind: 'binary',
      call: (list, value) =>
        Array.isArray(list)
          ? (list as readonly Json[]).flatMap((item, index) =>
              same(item, value ?? null) ? [index + 1] : [],
            )
          : null,
    }`,
  },
  part_of_list: {
    needs: ['partOfList'],
    source: `{ kind: 'list', call: (args) => partOfList(args, args.length) }`,
  },
  product_of: {
    needs: ['unary_of_sequence'],
    source: `unary_of_sequence((list) => {
      if (list.length === 0 || !list.every((each) => typeof each === 'number')) return null
      const product = list.reduce((all, each) => all * each, 1)
      return Number.isFinite(product) ? product + 0 : null
    })`,
  },
  median_of: {
    needs: ['unary_of_sequence'],
    source: `unary_of_sequence((list) => {
      if (list.length === 0 || !list.every((each) => typeof each === 'number')) return null
      const inOrder = list.toSorted((a, b) => a - b)
      const [low, high] = [inOrder.at((list.length - 1) >> 1), inOrder.at(list.length >> 1)]
      return (low as number) / 2 + (high as number) / 2 + 0
    })`,
  },
  split_text: {
    source: `{
      kind: 'binary',
      call: (text, between) =>
        typeof text === 'string' && typeof between === 'string' && between !== ''
          ? text.split(between)
          : null,
    }`,
  },
  join_texts: { needs: ['joinTexts'], source: `{ kind: 'list', call: joinTexts }` },
  entries_of: {
    needs: ['isObject'],
    source: `{
      kind: 'unary',
      call: (object) =>
        isObject(object)
          ? Object.entries(object as Record<string, Json>).map(([key, value]) => ({ key, value }))
          : null,
    }`,
  },
  deviation_of: { needs: ['ofNumbers', 'deviation'], source: `ofNumbers(deviation)` },
  modes_of: {
    needs: ['ofNumbers', 'modes'],
    source: `ofNumbers((values) => (values.length === 0 ? [] : modes(values)))`,
  },
  concat: { needs: ['concat_of_text'], source: `{ kind: 'list', call: concat_of_text }` },
  upper: { needs: ['unary_of_text'], source: `unary_of_text((a) => a.toUpperCase())` },
  lower: { needs: ['unary_of_text'], source: `unary_of_text((a) => a.toLowerCase())` },
  starts_with: { needs: ['binary_of_text'], source: `binary_of_text((a, b) => a.startsWith(b))` },
  ends_with: { needs: ['binary_of_text'], source: `binary_of_text((a, b) => a.endsWith(b))` },
  contains: { needs: ['binary_of_text'], source: `binary_of_text((a, b) => a.includes(b))` },
  part_of_text: { needs: ['partOfText'], source: `{ kind: 'list', call: partOfText }` },
  text_before: {
    needs: ['binary_of_text'],
    source: `binary_of_text((a, b) => (a.includes(b) ? a.slice(0, a.indexOf(b)) : ''))`,
  },
  text_after: {
    needs: ['binary_of_text'],
    source: `binary_of_text((a, b) => (a.includes(b) ? a.slice(a.indexOf(b) + b.length) : ''))`,
  },
  to_text: {
    needs: ['concat_of_text'],
    source: `{ kind: 'unary', call: (a) => concat_of_text([a]) }`,
  },
  to_number: { needs: ['toNumber'], source: `{ kind: 'list', call: toNumber }` },
  length: {
    needs: ['unary_of_text'],
    source: `unary_of_text((a) => {
      let count = 0
      for (const _ of a) count++
      return count
    })`,
  },
  plus_time: { needs: ['plusTime'], source: `{ kind: 'binary', call: plusTime }` },
  minus_time: { needs: ['minusTime'], source: `{ kind: 'binary', call: minusTime }` },
  to_date: {
    needs: ['toDate', 'dateOf'],
    source: `{
      kind: 'list',
      call: ([value = null, month, day]) =>
        month === undefined && day === undefined
          ? toDate(value)
          : dateOf(value, month ?? null, day ?? null),
    }`,
  },
  to_date_time: {
    needs: ['toDateTime'],
    source: `{
      kind: 'list',
      call: ([value = null, ...rest]) =>
        rest.length > 0 && rest[0] === null ? null : toDateTime(value, rest[0] ?? null),
    }`,
  },
  to_time: { needs: ['toTime'], source: `{ kind: 'unary', call: toTime }` },
  to_duration: { needs: ['toDuration'], source: `{ kind: 'unary', call: toDuration }` },
  months_duration: {
    needs: ['monthsDuration'],
    source: `{ kind: 'binary', call: monthsDuration }`,
  },
  duration_size: { needs: ['durationSize'], source: `{ kind: 'unary', call: durationSize }` },
  time_part: { needs: ['timePart'], source: `{ kind: 'binary', call: timePart }` },
  now: { needs: ['now_of_times'], source: `{ kind: 'clock', call: now_of_times }` },
}

/** JsonLogic’s own operators, of values and of what gives them. */
export const importedCalls: Readonly<Record<string, Helper>> = {
  '!!': { needs: ['truthy'], source: `([a]) => truthy(a)` },
  '!': { needs: ['truthy'], source: `([a]) => !truthy(a)` },
  '%': { needs: ['number'], source: `([a, b]) => number(a) % number(b)` },
  '+': {
    needs: ['parsed'],
    source: `(args) => args.reduce<number>((sum, value) => sum + parsed(value), 0)`,
  },
  '*': {
    needs: ['parsed'],
    source: `(args) =>
    args.length === 0 ? 1 : args.reduce((product, value) => parsed(product) * parsed(value))`,
  },
  '-': {
    needs: ['number'],
    source: `([a, b]) => (b === undefined ? -number(a) : number(a) - number(b))`,
  },
  '/': { needs: ['number'], source: `([a, b]) => number(a) / number(b)` },
  min: {
    needs: ['number'],
    source: `(args) => args.reduce<number>((least, value) => Math.min(least, number(value)), Infinity)`,
  },
  max: {
    needs: ['number'],
    source: `(args) => args.reduce<number>((most, value) => Math.max(most, number(value)), -Infinity)`,
  },
  merge: { source: `(args) => args.flatMap((value) => value)` },
  cat: { needs: ['joined'], source: `(args) => joined(args, '')` },
  substr: {
    needs: ['substring'],
    source: `([source, start, length]) => substring(source, start, length)`,
  },
  in: {
    needs: ['text'],
    source: `([a, b]) => {
    // json-logic-js finds nothing in an empty text, not even nothing.
    if (typeof b === 'string') return b !== '' && b.includes(text(a))
    return Array.isArray(b) && b.includes(a as Json)
  }`,
  },
  log: { source: `([a]) => a as Json` },
  var: { needs: ['lookUp'], source: `([name, fallback], data) => lookUp(data, name, fallback)` },
  val: { needs: ['read', 'text'], source: `(keys, data) => read(data, keys.map(text)) ?? null` },
  exists: {
    needs: ['read', 'text'],
    source: `(keys, data) => read(data, keys.map(text)) !== undefined`,
  },
  missing: {
    needs: ['missing'],
    source: `(args, data) =>
    missing(data, Array.isArray(args[0]) ? (args[0] as readonly Json[]) : args)`,
  },
  missing_some: {
    needs: ['asList', 'missing', 'number'],
    source: `([need, options], data) => {
    const keys = asList(options)
    const absent = missing(data, keys)
    return keys.length - absent.length >= number(need) ? [] : absent
  }`,
  },
}
export const importedForms: Readonly<Record<string, Helper>> = {
  '==': { needs: ['pair', 'looselyEqual'], source: `pair(looselyEqual)` },
  '!=': { needs: ['pair', 'looselyEqual'], source: `pair((a, b) => !looselyEqual(a, b))` },
  '===': { needs: ['pair'], source: `pair((a, b) => a === b)` },
  '!==': { needs: ['pair'], source: `pair((a, b) => a !== b)` },
  '>': { needs: ['pair', 'less'], source: `pair((a, b) => less(b, a))` },
  '>=': { needs: ['pair', 'lessOrEqual'], source: `pair((a, b) => lessOrEqual(b, a))` },
  '<': { needs: ['row', 'less'], source: `row(less)` },
  '<=': { needs: ['row', 'lessOrEqual'], source: `row(lessOrEqual)` },
  if: { needs: ['choose_of_imported'], source: `choose_of_imported` },
  '?:': { needs: ['choose_of_imported'], source: `choose_of_imported` },
  '??': { needs: ['firstPresent'], source: `firstPresent` },
  and: { needs: ['until'], source: `until(false)` },
  or: { needs: ['until'], source: `until(true)` },
  filter: {
    needs: ['over', 'truthy'],
    source: `over((items, body) => items?.filter((item) => truthy(body(item))) ?? [])`,
  },
  map: { needs: ['over'], source: `over((items, body) => items?.map(body) ?? [])` },
  all: {
    needs: ['over', 'truthy'],
    source: `over((items, body) => !!items?.length && items.every((item) => truthy(body(item))))`,
  },
  some: {
    needs: ['over', 'truthy'],
    source: `over((items, body) => items?.some((item) => truthy(body(item))) ?? false)`,
  },
  none: {
    needs: ['over', 'truthy'],
    source: `over((items, body) => !items?.some((item) => truthy(body(item))))`,
  },
  reduce: {
    needs: ['nothing_of_imported'],
    source: `([list = nothing_of_imported, body = nothing_of_imported, initial = nothing_of_imported]) =>
    (data, env) => {
      const items = list(data, env)
      const first = initial(data, env)
      if (!Array.isArray(items)) return first
      return (items as readonly Json[]).reduce<Json>(
        (accumulator, current) => body({ current, accumulator }, env),
        first,
      )
    }`,
  },
}

/** What those are made of. */
export const operatorHelpers: Readonly<Record<string, Helper>> = {
  truthy: {
    source: `/** An empty list is false; otherwise as in JavaScript. */
const truthy = (value: Json | undefined): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value)`,
  },
  number: {
    needs: ['primitive'],
    source: `const number = (value: Json | undefined): number => Number(primitive(value))`,
  },
  primitive: {
    needs: ['Primitive', 'joined'],
    source: `function primitive(value: Json | undefined): Primitive {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? joined(value, ',') : '[object Object]'
}`,
  },
  Primitive: {
    source: `/**
 * The coercions of JavaScript on JSON values, as JsonLogic's own operators have them.
 * Data cannot change them: an own \`toString\` or \`valueOf\` is not looked at.
 */
type Primitive = null | boolean | number | string | undefined`,
  },
  joined: {
    needs: ['text'],
    source: `/** Like Array.join: what is missing leaves nothing. */
const joined = (values: readonly Json[], separator: string): string =>
  values.map((value) => (value === null || value === undefined ? '' : text(value))).join(separator)`,
  },
  text: {
    needs: ['primitive'],
    source: `const text = (value: Json | undefined): string => String(primitive(value))`,
  },
  parsed: {
    needs: ['text'],
    source: `const parsed = (value: Json): number => parseFloat(text(value))`,
  },
  substring: {
    needs: ['number', 'text'],
    source: `/** \`substr(start, length)\`; a negative length leaves that many off the end. */
function substring(
  source: Json | undefined,
  start: Json | undefined,
  length: Json | undefined,
) {
  const from = (value: string, begin: number, count: number) => {
    const at = begin < 0 ? Math.max(value.length + begin, 0) : begin
    return value.slice(at, Math.max(at, at + count))
  }
  const whole = (value: Json | undefined) => Math.trunc(number(value)) || 0
  const all = text(source)
  if (length === undefined) return from(all, whole(start), all.length)
  if (number(length) < 0) {
    const rest = from(all, whole(start), all.length)
    // JavaScript adds a text or a list to a number as text, which is no count.
    const isText = typeof length === 'string' || typeof length === 'object'
    return from(rest, 0, isText ? 0 : Math.trunc(rest.length + number(length)))
  }
  return from(all, whole(start), whole(length))
}`,
  },
  lookUp: {
    needs: ['read', 'segments', 'text', 'found'],
    source: `/** The value at a dotted path; the fallback where a property is missing, also below null. */
function lookUp(data: Json, name: Json | undefined, fallback: Json = null): Json {
  if (name === undefined || name === null || name === '') return data
  return read(data, segments(text(name))) ?? found(data, text(name), fallback)
}`,
  },
  read: {
    needs: ['own_of_path'],
    source: `/** Follows own properties; undefined where one is missing. */
function read(data: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data
  for (const key of path) value = own_of_path(value, key)
  return value
}`,
  },
  own_of_path: {
    needs: ['isForbiddenKey'],
    source: `/** The own property \`key\`, or undefined. Never reads a prototype. */
function own_of_path(data: Json | undefined, key: string): Json | undefined {
  if (data === null || data === undefined) return undefined
  if (isForbiddenKey(key) || !Object.hasOwn(data as object, key)) return undefined
  return (data as Record<string, Json>)[key]
}`,
  },
  isForbiddenKey: {
    source: `/** Keys that no path, document or logic may read or write. */
const isForbiddenKey = (key: string): boolean =>
  key === '__proto__' || key === 'constructor' || key === 'prototype'`,
  },
  segments: {
    source: `/** \`a.b.0\` → its segments; the empty text is the whole data. */
const segments = (path: string): readonly string[] => (path === '' ? [] : path.split('.'))`,
  },
  found: {
    needs: ['segments', 'read', 'own_of_path'],
    source: `/** Tells a property that is null from one that is not there. */
function found(data: Json, name: string, fallback: Json): Json {
  const path = segments(name)
  const holder = read(data, path.slice(0, -1))
  return own_of_path(holder, path.at(-1) ?? '') === null ? null : fallback
}`,
  },
  missing: {
    needs: ['lookUp'],
    source: `function missing(data: Json, keys: readonly Json[]): readonly Json[] {
  return keys.filter((key) => {
    const value = lookUp(data, key)
    return value === null || value === ''
  })
}`,
  },
  asList: {
    source: `const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value)
    ? (value as readonly Json[])
    : value === null || value === undefined
      ? []
      : [value]`,
  },
  pair: {
    needs: ['Holds', 'Form'],
    source: `/** Of the first two; what stands behind them is not evaluated. An argument that is not written is undefined, not null. */
const pair =
  (holds: Holds): Form =>
  ([a, b]) =>
  (data, env) =>
    holds(a?.(data, env), b?.(data, env))`,
  },
  Holds: { source: `type Holds = (a: Json | undefined, b: Json | undefined) => boolean` },
  Form: {
    needs: ['Evaluate'],
    source: `/** Decides itself which arguments are evaluated, and on what. */
type Form = (args: readonly Evaluate[]) => Evaluate`,
  },
  Evaluate: {
    needs: ['Env'],
    source: `/** A compiled piece of logic. \`data\` is what paths start from: the scope, or an item inside an iteration. */
type Evaluate = (data: Json, env: Env) => Json`,
  },
  Env: {
    source: `/** What logic may know besides its scope. It has no other clock. */
interface Env {
  /** ms since the epoch: the step's time */
  readonly at: number
  /** The tenant's zone, minutes east of UTC. @default 330 (India) */
  readonly offset?: number
  /** Whose rules are in force. */
  readonly tenant?: string
}`,
  },
  looselyEqual: {
    needs: ['isReference', 'isAbsent', 'primitive'],
    source: `/** \`==\` */
function looselyEqual(a: Json | undefined, b: Json | undefined): boolean {
  const [left, right] = [isReference(a), isReference(b)]
  if (left && right) return a === b
  // A reference never equals null, whatever its text.
  if ((left && isAbsent(b)) || (right && isAbsent(a))) return false
  // oxlint-disable-next-line eqeqeq -- this is the operator that the double equals stands for
  return primitive(a) == primitive(b)
}`,
  },
  isReference: {
    source: `const isReference = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null`,
  },
  isAbsent: {
    source: `const isAbsent = (value: Json | undefined): boolean => value === null || value === undefined`,
  },
  less: {
    needs: ['primitive'],
    source: `/** \`<\` on texts by code unit, on everything else as numbers. */
function less(a: Json | undefined, b: Json | undefined): boolean {
  const [x, y] = [primitive(a), primitive(b)]
  return typeof x === 'string' && typeof y === 'string' ? x < y : Number(x) < Number(y)
}`,
  },
  lessOrEqual: {
    needs: ['primitive'],
    source: `function lessOrEqual(a: Json | undefined, b: Json | undefined): boolean {
  const [x, y] = [primitive(a), primitive(b)]
  return typeof x === 'string' && typeof y === 'string' ? x <= y : Number(x) <= Number(y)
}`,
  },
  row: {
    needs: ['Holds', 'Form'],
    source: `/** Of two, or of three in a row; the third is evaluated only where the first two hold. */
const row =
  (holds: Holds): Form =>
  ([a, b, c]) =>
  (data, env) => {
    const [first, middle] = [a?.(data, env), b?.(data, env)]
    return holds(first, middle) && (c === undefined || holds(middle, c(data, env)))
  }`,
  },
  choose_of_imported: {
    needs: ['Form', 'truthy'],
    source: `const choose_of_imported: Form = (args) => (data, env) => {
  let i = 0
  for (; i + 1 < args.length; i += 2) {
    if (truthy(args[i]?.(data, env))) return args[i + 1]?.(data, env) ?? null
  }
  return i < args.length ? (args[i]?.(data, env) ?? null) : null
}`,
  },
  firstPresent: {
    needs: ['Form'],
    source: `const firstPresent: Form = (args) => (data, env) => {
  for (const arg of args) {
    const value = arg(data, env)
    if (value !== null) return value
  }
  return null
}`,
  },
  until: {
    needs: ['Form', 'truthy'],
    source: `/** Evaluates up to the first value whose truth is \`stop\`; gives that one, or the last. */
const until =
  (stop: boolean): Form =>
  (args) =>
  (data, env) => {
    let value: Json = null
    for (const arg of args) {
      value = arg(data, env)
      if (truthy(value) === stop) return value
    }
    return value
  }`,
  },
  nothing_of_imported: {
    needs: ['Evaluate'],
    source: `const nothing_of_imported: Evaluate = () => null`,
  },
  over: {
    needs: ['Form', 'nothing_of_imported'],
    source: `/** The list of an iteration and its body for one item. */
const over =
  (run: (items: readonly Json[] | null, body: (item: Json) => Json) => Json): Form =>
  ([list = nothing_of_imported, body = nothing_of_imported]) =>
  (data, env) => {
    const items = list(data, env)
    return run(Array.isArray(items) ? (items as readonly Json[]) : null, (item) => body(item, env))
  }`,
  },
  plus_of_arithmetic: {
    needs: ['foldNumbers'],
    source: `const plus_of_arithmetic = (values: readonly Json[]): Json =>
  values.every((value) => typeof value === 'string')
    ? values.join('')
    : foldNumbers(values, (a, b) => a + b)`,
  },
  foldNumbers: {
    needs: ['finite'],
    source: `function foldNumbers(values: readonly Json[], call: (a: number, b: number) => number): Json {
  let result: number | undefined
  for (const value of values) {
    if (typeof value !== 'number') return null
    result = result === undefined ? value : call(result, value)
  }
  return result === undefined ? null : finite(result)
}`,
  },
  finite: {
    source: `/** Overflow and undefined results have no value; −0 is 0, as JSON writes it. */
const finite = (x: number): number | null => (Number.isFinite(x) ? x + 0 : null)`,
  },
  binary: {
    needs: ['OperatorForm', 'finite'],
    source: `const binary = (call: (a: number, b: number) => number): OperatorForm => ({
  kind: 'binary',
  call: (a, b) => (typeof a === 'number' && typeof b === 'number' ? finite(call(a, b)) : null),
})`,
  },
  OperatorForm: {
    needs: ['Env'],
    source: `/** How an operator is called. Every form is total: it never throws, and gives null where it has no answer. */
type OperatorForm =
  | { readonly kind: 'unary'; readonly call: (a: Json) => Json }
  | { readonly kind: 'binary'; readonly call: (a: Json, b: Json) => Json }
  | { readonly kind: 'ternary'; readonly call: (a: Json, b: Json, c: Json) => Json }
  | { readonly kind: 'list'; readonly call: (values: readonly Json[]) => Json }
  | { readonly kind: 'clock'; readonly call: (env: Env) => Json }
  /**
   * Its second argument is written \`{ as, do }\` and is logic over each element, by the name that \`as\` gives it; what
   * \`sofar\` is given, the body reads as \`partial\`.
   */
  | {
      readonly kind: 'scoped'
      readonly call: (list: Json, body: (item: Json, sofar?: Json) => Json) => Json
    }`,
  },
  modulo_of_arithmetic: {
    source: `/** With the sign of the divisor, as FEEL has it. */
function modulo_of_arithmetic(a: number, b: number): number {
  const rest = a % b
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
}`,
  },
  power_of_math: {
    needs: ['wholePower', 'exp', 'ln'],
    source: `/** base^exponent; whole exponents by repeated squaring, others through \`exp\` and \`ln\`. NaN for a negative base with a fraction. */
function power_of_math(base: number, exponent: number): number {
  if (exponent === 0) return 1
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 1_000_000) {
    const whole = wholePower(base, Math.abs(exponent))
    return exponent < 0 ? 1 / whole : whole
  }
  if (base === 0) return exponent > 0 ? 0 : Infinity
  if (base < 0) return NaN
  return exp(exponent * ln(base))
}`,
  },
  wholePower: {
    source: `function wholePower(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}`,
  },
  exp: {
    needs: ['LN2_HIGH', 'LN2_LOW', 'scale'],
    source: `/** e^x; ±Infinity and 0 past the range. Relative error below 2^-51. */
function exp(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (x > 709.8) return Infinity
  if (x < -745.2) return 0
  const k = Math.round(x / Math.LN2)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = 1
  for (let n = 17; n >= 1; n--) sum = 1 + (r / n) * sum
  return scale(sum, k)
}`,
  },
  LN2_HIGH: { source: `const LN2_HIGH = 0.69314718036912381649` },
  LN2_LOW: {
    source: `// upper 33 bits of ln 2: \`k * LN2_HIGH\` is exact
const LN2_LOW = 1.90821492927058770002e-10`,
  },
  scale: {
    needs: ['twoTo'],
    source: `/** x · 2^power without intermediate overflow. */
function scale(x: number, power: number): number {
  let result = x
  let left = power
  while (left > 1000) {
    result *= twoTo(1000)
    left -= 1000
  }
  while (left < -1000) {
    result *= twoTo(-1000)
    left += 1000
  }
  return result * twoTo(left)
}`,
  },
  twoTo: {
    needs: ['bits'],
    source: `/** 2^n for −1022 ≤ n ≤ 1023, by writing the exponent's bits. */
function twoTo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}`,
  },
  bits: { source: `const bits = new DataView(new ArrayBuffer(8))` },
  ln: {
    needs: ['twoTo', 'bits', 'SQRT_HALF', 'LN2_HIGH', 'LN2_LOW'],
    source: `/** Natural logarithm; NaN below 0, −Infinity at 0. Relative error below 2^-51. */
function ln(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  let exponent = 0
  let normal = x
  if (x < twoTo(-1022)) {
    normal *= twoTo(54)
    exponent -= 54
  }
  bits.setFloat64(0, normal)
  const high = bits.getUint32(0)
  exponent += (high >>> 20) - 1022
  bits.setUint32(0, (high & 0x000fffff) | (1022 << 20)) // mantissa in [0.5, 1)
  let mantissa = bits.getFloat64(0)
  if (mantissa < SQRT_HALF) {
    mantissa *= 2
    exponent -= 1
  }
  // ln m = 2 atanh s, s = (m − 1) / (m + 1), |s| ≤ 0.1716
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let series = 0
  for (let n = 25; n >= 3; n -= 2) series = square * (1 / n + series)
  return exponent * LN2_HIGH + (2 * s * (1 + series) + exponent * LN2_LOW)
}`,
  },
  SQRT_HALF: { source: `const SQRT_HALF = Math.SQRT1_2` },
  roundTo: {
    needs: ['roundBy'],
    source: `/**
 * Rounds to \`digits\` decimals, halves away from zero, on the number as it is written: 1.005 to two digits is 1.01.
 */
const roundTo = (x: number, digits: number): number => roundBy(x, digits, 'half up')`,
  },
  roundBy: {
    needs: ['RoundingMode', 'wholes', 'shiftDecimal'],
    source: `/** Rounds the size of a number as it is written, and keeps its sign. */
function roundBy(x: number, digits: number, mode: RoundingMode): number {
  if (!Number.isFinite(x) || Math.abs(x) >= Number.MAX_SAFE_INTEGER) return x
  const shifted = wholes[mode](shiftDecimal(Math.abs(x), digits))
  return Math.sign(x) * shiftDecimal(shifted, -digits)
}`,
  },
  RoundingMode: {
    source: `/** What becomes of the part that is cut off; \`half up\` takes halves away from zero, as money is rounded. */
type RoundingMode = 'half up' | 'half down' | 'half even' | 'up' | 'down'`,
  },
  wholes: {
    source: `const wholes: Readonly<Record<RoundingMode, (size: number) => number>> = {
  'half up': Math.round,
  'half down': (size) => Math.ceil(size - 0.5),
  'half even': (size) => {
    const low = Math.floor(size)
    return size - low === 0.5 ? low + (low % 2) : Math.round(size)
  },
  up: Math.ceil,
  down: Math.floor,
}`,
  },
  shiftDecimal: {
    source: `/** x · 10^digits by moving the decimal point in the text, which is exact. */
function shiftDecimal(x: number, digits: number): number {
  const [mantissa = '0', exponent = '0'] = String(x).split('e')
  return Number(\`\${mantissa}e\${Number(exponent) + digits}\`)
}`,
  },
  unary: {
    needs: ['OperatorForm', 'finite'],
    source: `const unary = (call: (a: number) => number): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'number' ? finite(call(a)) : null),
})`,
  },
  extreme: {
    needs: ['order'],
    source: `/** The first value that no other one precedes; null for an empty list, or where two have no order. */
function extreme(values: readonly Json[], sign: 1 | -1): Json {
  let best: Json | undefined
  for (const value of values) {
    const way: number | null = order(value, best ?? value)
    if (way === null) return null
    if (best === undefined || way * sign < 0) best = value
  }
  return best ?? null
}`,
  },
  order: {
    needs: ['compared'],
    source: `/** Negative, zero or positive for two numbers or two texts; else null. */
function order(a: Json, b: Json): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) : null
}`,
  },
  compared: {
    needs: ['instantOf'],
    source: `/** Two times with their offsets as instants, all other texts by code unit, so that ISO dates sort. */
function compared(a: string, b: string): number {
  const first = instantOf(a)
  const second = first === null ? null : instantOf(b)
  if (first !== null && second !== null) return first - second
  return a < b ? -1 : a > b ? 1 : 0
}`,
  },
  instantOf: {
    needs: ['parseMoment', 'instant'],
    source: `/** Of a time on a day with its offset, ms since the epoch; null for any other text. */
function instantOf(text: string): number | null {
  // Nearly every text that is compared is none: it is told by one sign.
  if (text.length < 17 || text[10] !== 'T') return null
  const moment = parseMoment(text)
  return moment === null || moment.offset === '' ? null : instant(moment)
}`,
  },
  parseMoment: {
    needs: ['Moment', 'parseDay', 'clock', 'SECOND', 'HOUR', 'MINUTE'],
    source: `function parseMoment(value: Json): Moment | null {
  const day = parseDay(value)
  if (!day || typeof value !== 'string') return null
  const midnight = Date.UTC(day.year, day.month - 1, day.day)
  if (value.length === 10) return { local: midnight, timed: false, offset: '' }
  const time = clock.exec(value.slice(11))
  if (!time) return null
  const [, hours, minutes, seconds = '0', fraction = '', offset = ''] = time
  const ms = Math.floor(Number(\`0\${fraction}\`) * SECOND)
  const within = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + ms
  return { local: midnight + within, timed: true, offset }
}`,
  },
  Moment: {
    source: `/** A day, or a time on a day with the offset that is written behind it. */
interface Moment {
  /** As if its offset were none. */
  readonly local: number
  readonly timed: boolean
  readonly offset: string
}`,
  },
  parseDay: {
    needs: ['Day'],
    source: `/** \`YYYY-MM-DD\`, alone or before a time; null for anything that is no day of the calendar. */
function parseDay(value: Json): Day | null {
  if (typeof value !== 'string') return null
  const found = /^(\\d{4})-(\\d{2})-(\\d{2})(?:$|T)/.exec(value)
  if (!found) return null
  const day = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) }
  // Below 100 \`Date.UTC\` means 19xx.
  if (day.year < 100) return null
  const back = new Date(Date.UTC(day.year, day.month - 1, day.day))
  return back.getUTCMonth() === day.month - 1 && back.getUTCDate() === day.day ? day : null
}`,
  },
  Day: {
    source: `/** A calendar day, without zone. */
interface Day {
  readonly year: number
  /** 1…12 */
  readonly month: number
  readonly day: number
}`,
  },
  clock: {
    source: `const clock =
  /^([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(\\.\\d{1,9})?)?(Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)?$/`,
  },
  SECOND: { source: `const SECOND = 1000` },
  HOUR: { needs: ['MINUTE'], source: `const HOUR = 60 * MINUTE` },
  MINUTE: { needs: ['SECOND'], source: `const MINUTE = 60 * SECOND` },
  instant: {
    needs: ['HOUR', 'MINUTE'],
    source: `const instant = ({ local, offset }: Moment): number => {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\\d\\d):(\\d\\d)$/.exec(offset) ?? []
  const east = Number(hours) * HOUR + Number(minutes) * MINUTE
  return local - (sign === '-' ? -east : east)
}`,
  },
  spread: {
    source: `/** One list, or the values themselves. */
const spread = (values: readonly Json[]): readonly Json[] =>
  values.length === 1 && Array.isArray(values[0]) ? (values[0] as readonly Json[]) : values`,
  },
  equal: {
    needs: ['Truth', 'compared', 'same', 'isObject'],
    source: `/** Equality of values of one type, of times as instants; null where a value is missing or the types differ. */
function equal(a: Json, b: Json): Truth {
  if (a === null || b === null || a === undefined || b === undefined) return null
  if (typeof a === 'string' && typeof b === 'string') return a === b || compared(a, b) === 0
  if (typeof a !== 'object') return typeof a === typeof b ? a === b : null
  if (Array.isArray(a)) return Array.isArray(b) ? same(a, b) : null
  return isObject(b) ? same(a, b) : null
}`,
  },
  Truth: {
    source: `/** true, false, or null for unknown. */
type Truth = boolean | null`,
  },
  same: {
    needs: ['isObject'],
    source: `/** Structural identity, null equal to null: two values that have the same JSON. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((value, index) => same(value, b[index] as Json))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && same(a[key] as Json, b[key] as Json))
}`,
  },
  isObject: {
    source: `const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)`,
  },
  not_of_compare: {
    needs: ['Truth'],
    source: `const not_of_compare = (a: Json): Truth => (a === true ? false : a === false ? true : null)`,
  },
  lt_of_compare: {
    needs: ['Truth', 'compared'],
    source: `function lt_of_compare(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a < b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) < 0 : null
}`,
  },
  lte_of_compare: {
    needs: ['Truth', 'compared'],
    source: `function lte_of_compare(a: Json, b: Json): Truth {
  if (typeof a === 'number') return typeof b === 'number' ? a <= b : null
  return typeof a === 'string' && typeof b === 'string' ? compared(a, b) <= 0 : null
}`,
  },
  gt_of_compare: {
    needs: ['Truth', 'lt_of_compare'],
    source: `const gt_of_compare = (a: Json, b: Json): Truth => lt_of_compare(b, a)`,
  },
  gte_of_compare: {
    needs: ['Truth', 'lte_of_compare'],
    source: `const gte_of_compare = (a: Json, b: Json): Truth => lte_of_compare(b, a)`,
  },
  between_of_compare: {
    needs: ['Truth', 'allOf', 'gte_of_compare', 'lte_of_compare'],
    source: `/** low ≤ value ≤ high, both ends in. */
const between_of_compare = (value: Json, low: Json, high: Json): Truth =>
  allOf([gte_of_compare(value, low), lte_of_compare(value, high)])`,
  },
  allOf: {
    needs: ['Truth'],
    source: `/** False as soon as one is false, else null as soon as one is not true. */
function allOf(values: readonly Json[]): Truth {
  let result: Truth = true
  for (const value of values) {
    if (value === false) return false
    if (value !== true) result = null
  }
  return result
}`,
  },
  inRange: {
    needs: ['asRange', 'equal', 'relations'],
    source: `/** Whether a value lies in a range; null where it is none, or cannot be compared. */
function inRange(value: Json, range: Json): boolean | null {
  const found = asRange(range, false)
  if (found === null || equal(value, found.start) === null) return null
  return relations['includes'](found, { start: value, end: value, startIn: true, endIn: true })
}`,
  },
  asRange: {
    needs: ['Range', 'isObject', 'order'],
    source: `/** The range that a value is; a single value is the range of itself alone. Null for anything else. */
function asRange(value: Json, points: boolean): Range | null {
  if (!isObject(value)) {
    const isPoint = points && order(value, value) !== null
    return isPoint ? { start: value, end: value, startIn: true, endIn: true } : null
  }
  const all = value as Readonly<Record<string, Json | undefined>>
  const { start = null, end = null } = all
  const [startIn, endIn] = [all['start included'], all['end included']]
  return typeof startIn === 'boolean' && typeof endIn === 'boolean' && order(start, end) !== null
    ? { start, end, startIn, endIn }
    : null
}`,
  },
  Range: {
    source: `interface Range {
  readonly start: Json
  readonly end: Json
  readonly startIn: boolean
  readonly endIn: boolean
}`,
  },
  relations: {
    needs: [
      'before',
      'turned',
      'meets_of_range',
      'overlapsBefore',
      'finishes_of_range',
      'includes_of_range',
      'starts_of_range',
      'alike',
    ],
    source: `/** DMN 1.4, table 78; a single value is taken as the closed range of itself, which gives what the table says of it. */
const relations = {
  before,
  after: turned(before),
  meets: meets_of_range,
  'met by': turned(meets_of_range),
  overlaps: (a, b) => !before(a, b) && !before(b, a),
  'overlaps before': overlapsBefore,
  'overlaps after': turned(overlapsBefore),
  finishes: finishes_of_range,
  'finished by': turned(finishes_of_range),
  includes: includes_of_range,
  during: turned(includes_of_range),
  starts: starts_of_range,
  'started by': turned(starts_of_range),
  coincides: (a, b) =>
    alike(a.start, b.start) &&
    alike(a.end, b.end) &&
    a.startIn === b.startIn &&
    a.endIn === b.endIn,
} as const satisfies Record<string, Relation>`,
  },
  before: {
    needs: ['Relation', 'less_of_range', 'alike'],
    source: `const before: Relation = (a, b) =>
  less_of_range(a.end, b.start) || (alike(a.end, b.start) && !(a.endIn && b.startIn))`,
  },
  Relation: { needs: ['Range'], source: `type Relation = (a: Range, b: Range) => boolean` },
  less_of_range: {
    needs: ['order'],
    source: `const less_of_range = (a: Json, b: Json): boolean => (order(a, b) ?? 0) < 0`,
  },
  alike: {
    needs: ['order'],
    source: `const alike = (a: Json, b: Json): boolean => order(a, b) === 0`,
  },
  turned: {
    needs: ['Relation'],
    source: `const turned =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a)`,
  },
  meets_of_range: {
    needs: ['Relation', 'alike'],
    source: `const meets_of_range: Relation = (a, b) => a.endIn && b.startIn && alike(a.end, b.start)`,
  },
  overlapsBefore: {
    needs: ['Relation', 'less_of_range', 'alike', 'before'],
    source: `const overlapsBefore: Relation = (a, b) =>
  (less_of_range(a.start, b.start) || (alike(a.start, b.start) && a.startIn && !b.startIn)) &&
  !before(a, b) &&
  (less_of_range(a.end, b.end) || (alike(a.end, b.end) && (!a.endIn || b.endIn)))`,
  },
  finishes_of_range: {
    needs: ['Relation', 'alike', 'less_of_range'],
    source: `const finishes_of_range: Relation = (a, b) =>
  a.endIn === b.endIn &&
  alike(a.end, b.end) &&
  (less_of_range(b.start, a.start) || (alike(a.start, b.start) && (!a.startIn || b.startIn)))`,
  },
  includes_of_range: {
    needs: ['Relation', 'less_of_range', 'alike'],
    source: `const includes_of_range: Relation = (a, b) =>
  (less_of_range(a.start, b.start) || (alike(a.start, b.start) && (a.startIn || !b.startIn))) &&
  (less_of_range(b.end, a.end) || (alike(a.end, b.end) && (a.endIn || !b.endIn)))`,
  },
  starts_of_range: {
    needs: ['Relation', 'alike', 'less_of_range'],
    source: `const starts_of_range: Relation = (a, b) =>
  a.startIn === b.startIn &&
  alike(a.start, b.start) &&
  (less_of_range(a.end, b.end) || (alike(a.end, b.end) && (!a.endIn || b.endIn)))`,
  },
  inList: {
    needs: ['Truth', 'anyOf', 'equal'],
    source: `/** Whether the list holds an equal value; unknown members leave it unknown unless another one is equal. */
function inList(value: Json, list: Json): Truth {
  if (value === null || value === undefined || !Array.isArray(list)) return null
  return anyOf(list.map((item) => equal(value, item as Json)))
}`,
  },
  anyOf: {
    needs: ['Truth'],
    source: `/** True as soon as one is true, else null as soon as one is not false. */
function anyOf(values: readonly Json[]): Truth {
  let result: Truth = false
  for (const value of values) {
    if (value === true) return true
    if (value !== false) result = null
  }
  return result
}`,
  },
  ofDay: {
    needs: ['Operator'],
    source: `const ofDay = (
  result: 'number' | 'text',
  words: Pick<Operator, 'title' | 'symbol' | 'help'>,
  call: (date: Json) => Json,
) =>
  ({
    group: 'date',
    arguments: [{ name: 'date', type: 'date' }],
    min: 1,
    max: 1,
    result,
    ...words,
    phrase: \`the \${words.symbol} of {0}\`,
    help: \`\${words.help} Null where it is no date.\`,
    form: { kind: 'unary', call },
  }) as const satisfies Operator`,
  },
  Operator: {
    needs: ['OperatorGroup', 'Argument', 'ValueType', 'OperatorForm'],
    source: `/** One of our own operators: what the builder, completion, help and the compiler know of it. */
interface Operator {
  readonly title: string
  /** How text writes it. */
  readonly symbol: string
  /** In a sentence, \`{0}\` and \`{1}\` taking the arguments and \`{*}\` all of them. */
  readonly phrase: string
  readonly group: OperatorGroup
  readonly arguments: readonly Argument[]
  readonly min: number
  readonly max: number
  readonly result: ValueType
  /** One or two sentences, with what null does. */
  readonly help: string
  readonly form: OperatorForm
}`,
  },
  OperatorGroup: {
    source: `type OperatorGroup =
  | 'comparison'
  | 'logic'
  | 'arithmetic'
  | 'list'
  | 'scope'
  | 'text'
  | 'date'
  | 'range'
  | 'lending'
  | 'value'`,
  },
  Argument: {
    needs: ['ValueType'],
    source: `interface Argument {
  readonly name: string
  readonly type: ValueType
}`,
  },
  ValueType: { source: `type ValueType = 'number' | 'text' | 'boolean' | 'date' | 'list' | 'any'` },
  named: {
    source: `const named = (names: readonly string[], number: number | null): Json =>
  number === null ? null : (names[number - 1] ?? null)`,
  },
  weekdays: {
    source: `const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']`,
  },
  weekdayOf: {
    needs: ['parseDay', 'number_of_dates'],
    source: `/** 1 is Monday. */
function weekdayOf(date: Json): number | null {
  const day = parseDay(date)
  // The first of January 1970 was a Thursday.
  return day && ((((number_of_dates(day) + 3) % 7) + 7) % 7) + 1
}`,
  },
  number_of_dates: {
    needs: ['DAY'],
    source: `const number_of_dates = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day) / DAY`,
  },
  DAY: { source: `const DAY = 86_400_000` },
  dayOfYear: {
    needs: ['parseDay', 'number_of_dates'],
    source: `function dayOfYear(date: Json): number | null {
  const day = parseDay(date)
  return day && number_of_dates(day) - number_of_dates({ year: day.year, month: 1, day: 1 }) + 1
}`,
  },
  months: {
    source: `const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]`,
  },
  monthOf: {
    needs: ['parseDay'],
    source: `const monthOf = (date: Json): number | null => parseDay(date)?.month ?? null`,
  },
  weekOfYear: {
    needs: ['parseDay', 'weekdayOf', 'number_of_dates', 'DAY'],
    source: `/** ISO 8601: the week of the day's own Thursday, counted in that day's year. */
function weekOfYear(date: Json): number | null {
  const day = parseDay(date)
  const weekday = weekdayOf(date)
  if (!day || weekday === null) return null
  const thursday = number_of_dates(day) - weekday + 4
  const year = new Date(thursday * DAY).getUTCFullYear()
  return Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) + 1
}`,
  },
  today_of_dates: {
    needs: ['INDIA'],
    source: `/** The day that the step's time falls on in the tenant's zone. */
function today_of_dates({ at, offset = INDIA }: Env): string | null {
  const date = new Date(at + offset * 60_000)
  if (Number.isNaN(date.getTime())) return null
  return date.toISOString().slice(0, 10)
}`,
  },
  INDIA: { source: `const INDIA = 330` },
  daysBetween: {
    needs: ['parseDay', 'number_of_dates'],
    source: `/** Days from the first to the second; negative backwards. */
function daysBetween(from: Json, to: Json): number | null {
  const [a, b] = [parseDay(from), parseDay(to)]
  return a && b ? number_of_dates(b) - number_of_dates(a) : null
}`,
  },
  monthsBetween: {
    needs: ['parseDay'],
    source: `/** Whole months from the first to the second, towards zero: 31 January to 28 February is 0. */
function monthsBetween(from: Json, to: Json): number | null {
  const [a, b] = [parseDay(from), parseDay(to)]
  if (!a || !b) return null
  const months = (b.year - a.year) * 12 + (b.month - a.month)
  if (months > 0 && b.day < a.day) return months - 1
  if (months < 0 && b.day > a.day) return months + 1
  return months
}`,
  },
  yearsBetween: {
    needs: ['monthsBetween'],
    source: `/** Whole years, towards zero: an age in completed years. */
function yearsBetween(from: Json, to: Json): number | null {
  const months = monthsBetween(from, to)
  return months === null ? null : Math.trunc(months / 12) + 0
}`,
  },
  addMonths: {
    needs: ['parseDay', 'format'],
    source: `/** The same day \`months\` later, or the last day of that month. */
function addMonths(date: Json, months: Json): string | null {
  const day = parseDay(date)
  if (!day || typeof months !== 'number' || !Number.isInteger(months)) return null
  const index = day.year * 12 + day.month - 1 + months
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  if (year < 100 || year > 9999) return null
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return format({ year, month, day: Math.min(day.day, last) })
}`,
  },
  format: {
    needs: ['pad'],
    source: `const format = ({ year, month, day }: Day): string =>
  \`\${pad(year, 4)}-\${pad(month, 2)}-\${pad(day, 2)}\``,
  },
  pad: { source: `const pad = (n: number, width: number) => String(n).padStart(width, '0')` },
  validator: {
    needs: ['Operator'],
    source: `const validator = (name: string, rule: string, test: (text: string) => boolean) =>
  ({
    group: 'text',
    arguments: [{ name: 'text', type: 'text' }],
    min: 1,
    max: 1,
    result: 'boolean',
    title: \`is \${name}\`,
    symbol: \`is \${name}\`,
    phrase: \`{0} is \${name}\`,
    help: \`\${rule} Null where the argument is missing or no text.\`,
    form: { kind: 'unary', call: (text) => (typeof text === 'string' ? test(text) : null) },
  }) as const satisfies Operator`,
  },
  isPan: {
    source: `/** The 4th letter is the type of the holder: P person, C company, H Hindu undivided family, F firm, … */
const isPan = (text: string): boolean => /^[A-Z]{3}[PCHFATBLJGE][A-Z]\\d{4}[A-Z]$/.test(text)`,
  },
  isAadhaar: {
    needs: ['isVerhoeff'],
    source: `/** Twelve digits, of which the last checks the others; blanks between groups of four are taken. */
function isAadhaar(text: string): boolean {
  const digits = text.replaceAll(' ', '')
  return /^(\\d{4} \\d{4} \\d{4}|\\d{12})$/.test(text) && /^[2-9]/.test(digits) && isVerhoeff(digits)
}`,
  },
  isVerhoeff: {
    needs: ['fold'],
    source: `/** Whether the last digit is right for those before it. */
const isVerhoeff = (digits: string): boolean => /^\\d+$/.test(digits) && fold(digits, 0) === 0`,
  },
  fold: {
    needs: ['permutation', 'product'],
    source: `const fold = (digits: string, from: number): number =>
  [...digits].reverse().reduce((check, digit, at) => {
    const turned = permutation[(at + from) % 8]?.[Number(digit)] ?? '0'
    return Number(product[check]?.[Number(turned)])
  }, 0)`,
  },
  permutation: {
    source: `const permutation = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
] as const`,
  },
  product: {
    source: `/** Multiplication in the dihedral group of order ten, and the permutation of each position (Verhoeff 1969). */
const product = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
] as const`,
  },
  isGstin: {
    needs: ['base36'],
    source: `/** State, PAN, entity, Z and a check digit: modulo 36 with weights 1 and 2 in turn, products folded. */
function isGstin(text: string): boolean {
  if (!/^(0[1-9]|[1-3]\\d|9[79])[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text)) return false
  const sum = Array.from(text.slice(0, 14)).reduce((total, letter, at) => {
    const weighted = base36.indexOf(letter) * (at % 2 === 0 ? 1 : 2)
    return total + Math.floor(weighted / 36) + (weighted % 36)
  }, 0)
  return base36[(36 - (sum % 36)) % 36] === text[14]
}`,
  },
  base36: { source: `const base36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'` },
  isIfsc: {
    source: `const isIfsc = (text: string): boolean => /^[A-Z]{4}0[A-Z0-9]{6}$/.test(text)`,
  },
  isTan: { source: `const isTan = (text: string): boolean => /^[A-Z]{4}\\d{5}[A-Z]$/.test(text)` },
  isMobile: {
    source: `/** Ten digits from 6, with or without the country or trunk prefix. */
const isMobile = (text: string): boolean => /^(\\+91[ -]?|0)?[6-9]\\d{9}$/.test(text)`,
  },
  isPincode: { source: `const isPincode = (text: string): boolean => /^[1-9]\\d{5}$/.test(text)` },
  isEmail: {
    source: `/** One address of usual form: the length limits of RFC 5321, a domain with a dot, no quotes and no literals. */
function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || name.length > 64 || text.length > 254) return false
  if (!/^[\\w!#$%&'*+/=?^\`{|}~.-]+$/.test(name) || /^\\.|\\.\\.|\\.$/.test(name)) return false
  const labels = domain.split('.')
  return (
    labels.length > 1 &&
    labels.every((label) => /^[\\da-zA-Z-]{1,63}$/.test(label) && !/^-|-$/.test(label)) &&
    /^[a-zA-Z]/.test(labels.at(-1) ?? '')
  )
}`,
  },
  emi_of_emi: {
    needs: ['roundTo', 'instalment'],
    source: `/** The instalment to the paisa. 500,000 at 14 % for 36 months is 17,088.81. */
const emi_of_emi = (amount: number, annualPercent: number, months: number): number =>
  roundTo(instalment(amount, annualPercent, months), 2)`,
  },
  instalment: {
    needs: ['monthlyRate', 'power_of_math'],
    source: `/**
 * Equated monthly instalment P·r(1+r)ⁿ / ((1+r)ⁿ−1), unrounded; P/n without interest.
 * NaN unless amount ≥ 0, rate ≥ 0 (percent a year) and \`months\` is whole and positive.
 */
function instalment(amount: number, annualPercent: number, months: number): number {
  if (!(amount >= 0) || !(annualPercent >= 0) || !Number.isInteger(months) || months < 1) return NaN
  if (annualPercent === 0) return amount / months
  const r = monthlyRate(annualPercent)
  const growth = power_of_math(1 + r, months)
  return Number.isFinite(growth) ? (amount * r * growth) / (growth - 1) : amount * r
}`,
  },
  monthlyRate: {
    source: `/** Interest for one month as a fraction, of an annual rate in percent. */
const monthlyRate = (annualPercent: number): number => annualPercent / 1200`,
  },
  numbers: {
    needs: ['OperatorForm', 'finite'],
    source: `/** All of them numbers, or null. */
const numbers = (call: (...values: number[]) => number): OperatorForm => ({
  kind: 'list',
  call: (values) =>
    values.every((value) => typeof value === 'number') ? finite(call(...values)) : null,
})`,
  },
  amountFor: {
    needs: ['instalment'],
    source: `/** The largest amount whose instalment does not pass \`payment\`, unrounded: the inverse of \`instalment\`. */
function amountFor(payment: number, annualPercent: number, months: number): number {
  const unit = instalment(1, annualPercent, months)
  return payment / unit
}`,
  },
  outstanding_of_emi: {
    needs: ['Repayment', 'instalment', 'roundTo', 'presentValue', 'monthlyRate'],
    source: `/** What is still owed of the principal after \`paid\` instalments, to the paisa. */
function outstanding_of_emi(amount: number, annualPercent: number, loan: Repayment): number {
  const { months, paid } = loan
  if (!Number.isInteger(paid) || paid < 0 || paid > months) return NaN
  const each = instalment(amount, annualPercent, months)
  return roundTo(presentValue(each, monthlyRate(annualPercent), months - paid), 2)
}`,
  },
  Repayment: {
    source: `interface Repayment {
  readonly months: number
  /** Instalments that are paid. */
  readonly paid: number
}`,
  },
  presentValue: {
    needs: ['power_of_math'],
    source: `/** What \`months\` payments are worth today, at \`r\` a month. */
function presentValue(payment: number, r: number, months: number): number {
  if (r === 0) return payment * months
  return (payment * (1 - 1 / power_of_math(1 + r, months))) / r
}`,
  },
  apr_of_emi: {
    needs: ['instalment', 'highestApr', 'presentValue', 'roundTo'],
    source: `/**
 * Annual percentage rate to two decimals: twelve times the monthly rate at which the instalments are worth what was
 * paid out, the amount less the fees. 500,000 at 14 % for 36 months with fees of 11,800 is 15.69 %.
 * NaN where nothing is paid out, or where the rate would be unbounded.
 */
function apr_of_emi(amount: number, annualPercent: number, months: number, fees: number): number {
  const paidOut = amount - fees
  const payment = instalment(amount, annualPercent, months)
  if (!(fees >= 0) || !(paidOut > 0) || !Number.isFinite(payment)) return NaN
  let [low, high] = [0, highestApr / 1200]
  if (presentValue(payment, high, months) > paidOut) return NaN
  // The worth falls as the rate rises; 60 halvings leave no digit of a double in doubt.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (presentValue(payment, middle, months) > paidOut) low = middle
    else high = middle
  }
  return roundTo(high * 1200, 2)
}`,
  },
  highestApr: {
    source: `/** A rate that this many percent a year does not reach has no value. */
const highestApr = 12_000`,
  },
  percent: {
    needs: ['roundTo'],
    source: `const percent = (part: number, whole: number): number =>
  whole > 0 ? roundTo((part / whole) * 100, 2) : NaN`,
  },
  rupees_of_lending: {
    needs: ['roundTo'],
    source: `/** Indian grouping, the last three digits and then twos: 1,00,102.03. */
function rupees_of_lending([amount = null, digits = 2]: readonly Json[]): Json {
  const isScale = typeof digits === 'number' && Number.isInteger(digits)
  if (typeof amount !== 'number' || !isScale || digits < 0 || digits > 4) return null
  const rounded = roundTo(amount, digits)
  if (Math.abs(rounded) >= 1e15) return null
  const [whole = '', fraction = ''] = Math.abs(rounded).toFixed(digits).split('.')
  const grouped = whole.replace(/(\\d)(?=(\\d\\d)*\\d{3}$)/g, '$1,')
  return \`\${rounded < 0 ? '-' : ''}₹\${grouped}\${fraction && \`.\${fraction}\`}\`
}`,
  },
  context_of_logical: {
    needs: ['isForbiddenKey'],
    source: `/** Names and values in turn; a name that is no text, or that could reach a prototype, is left out. */
function context_of_logical(values: readonly Json[]): Json {
  const entries: [string, Json][] = []
  for (let i = 0; i + 1 < values.length; i += 2) {
    const name = values[i]
    if (typeof name === 'string' && !isForbiddenKey(name))
      entries.push([name, values[i + 1] ?? null])
  }
  return Object.fromEntries(entries)
}`,
  },
  numbersFrom: {
    needs: ['longest'],
    source: `/** Both ends in, upwards or downwards. */
function numbersFrom(from: Json, to: Json): Json {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return null
  const [first, last] = [from as number, to as number]
  const count = Math.abs(last - first) + 1
  if (count > longest) return null
  const step = last < first ? -1 : 1
  return Array.from({ length: count }, (_, index) => first + step * index + 0)
}`,
  },
  longest: {
    source: `/** Longer runs of numbers have no value. */
const longest = 1000`,
  },
  longestGrown: {
    source: `/** Of longer lists nothing grows: each element costs as much as there are before it. */
const longestGrown = 10_000`,
  },
  most: {
    source: `/** More elements of joined lists have no value: lists within lists multiply. */
const most = 100_000`,
  },
  kinds: {
    needs: ['isObject', 'toDate', 'toTime', 'toDateTime', 'monthly'],
    source: `/** Days, times and durations are texts that write one; an instant is a day with a time. */
const kinds: Readonly<Record<string, (value: Json) => boolean>> = {
  Any: () => true,
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  context: (value) => isObject(value),
  date: (value) => typeof value === 'string' && value.length === 10 && toDate(value) === value,
  time: (value) => typeof value === 'string' && toTime(value) === value,
  'date and time': (value) => value !== null && toDateTime(value) === value,
  'years and months duration': (value) => monthly(value) === true,
  'days and time duration': (value) => monthly(value) === false,
}`,
  },
  toDate: {
    needs: ['parseMoment'],
    source: `/** The day of a day, or of a time on it. */
const toDate = (value: Json): string | null => {
  const moment = parseMoment(value)
  return moment && typeof value === 'string' ? value.slice(0, 10) : null
}`,
  },
  toTime: {
    needs: ['parseMoment', 'clock'],
    source: `/** A time of the day, alone or of a day. */
function toTime(value: Json): string | null {
  if (typeof value !== 'string') return null
  const time = parseMoment(value)?.timed === true ? value.slice(11) : value
  return clock.test(time) ? time : null
}`,
  },
  toDateTime: {
    needs: ['parseMoment', 'toTime'],
    source: `/** A day and a time of the day, or a text of both; a day alone is its midnight. */
function toDateTime(value: Json, time: Json = null): string | null {
  const moment = parseMoment(value)
  if (!moment || typeof value !== 'string') return null
  if (time !== null) {
    const clockTime = toTime(time)
    return clockTime && \`\${value.slice(0, 10)}T\${clockTime}\`
  }
  return moment.timed ? value : \`\${value}T00:00:00\`
}`,
  },
  monthly: {
    needs: ['durationSize', 'toDuration'],
    source: `function monthly(value: Json): boolean | null {
  if (durationSize(value) === null) return null
  return /^-?P(\\d+Y)?(\\d+M)?$/.test(toDuration(value) ?? '')
}`,
  },
  durationSize: {
    needs: ['parseDuration', 'SECOND'],
    source: `/** Months, or seconds: what two durations of one kind compare by. */
function durationSize(value: Json): number | null {
  const duration = parseDuration(value)
  if (!duration) return null
  return 'months' in duration ? duration.months : duration.ms / SECOND
}`,
  },
  parseDuration: {
    needs: ['Duration', 'written', 'DAY_of_times', 'HOUR', 'MINUTE', 'SECOND'],
    source: `/** ISO 8601: \`P1Y6M\`, or \`P10DT2H30M\`; null for anything else, and where months stand beside days. */
function parseDuration(value: Json): Duration | null {
  const found = typeof value === 'string' ? written.exec(value) : null
  if (!found || /[PT]$/.test(found[0])) return null
  const part = (index: number) => Number(found[index] ?? 0)
  const sign = found[1] === '-' ? -1 : 1
  const months = found[2] !== undefined || found[3] !== undefined
  const days = found[4] !== undefined || found[5] !== undefined
  if (months && days) return null
  if (months) return { months: sign * (part(2) * 12 + part(3)) + 0 }
  const ms = part(4) * DAY_of_times + part(6) * HOUR + part(7) * MINUTE + Math.round(part(8) * SECOND)
  return { ms: sign * ms + 0 }
}`,
  },
  Duration: {
    source: `/** A duration counts months or milliseconds, never both. */
type Duration = { readonly months: number } | { readonly ms: number }`,
  },
  written: {
    source: `const written =
  /^(-?)P(?:(\\d{1,6})Y)?(?:(\\d{1,6})M)?(?:(\\d{1,7})D)?(T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9}(?:\\.\\d{1,3})?)S)?)?$/`,
  },
  DAY_of_times: { needs: ['HOUR'], source: `const DAY_of_times = 24 * HOUR` },
  toDuration: {
    needs: ['parseDuration', 'formatDuration'],
    source: `/** The duration in its shortest form, so that equal ones are written alike. */
function toDuration(value: Json): string | null {
  const duration = parseDuration(value)
  return duration && formatDuration(duration)
}`,
  },
  formatDuration: {
    needs: ['Duration', 'unit', 'DAY_of_times', 'HOUR', 'MINUTE', 'SECOND'],
    source: `function formatDuration(duration: Duration): string {
  const all = 'months' in duration ? duration.months : duration.ms
  const size = Math.abs(all)
  const sign = all < 0 ? '-' : ''
  if ('months' in duration)
    return size === 0 ? 'P0M' : \`\${sign}P\${unit(Math.floor(size / 12), 'Y')}\${unit(size % 12, 'M')}\`
  if (size === 0) return 'PT0S'
  const time =
    unit(Math.floor((size % DAY_of_times) / HOUR), 'H') +
    unit(Math.floor((size % HOUR) / MINUTE), 'M') +
    unit((size % MINUTE) / SECOND, 'S')
  return \`\${sign}P\${unit(Math.floor(size / DAY_of_times), 'D')}\${time && \`T\${time}\`}\`
}`,
  },
  unit: {
    source: `const unit = (count: number, name: string): string => (count === 0 ? '' : \`\${count}\${name}\`)`,
  },
  atPlace: {
    needs: ['indexIn'],
    source: `const atPlace =
  (call: (items: readonly Json[], index: number, value: Json) => readonly Json[]) =>
  (items: Json, place: Json, value: Json = null): Json => {
    if (!Array.isArray(items)) return null
    const index = indexIn(items, place)
    return index === null ? null : call(items, index, value)
  }`,
  },
  indexIn: {
    source: `/** The index of a place that the list has; null where it has none. */
function indexIn(items: readonly Json[], place: Json): number | null {
  if (typeof place !== 'number' || !Number.isInteger(place) || place === 0) return null
  const index = place > 0 ? place - 1 : items.length + place
  return index >= 0 && index < items.length ? index : null
}`,
  },
  sortedBy: {
    needs: ['OperatorForm', 'order'],
    source: `/** By what comes of each element; elements that are alike keep their order. */
const sortedBy = (sign: 1 | -1): OperatorForm => ({
  kind: 'scoped',
  call: (items, body) => {
    if (!Array.isArray(items)) return null
    const keyed = (items as readonly Json[]).map((each) => [body(each), each] as const)
    const [first] = keyed
    if (!keyed.every(([key]) => order(key, first?.[0] ?? null) !== null)) return null
    return keyed.toSorted(([a], [b]) => sign * (order(a, b) ?? 0)).map(([, each]) => each)
  },
})`,
  },
  unary_of_list: {
    needs: ['OperatorForm'],
    source: `const unary_of_list = (call: (list: readonly Json[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) => (Array.isArray(list) ? call(list as readonly Json[]) : null),
})`,
  },
  mean: {
    needs: ['finite'],
    source: `function mean(values: readonly Json[]): Json {
  let sum = 0
  for (const value of values) {
    if (typeof value !== 'number') return null
    sum += value
  }
  return values.length === 0 ? null : finite(sum / values.length)
}`,
  },
  distinct: {
    needs: ['canonicalJson'],
    source: `/** Each value once, where it first stands. */
function distinct(values: readonly Json[]): readonly Json[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = canonicalJson(value)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}`,
  },
  canonicalJson: {
    needs: ['isObject'],
    source: `/** JSON with the keys of every object sorted: equal values give equal text, fit for hashing. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return \`[\${value.map(canonicalJson).join(',')}]\`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => \`\${JSON.stringify(key)}:\${canonicalJson(value[key] as Json)}\`)
  return \`{\${entries.join(',')}}\`
}`,
  },
  itemOf: {
    source: `/** Counted from 1; from the end where it is negative. */
function itemOf(list: Json, place: Json): Json {
  if (!Array.isArray(list) || typeof place !== 'number' || !Number.isInteger(place)) return null
  return ((list as readonly Json[]).at(place > 0 ? place - 1 : place) as Json | undefined) ?? null
}`,
  },
  fieldOf: {
    needs: ['isForbiddenKey', 'own_of_path'],
    source: `function fieldOf(from: Json, name: Json): Json {
  if (typeof name !== 'string' || isForbiddenKey(name)) return null
  if (Array.isArray(from)) return (from as readonly Json[]).map((each) => fieldOf(each, name))
  return typeof from === 'object' ? (own_of_path(from, name) ?? null) : null
}`,
  },
  onItems: {
    needs: ['OperatorForm'],
    source: `const onItems = (
  call: (items: readonly Json[], body: (item: Json) => Json) => Json,
): OperatorForm => ({
  kind: 'scoped',
  call: (list, body) => (Array.isArray(list) ? call(list as readonly Json[], body) : null),
})`,
  },
  unary_of_number: {
    needs: ['OperatorForm'],
    source: `const unary_of_number = (call: (a: number) => Json): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'number' ? call(a) : null),
})`,
  },
  fromEntries: {
    needs: ['isObject', 'isForbiddenKey'],
    source: `/** Of entries with key and value; null where one is none, or a key comes twice. */
function fromEntries(list: Json): Json {
  if (!Array.isArray(list)) return isObject(list) ? fromEntries([list as JsonObject]) : null
  const entries = new Map<string, Json>()
  for (const entry of list as readonly Json[]) {
    if (!isObject(entry) || !Object.hasOwn(entry, 'value')) return null
    const { key, value } = entry
    if (typeof key !== 'string' || isForbiddenKey(key) || entries.has(key)) return null
    entries.set(key, value as Json)
  }
  return Object.fromEntries(entries)
}`,
  },
  withEntry: {
    needs: ['isObject', 'isForbiddenKey'],
    source: `/** The object with a value under a key, or under keys that lead down; what is not there on the way is made. */
function withEntry(from: Json, key: Json, value: Json): Json {
  if (!isObject(from)) return null
  const [first, ...rest] = Array.isArray(key) ? (key as readonly Json[]) : [key]
  if (typeof first !== 'string' || isForbiddenKey(first)) return null
  const all = from as JsonObject
  if (rest.length === 0) return { ...all, [first]: value }
  const inner = withEntry(Object.hasOwn(all, first) ? (all[first] ?? {}) : {}, rest, value)
  return inner === null ? null : { ...all, [first]: inner }
}`,
  },
  merged_of_object: {
    needs: ['isObject'],
    source: `function merged_of_object(list: Json): Json {
  if (!Array.isArray(list) || !list.every(isObject)) return null
  return Object.assign({}, ...list) as Json
}`,
  },
  Pattern: {
    source: `/**
 * Regular expressions that cannot hang: RE2's, matched in time linear in the text. There are no references back and no
 * looking around, which would need more.
 */
interface Pattern {
  test(text: string): boolean
  /** \`$1\` in the replacement is the first group, \`$0\` the whole, \`\\$\` a dollar sign. */
  replace(text: string, replacement: string): string
  split(text: string): readonly string[]
}`,
  },
  longestText: {
    source: `/** Characters; longer texts have no answer. */
const longestText = 10_000`,
  },
  Compiled: {
    needs: ['Pattern'],
    source: `type Compiled = { readonly pattern: Pattern } | { readonly problem: string }`,
  },
  kept: { source: `const kept = new Map<string, Compiled>()` },
  rangeOf: {
    needs: ['order'],
    source: `/** A range as a value, as FEEL names its parts. */
const rangeOf = (start: Json, end: Json, startIn: Json, endIn: Json): Json => {
  const ordered = order(start, end)
  if (ordered === null || ordered > 0) return null
  if (typeof startIn !== 'boolean' || typeof endIn !== 'boolean') return null
  return { start, end, 'start included': startIn, 'end included': endIn }
}`,
  },
  relation: {
    needs: ['RangeRelation', 'related', 'Operator'],
    source: `const relation = (name: RangeRelation, meaning: string) =>
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
    phrase: \`{0} \${name} {1}\`,
    help: \`\${meaning} Of ranges such as [1..5), or of values. Null where one is neither, or they cannot be compared.\`,
    form: { kind: 'binary', call: (a, b) => related(name, a, b) },
  }) as const satisfies Operator`,
  },
  RangeRelation: { needs: ['relations'], source: `type RangeRelation = keyof typeof relations` },
  related: {
    needs: ['RangeRelation', 'asRange', 'order', 'relations'],
    source: `/** How two ranges, or values, lie; null where one is neither, or they cannot be compared. */
function related(name: RangeRelation, one: Json, other: Json): boolean | null {
  const [a, b] = [asRange(one, true), asRange(other, true)]
  if (a === null || b === null || order(a.start, b.start) === null) return null
  return relations[name](a, b)
}`,
  },
  to: {
    needs: ['RoundingMode', 'OperatorForm', 'isScale', 'finite', 'roundBy'],
    source: `const to = (mode: RoundingMode): OperatorForm => ({
  kind: 'list',
  call: ([value = null, scale = 0]: readonly Json[]) =>
    typeof value === 'number' && isScale(scale) ? finite(roundBy(value, scale, mode)) : null,
})`,
  },
  isScale: {
    source: `const isScale = (scale: Json): scale is number =>
  typeof scale === 'number' && Number.isInteger(scale) && Math.abs(scale) <= 15`,
  },
  unary_of_sequence: {
    needs: ['OperatorForm'],
    source: `const unary_of_sequence = (call: (list: readonly Json[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) => (Array.isArray(list) ? call(list as readonly Json[]) : null),
})`,
  },
  flattest: {
    source: `/** Deeper lists are left as they are. */
const flattest = 200`,
  },
  sorted_of_sequence: {
    needs: ['order'],
    source: `function sorted_of_sequence(values: readonly Json[]): Json {
  const [first = null] = values
  const comparable = values.every((value) => order(value, first) !== null)
  return comparable ? values.toSorted((a, b) => order(a, b) ?? 0) : values.length === 0 ? [] : null
}`,
  },
  partOfList: {
    needs: ['isWhole'],
    source: `function partOfList([list, start, length]: readonly Json[], given: number): Json {
  if (!Array.isArray(list) || !isWhole(start) || start === 0) return null
  const from = start > 0 ? start - 1 : list.length + start
  if (from < 0 || from > list.length) return null
  if (given < 3) return list.slice(from) as Json[]
  return isWhole(length) && length >= 0 ? (list.slice(from, from + length) as Json[]) : null
}`,
  },
  isWhole: {
    source: `const isWhole = (value: Json | undefined): value is number => Number.isInteger(value)`,
  },
  joinTexts: {
    source: `function joinTexts([list, between = '']: readonly Json[]): Json {
  if (!Array.isArray(list) || typeof between !== 'string') return null
  const texts = (list as readonly Json[]).filter((each) => each !== null)
  return texts.every((each) => typeof each === 'string') ? texts.join(between) : null
}`,
  },
  ofNumbers: {
    needs: ['OperatorForm'],
    source: `const ofNumbers = (call: (values: readonly number[]) => Json): OperatorForm => ({
  kind: 'unary',
  call: (list) =>
    Array.isArray(list) && list.every((each) => typeof each === 'number') ? call(list) : null,
})`,
  },
  deviation: {
    needs: ['finite'],
    source: `/** Of a sample: over one less than there are. */
function deviation(values: readonly number[]): Json {
  if (values.length < 2) return null
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return finite(Math.sqrt(squares / (values.length - 1)))
}`,
  },
  modes: {
    needs: ['order'],
    source: `function modes(values: readonly number[]): Json {
  const counts = new Map<number, number>()
  // -0 and 0 are one key of a map.
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1)
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0)
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([value]) => value + 0)
    .toSorted((a, b) => order(a, b) ?? 0)
}`,
  },
  concat_of_text: {
    source: `function concat_of_text(values: readonly Json[]): Json {
  let result = ''
  for (const value of values) {
    if (value === null || value === undefined || typeof value === 'object') return null
    result += String(value)
  }
  return result
}`,
  },
  unary_of_text: {
    needs: ['OperatorForm'],
    source: `const unary_of_text = (call: (a: string) => Json): OperatorForm => ({
  kind: 'unary',
  call: (a) => (typeof a === 'string' ? call(a) : null),
})`,
  },
  binary_of_text: {
    needs: ['OperatorForm'],
    source: `const binary_of_text = (call: (a: string, b: string) => Json): OperatorForm => ({
  kind: 'binary',
  call: (a, b) => (typeof a === 'string' && typeof b === 'string' ? call(a, b) : null),
})`,
  },
  partOfText: {
    source: `function partOfText([text, from, length]: readonly Json[]): Json {
  if (typeof text !== 'string' || typeof from !== 'number' || !Number.isInteger(from)) return null
  if (length !== undefined && (typeof length !== 'number' || !Number.isInteger(length))) return null
  const signs = [...text]
  const start = from > 0 ? from - 1 : Math.max(0, signs.length + from)
  if (from === 0 || (length !== undefined && length < 1)) return null
  return signs.slice(start, length === undefined ? undefined : start + length).join('')
}`,
  },
  toNumber: {
    needs: ['swapped', 'finite'],
    source: `/** A grouping separator is a blank, comma or point, a decimal one a comma or point; null stands for none. */
function toNumber([text, grouping = null, decimal = null]: readonly Json[]): Json {
  if (typeof text !== 'string' || (grouping !== null && grouping === decimal)) return null
  if (grouping !== null && (typeof grouping !== 'string' || !/^[ ,.]$/.test(grouping))) return null
  if (decimal !== null && (typeof decimal !== 'string' || !/^[,.]$/.test(decimal))) return null
  const whole = grouping === null ? text : text.replaceAll(grouping, '')
  const plain = decimal === null || decimal === '.' ? whole : whole.replace(/\\.|,/g, swapped)
  return /^-?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?$/i.test(plain) ? finite(Number(plain)) : null
}`,
  },
  swapped: {
    source: `/** A point is none where the comma divides. */
const swapped = (sign: string): string => (sign === ',' ? '.' : ',')`,
  },
  plusTime: {
    needs: ['parseDuration', 'together', 'later'],
    source: `/** A day or time and a duration, or two durations. */
function plusTime(a: Json, b: Json): string | null {
  const [first, second] = [parseDuration(a), parseDuration(b)]
  if (first && second) return together(first, second, 1)
  if (second) return later(a, second, 1)
  return first ? later(b, first, 1) : null
}`,
  },
  together: {
    needs: ['Duration', 'formatDuration'],
    source: `/** Two durations of one kind; null where they differ. */
function together(a: Duration, b: Duration, sign: 1 | -1): string | null {
  if ('months' in a)
    return 'months' in b ? formatDuration({ months: a.months + sign * b.months }) : null
  return 'ms' in b ? formatDuration({ ms: a.ms + sign * b.ms }) : null
}`,
  },
  later: {
    needs: ['Duration', 'parseMoment', 'formatMoment', 'addMonths'],
    source: `function later(from: Json, duration: Duration, sign: 1 | -1): string | null {
  const moment = parseMoment(from)
  if (!moment || typeof from !== 'string') return null
  if ('ms' in duration) return formatMoment({ ...moment, local: moment.local + sign * duration.ms })
  const day = addMonths(from, sign * duration.months)
  return day === null ? null : day + from.slice(10)
}`,
  },
  formatMoment: {
    source: `function formatMoment({ local, timed, offset }: Moment): string | null {
  const date = new Date(local)
  if (Number.isNaN(date.getTime())) return null
  const text = date.toISOString()
  if (!/^\\d{4}-/.test(text) || text < '0100') return null
  if (!timed) return text.slice(0, 10)
  return text.slice(0, 19) + (text.slice(19, 23) === '.000' ? '' : text.slice(19, 23)) + offset
}`,
  },
  minusTime: {
    needs: ['parseDuration', 'together', 'later', 'parseMoment', 'formatDuration', 'instant'],
    source: `/** A duration back from a day or time, the duration between two of them, or two durations. */
function minusTime(a: Json, b: Json): string | null {
  const [first, second] = [parseDuration(a), parseDuration(b)]
  if (first && second) return together(first, second, -1)
  if (second) return later(a, second, -1)
  const [to, from] = [parseMoment(a), parseMoment(b)]
  if (!to || !from || (to.offset === '') !== (from.offset === '')) return null
  return formatDuration({ ms: instant(to) - instant(from) })
}`,
  },
  dateOf: {
    needs: ['toDate'],
    source: `function dateOf(year: Json, month: Json, day: Json): string | null {
  const parts = [year, month, day]
  if (!parts.every((part) => typeof part === 'number' && Number.isInteger(part) && part >= 0))
    return null
  const [y, m, d] = parts.map(String) as [string, string, string]
  return toDate(\`\${y.padStart(4, '0')}-\${m.padStart(2, '0')}-\${d.padStart(2, '0')}\`)
}`,
  },
  monthsDuration: {
    needs: ['monthsBetween', 'formatDuration'],
    source: `function monthsDuration(from: Json, to: Json): string | null {
  const months = monthsBetween(from, to)
  return months === null ? null : formatDuration({ months })
}`,
  },
  timePart: {
    needs: [
      'timeParts',
      'parseDuration',
      'ofMonths',
      'ofSpan',
      'parseMoment',
      'ofMoment',
      'ofTime',
      'toTime',
      'timeOnly',
    ],
    source: `/** \`year\`, \`month\`, \`day\`, \`weekday\` (1 is Monday), \`hour\`, \`minute\`, \`second\`; of a duration \`years\` … \`seconds\`. */
function timePart(value: Json, name: Json): number | null {
  if (typeof name !== 'string' || !timeParts.includes(name)) return null
  const duration = parseDuration(value)
  if (duration && 'months' in duration) return ofMonths[name]?.(duration.months) ?? null
  if (duration) return ofSpan[name]?.(duration.ms) ?? null
  const time = parseMoment(value)
  if (time)
    return (
      (time.timed ? { ...ofMoment, ...ofTime } : ofMoment)[name]?.(new Date(time.local)) ?? null
    )
  const alone = toTime(value)
  return alone === null ? null : timeOnly(\`2000-01-01T\${alone}\`, name)
}`,
  },
  timeParts: {
    needs: ['ofMoment', 'ofTime', 'ofMonths', 'ofSpan'],
    source: `const timeParts: readonly string[] = [ofMoment, ofTime, ofMonths, ofSpan].flatMap(
  Object.keys,
)`,
  },
  ofMoment: {
    source: `const ofMoment: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => date.getUTCFullYear(),
  month: (date) => date.getUTCMonth() + 1,
  day: (date) => date.getUTCDate(),
  weekday: (date) => date.getUTCDay() || 7,
}`,
  },
  ofTime: {
    needs: ['ofMoment'],
    source: `const ofTime: typeof ofMoment = {
  hour: (date) => date.getUTCHours(),
  minute: (date) => date.getUTCMinutes(),
  second: (date) => date.getUTCSeconds(),
}`,
  },
  ofMonths: {
    source: `const ofMonths: Readonly<Record<string, (months: number) => number>> = {
  years: (months) => Math.trunc(months / 12) + 0,
  months: (months) => (months % 12) + 0,
}`,
  },
  ofSpan: {
    needs: ['DAY_of_times', 'HOUR', 'MINUTE', 'SECOND'],
    source: `const ofSpan: Readonly<Record<string, (ms: number) => number>> = {
  days: (ms) => Math.trunc(ms / DAY_of_times) + 0,
  hours: (ms) => (Math.trunc(ms / HOUR) % 24) + 0,
  minutes: (ms) => (Math.trunc(ms / MINUTE) % 60) + 0,
  seconds: (ms) => (ms % MINUTE) / SECOND + 0,
}`,
  },
  timeOnly: {
    needs: ['ofTime', 'parseMoment'],
    source: `const timeOnly = (value: string, name: string): number | null =>
  ofTime[name]?.(new Date(parseMoment(value)?.local ?? NaN)) ?? null`,
  },
  now_of_times: {
    needs: ['formatMoment', 'MINUTE'],
    source: `/** The step's time in the tenant's zone. */
function now_of_times({ at, offset = 330 }: Env): string | null {
  const sign = offset < 0 ? '-' : '+'
  const pad = (count: number) => String(Math.floor(Math.abs(count))).padStart(2, '0')
  const zone = \`\${sign}\${pad(offset / 60)}:\${pad(Math.abs(offset) % 60)}\`
  return formatMoment({ local: at + offset * MINUTE, timed: true, offset: zone })
}`,
  },
  toJson: {
    source: `/** What JSON makes of a result: no NaN, no infinity, nothing undefined. */
function toJson(value: Json | undefined): Json {
  if (value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJson)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]))
}`,
  },
  Call: {
    source: `/** JsonLogic's own operators, with its coercions: for rules that come from elsewhere. */
type Call = (args: readonly Json[], data: Json) => Json`,
  },
}
