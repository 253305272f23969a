import type { CompiledNode } from '#core/compile/program.ts'
import { MetisError } from '#core/errors.ts'
import { isObject } from '#core/json.ts'
import { sentence, type MessageCode, type MessageParams } from '#core/messages/catalogue.ts'
import type { Failure } from '#core/step/types.ts'

export const failureOf = (code: MessageCode, params: MessageParams): Failure => ({
  code,
  message: sentence(code, params),
  params,
})

export function thrownFailure(node: CompiledNode, error: unknown): Failure {
  if (error instanceof MetisError)
    return { code: error.code, message: error.message, params: error.params }
  const detail = error instanceof Error ? error.message : String(error)
  return failureOf('NODE_FAILED', { node: node.id, detail })
}

export const isFailure = (value: unknown): value is Failure =>
  isObject(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
