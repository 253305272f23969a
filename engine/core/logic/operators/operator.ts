import type { Json } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'

export type ValueType = 'number' | 'text' | 'boolean' | 'date' | 'list' | 'any'
type OperatorGroup =
  | 'comparison'
  | 'logic'
  | 'arithmetic'
  | 'list'
  | 'scope'
  | 'text'
  | 'date'
  | 'range'
  | 'lending'
  | 'value'

/** How an operator is called. Every form is total: it never throws, and gives null where it has no answer. */
export type OperatorForm =
  | { readonly kind: 'unary'; readonly call: (a: Json) => Json }
  | { readonly kind: 'binary'; readonly call: (a: Json, b: Json) => Json }
  | { readonly kind: 'ternary'; readonly call: (a: Json, b: Json, c: Json) => Json }
  | { readonly kind: 'list'; readonly call: (values: readonly Json[]) => Json }
  | { readonly kind: 'clock'; readonly call: (env: Env) => Json }
  /**
   * Its second argument is written `{ as, do }` and is logic over each element, by the name that `as` gives it; what
   * `sofar` is given, the body reads as `partial`.
   */
  | {
      readonly kind: 'scoped'
      readonly call: (list: Json, body: (item: Json, sofar?: Json) => Json) => Json
    }

interface Argument {
  readonly name: string
  readonly type: ValueType
}

/** One of our own operators: what the builder, completion, help and the compiler know of it. */
export interface Operator {
  readonly title: string
  /** How text writes it. */
  readonly symbol: string
  /** In a sentence, `{0}` and `{1}` taking the arguments and `{*}` all of them. */
  readonly phrase: string
  readonly group: OperatorGroup
  readonly arguments: readonly Argument[]
  readonly min: number
  readonly max: number
  readonly result: ValueType
  /** One or two sentences, with what null does. */
  readonly help: string
  readonly form: OperatorForm
}

/** Overflow and undefined results have no value; −0 is 0, as JSON writes it. */
export const finite = (x: number): number | null => (Number.isFinite(x) ? x + 0 : null)
