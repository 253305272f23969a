import { isObject, type JsonObject } from '#core/json.ts'

/** What a node’s inputs give a decision: an object given as `input` is its input itself, the others stand beside its fields. */
export function decisionInput(inputs: JsonObject): JsonObject {
  const { input, ...others } = inputs
  return isObject(input) ? { ...(input as JsonObject), ...others } : inputs
}
