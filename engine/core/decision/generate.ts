import { certainCondition, type CertainType } from '#core/decision/certain.ts'
import { beginPart, newDraft, toResult } from '#core/decision/draft.ts'
import type { Layout } from '#core/decision/layout.ts'
import {
  tryUnit,
  tryUnits,
  type DecisionProgram,
  type PartProgram,
} from '#core/decision/program.ts'
import type { DecisionResult } from '#core/decision/result.ts'
import type { JsonObject } from '#core/json.ts'
import type { Env } from '#core/logic/evaluation.ts'
import { isInherited, reader } from '#core/logic/path.ts'
import { quoted } from '#core/logic/source-text.ts'

/**
 * Makes a function of one parameter from its body: what only a composition root can lend, since a page under a strict
 * content policy has no such thing. The body holds names of its own making, and of a document nothing but literals.
 */
export type BuildFunction = (
  parameter: string,
  body: string,
) => (given: readonly unknown[]) => unknown

export type EvaluateDecision = (input: JsonObject, env: Env) => DecisionResult

/** Parts with more units are left to loops and indexes, which grow better. */
const mostUnits = 64
/** The engine optimises no function that is too long. */
const mostPlaces = 400

/**
 * The program as generated code: paths are read where they stand, and conditions are compared without a call. Whatever
 * has no such form, or meets a value that is missing or of another type, is left to the program's own functions, so
 * that every result is theirs. Null where too little of it would be generated.
 */
export function generate(program: DecisionProgram, build: BuildFunction): EvaluateDecision | null {
  const { parts, layout } = program
  if (layout.size > mostPlaces) return null
  const given = new Given()
  const written = parts.map((part) => writeUnits(part, layout, given))
  if (written.every((units) => units === null)) return null
  const functions = written.map((units, index) =>
    units === null ? '' : `function try${index}(draft, frame, env) {\n${units}\n}`,
  )
  const steps = parts.map((part, index) => {
    const name = given.name(part)
    const lines = [
      index === 0 ? '' : `${given.name(beginPart)}(draft)`,
      part.units.length === 0
        ? ''
        : written[index] === null
          ? `${given.name(tryUnits)}(${name}, draft, frame, env)`
          : `try${index}(draft, frame, env)`,
      `const value${index} = ${name}.conclude(draft, frame, env)`,
      `frame[${1 + index}] = value${index}`,
      ...fill(layout.filled(1 + index), `value${index}`, given).map(
        ({ slot, text }) => `frame[${slot}] = ${text}`,
      ),
    ]
    return part.runs ? `if (${name}.runs(frame, env)) {\n${lines.join('\n')}\n}` : lines.join('\n')
  })
  const filled = new Map(
    fill(layout.filled(0), 'input', given).map(({ slot, text }) => [slot, text]),
  )
  const frame = Array.from({ length: layout.size }, (_, slot) =>
    slot === 0 ? 'input' : (filled.get(slot) ?? 'null'),
  )
  const values = parts.map(({ id }, index) => `[${quoted(id)}]: frame[${1 + index}]`)
  const main = [
    `const frame = [${frame.join(', ')}]`,
    `const draft = ${given.name(newDraft)}()`,
    ...steps,
    `return ${given.name(toResult)}(draft, ${given.name(program)}, { ...draft.fields, ${values.join(', ')} })`,
  ]
  const body = [...functions, `return function (input, env) {\n${main.join('\n')}\n}`].join('\n')
  const text = [`'use strict'`, ...given.declared(), body].join('\n')
  // What it makes has the parameters that its text begins with.
  return build('given', text)(given.all) as EvaluateDecision
}

/** What the text refers to by a number: functions and objects of the program. */
class Given {
  readonly all: unknown[] = []
  readonly #names = new Map<unknown, string>()

  name(value: unknown): string {
    const known = this.#names.get(value)
    if (known !== undefined) return known
    const name = `g${this.all.push(value) - 1}`
    this.#names.set(value, name)
    return name
  }

  declared(): string[] {
    return this.all.map((_, index) => `const g${index} = given[${index}]`)
  }
}

/** Paths from a value as text; a missing value is null. Names that a prototype answers are left to the reader. */
const fill = (
  places: ReturnType<Layout['filled']>,
  from: string,
  given: Given,
): { readonly slot: number; readonly text: string }[] =>
  places.map(({ slot, path }) => ({
    slot,
    text: path.some(isInherited)
      ? `${given.name(reader(path))}(${from})`
      : `(${from}${path.map((key) => `?.[${quoted(key)}]`).join('')} ?? null)`,
  }))

/** Bits that one number holds without a sign. */
const wordSize = 30

/**
 * The units of a part in their order, as text: one whose values are all of the types that it asks for is met or not,
 * and any other is tried by its own function. Null where few of them have a certain form.
 */
function writeUnits(part: PartProgram, layout: Layout, given: Given): string | null {
  const { units, first } = part
  if (units.length === 0 || units.length > mostUnits) return null
  const read = new Set<number>()
  const bits = new Map<string, { slot: number; type: CertainType; word: number; bit: number }>()
  const bitOf = (slot: number, type: CertainType) => {
    const key = `${slot} ${type}`
    const number = bits.size
    const made = { slot, type, word: Math.floor(number / wordSize), bit: 1 << (number % wordSize) }
    const bit = bits.get(key) ?? made
    bits.set(key, bit)
    return bit
  }
  const lines = units.map((unit) => {
    const words: number[] = []
    const variable = (path: readonly string[]): number => {
      const slot = layout.slotOf(path)
      read.add(slot)
      return slot
    }
    const certain = certainCondition(unit.condition, {
      any: (path) => `v${variable(path)}`,
      typed: (path, type) => {
        const slot = variable(path)
        const { word, bit } = bitOf(slot, type)
        words[word] = (words[word] ?? 0) | bit
        return `v${slot}`
      },
    })
    return { unit, certain, words }
  })
  if (lines.filter(({ certain }) => certain !== null).length * 2 < units.length) return null
  const written = lines.map(({ unit, certain, words }) => {
    const name = given.name(unit)
    const tried = `${given.name(tryUnit)}(${given.name(part)}, ${name}, draft, frame, env)`
    const byItself = first ? `if (!${tried}) return` : tried
    if (certain === null) return byItself
    const unknown = words.flatMap((mask, word) => (mask ? [`(m${word} & ${mask}) !== 0`] : []))
    const met = unit.inForce ? `${given.name(unit.inForce)}(env) && (${certain})` : certain
    const hit = `{ ${name}.hit(draft, frame, env)${first ? '; return' : ''} }`
    const known = `if (${met}) ${hit}`
    return unknown.length === 0
      ? known
      : `if (${unknown.join(' || ')}) { ${byItself} } else ${known}`
  })
  const checks = [...bits.values()]
  return [
    ...[...read].map((slot) => `const v${slot} = frame[${slot}]`),
    ...[...new Set(checks.map(({ word }) => word))].map((word) => `let m${word} = 0`),
    ...checks.map(
      ({ slot, type, word, bit }) => `if (typeof v${slot} !== '${type}') m${word} |= ${bit}`,
    ),
    ...written,
  ].join('\n')
}
