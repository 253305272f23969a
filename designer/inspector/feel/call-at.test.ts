import { describe, expect, it } from 'vitest'
import { feelFunctions } from '#core/logic/feel/functions.ts'
import { callAt } from './call-at.ts'

/** The call at `|`, as its name and the argument there. */
function at(marked: string): string | null {
  const place = marked.indexOf('|')
  const found = callAt(marked.replace('|', ''), place, feelFunctions)
  if (found === null) return null
  const { called, parameters, active } = found
  const [from, to] = parameters[active] ?? [0, 0]
  return `${called.name}: ${called.signature.slice(from, to)}`
}
const argument = (name: string, index: number): string => {
  const { signature = '' } = feelFunctions.find((each) => each.name === name) ?? {}
  return `${name}: ${signature.slice(signature.indexOf('(') + 1, -1).split(', ')[index] ?? ''}`
}

describe('the call in which the caret stands', () => {
  it('[R694] is the innermost one, with the argument that is being written', () => {
    expect(at('substring(|')).toBe(argument('substring', 0))
    expect(at('substring(name, |')).toBe(argument('substring', 1))
    expect(at('substring(name, 1, |2) + 1')).toBe(argument('substring', 2))
    expect(at('substring(name, max(a, |b), 2)')).toBe(at('max(a, |b)'))
    expect(at('substring(name, max(a, b)|, 2)')).toBe(argument('substring', 1))
    expect(at('substring(name, (1 + |2), 2)')).toBe(argument('substring', 1))
    expect(at('> round(income |, 2)')).toBe(argument('round', 0))
  })

  it('[R694] knows names of several words, and none that only ends alike', () => {
    expect(at('string length(|')).toBe(argument('string length', 0))
    expect(at('substring  after(a, |')).toBe(argument('substring after', 1))
    expect(at('my_max(|')).toBeNull()
    expect(at('unheard(|')).toBeNull()
  })

  it('[R694] is none in a bare bracket, outside of calls and in an unfinished text there', () => {
    for (const text of ['|', '(|', 'max(a)|', '[1, |', '"max(|"', 'a in (1, |2)'])
      expect(at(text)).toBeNull()
    expect(at('substring("a, b(", |')).toBe(argument('substring', 1))
    expect(at('substring("a, |')).toBe(argument('substring', 0))
  })

  it('[R694] has each function’s arguments at their places in its signature', () => {
    for (const { name, signature } of feelFunctions) {
      const found = callAt(`${name}(`, name.length + 1, feelFunctions)
      expect(found?.called.signature).toBe(signature)
      const told = found?.parameters.map(([from, to]) => signature.slice(from, to)) ?? []
      expect(`${signature.slice(0, signature.indexOf('('))}(${told.join(', ')})`).toBe(signature)
    }
  })
})
