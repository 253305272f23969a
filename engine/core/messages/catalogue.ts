import { coreMessages } from '#core/messages/core.ts'
import { engineMessages } from '#core/messages/engine.ts'
import { nodeMessages } from '#core/messages/nodes.ts'
import { operationMessages } from '#core/messages/operations.ts'

/**
 * Every sentence that the engine says to a person, by code. `{name}` takes a parameter; `{name|row|rows}` takes the first
 * word where the parameter is 1, and else the second. A sentence says what is wrong, where, and what to do.
 */
const messages = { ...coreMessages, ...engineMessages, ...nodeMessages, ...operationMessages }
export type MessageCode = keyof typeof messages
export type MessageParams = Readonly<Record<string, string | number>>

export const isMessageCode = (code: string): code is MessageCode => Object.hasOwn(messages, code)

/** Fills the parameters into a sentence; an unknown parameter stays visible as `{name}`. */
export const fill = (template: string, params: MessageParams): string =>
  template.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = params[name]
      if (value === undefined || one === undefined || many === undefined)
        return String(value ?? whole)
      return String(value) === '1' ? one : many
    },
  )

export const sentence = (code: MessageCode, params: MessageParams = {}): string =>
  fill(messages[code], params)
