import { isObject, type Json } from '#core/json.ts'
import { elementNameAt } from '#core/logic/tree.ts'

/** What gives names around a place in a text; of several frames the last is the nearest. */
export type Frame =
  /** An iteration's element, or an earlier entry of an object. */
  | { readonly kind: 'name'; readonly name: string; readonly path: string }
  /** A filter's element, whose fields stand there by their bare names. */
  | { readonly kind: 'element'; readonly path: string }

/** The name of a filter's element in the logic. */
export const elementName = (frames: readonly Frame[]): string =>
  elementNameAt(frames.filter(({ kind }) => kind === 'element').length)

/**
 * What a name reads: the field of the nearest filter's element that has it, else what an iteration calls so, else the
 * path `outside`. `field` is the name as a field of an element.
 */
export function resolved(
  frames: readonly Frame[],
  name: string,
  paths: { readonly field: string; readonly outside: string },
): Json {
  const fields: string[] = []
  let last = paths.outside
  for (const frame of frames.toReversed()) {
    if (frame.kind === 'element') {
      fields.push(`${frame.path}.${paths.field}`)
    } else if (frame.name === name) {
      last = frame.path
      break
    }
  }
  return fields.reduceRight<Json>((otherwise, field) => ({ var: [field, otherwise] }), {
    var: last,
  })
}

/** The paths that logic tries in turn, if it is no more than that. */
export function pathsOf(logic: Json): readonly string[] | null {
  if (!isObject(logic) || Object.keys(logic).length !== 1) return null
  const { var: written } = logic as { readonly var?: Json }
  if (typeof written === 'string') return [written]
  const [first, otherwise, ...more] = Array.isArray(written) ? (written as readonly Json[]) : []
  if (typeof first !== 'string' || otherwise === undefined || more.length > 0) return null
  const rest = pathsOf(otherwise)
  return rest && [first, ...rest]
}

/** The same field of whatever the logic reads. */
export const withField = (paths: readonly string[], field: string): Json => {
  const [last = '', ...before] = paths.map((path) => `${path}.${field}`).toReversed()
  return before.reduce<Json>((otherwise, path) => ({ var: [path, otherwise] }), { var: last })
}
