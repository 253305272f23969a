import type { BuildFunction } from '#core/decision/generate.ts'

/** For Node. The text is the core's own, in which a document stands as literals only; no text from outside comes here. */
export const buildFunction: BuildFunction = (parameter, body) =>
  // What it is made from has this type.
  new Function(parameter, body) as ReturnType<BuildFunction>
