import { existsSync, readFileSync } from 'node:fs'
import { TerminalError } from '#core/errors.ts'

/** A bearer token and who bears it, as the history tells. */
export interface NamedToken {
  readonly name: string
  readonly token: string
}

const shortest = 20
/** Who stands in the history otherwise. */
const taken = ['token', 'owner', 'anonymous', 'engine', 'metis']
const line = /^([a-z][a-z0-9._@-]{0,63})\s+(\S+)$/i

/**
 * Tokens of their own for people and programs, one in a line: a name and the token. Empty lines and those that begin with
 * `#` are passed over. None where there is no such file. What is wrong is told with its line and never with the token.
 * @throws TerminalError TOKENS_INVALID
 */
export function loadNamedTokens(file: string): NamedToken[] {
  if (!existsSync(file)) return []
  const found: NamedToken[] = []
  for (const [index, text] of readFileSync(file, 'utf8').split(/\r?\n/).entries()) {
    if (text.trim() === '' || text.trim().startsWith('#')) continue
    const refuse = (detail: string): never => {
      throw new TerminalError('TOKENS_INVALID', { file, line: index + 1, detail })
    }
    const [, name = '', token = ''] = line.exec(text.trim()) ?? refuse('write a name and a token')
    if (taken.includes(name.toLowerCase())) refuse(`"${name}" is a name of the product itself`)
    if (token.length < shortest) refuse(`the token has fewer than ${shortest} characters`)
    if (found.some((other) => other.name === name)) refuse(`"${name}" has a token already`)
    if (found.some((other) => other.token === token)) refuse('another name has this token')
    found.push({ name, token })
  }
  return found
}
