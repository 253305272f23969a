import type { Json, JsonObject } from '#core/json.ts'
import type { Reading } from '#core/logic/compile.ts'
import { reader } from '#core/logic/path.ts'

/** The working memory of one evaluation: the input, the parts' values, then every path that any logic reads. */
export type Frame = Json[]

const inputSlot = 0

/**
 * Gives each path that a decision reads one place in a frame. A path is followed once an evaluation, however many
 * rules ask for it, and asking is then reading an array.
 */
export class Layout {
  readonly reading: Reading
  readonly #parts: readonly string[]
  readonly #slots = new Map<string, number>()
  /** By part, −1 for the input: what to fill once its value is there. */
  readonly #fillers = new Map<number, { slot: number; read: (data: Json) => Json }[]>()
  #size: number

  constructor(parts: readonly string[]) {
    this.#parts = parts
    this.#size = 1 + parts.length
    this.reading = {
      read: (path) => {
        const slot = this.slotOf(path)
        return (frame) => (frame as Frame)[slot] as Json
      },
      whole: (frame) => this.scope(frame as Frame),
    }
  }

  /** `input` is the whole input; a part's id is its value; any other name is a field of the input. */
  slotOf(path: readonly string[]): number {
    const key = JSON.stringify(path)
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const [root = '', ...rest] = path
    const part = this.#parts.indexOf(root)
    const follow = reader(root === 'input' || part >= 0 ? rest : path)
    const slot = this.#size++
    this.#slots.set(key, slot)
    const fillers = this.#fillers.get(part) ?? []
    // Paths read plain data: they need no clock.
    fillers.push({ slot, read: (data) => follow(data, { at: NaN }) })
    this.#fillers.set(part, fillers)
    return slot
  }

  start(input: JsonObject): Frame {
    const frame: Frame = new Array<Json>(this.#size).fill(null)
    frame[inputSlot] = input
    this.#fill(frame, -1, input)
    return frame
  }

  settle(frame: Frame, part: number, value: Json): void {
    frame[1 + part] = value
    this.#fill(frame, part, value)
  }

  #fill(frame: Frame, part: number, value: Json): void {
    for (const filler of this.#fillers.get(part) ?? []) frame[filler.slot] = filler.read(value)
  }

  /** What logic sees, as one object. */
  scope(frame: Frame): JsonObject {
    const input = frame[inputSlot] as JsonObject
    return { ...input, ...this.values(frame), input }
  }

  /** The parts' values by id. */
  values(frame: Frame): JsonObject {
    return Object.fromEntries(this.#parts.map((id, part) => [id, frame[1 + part] as Json]))
  }
}
