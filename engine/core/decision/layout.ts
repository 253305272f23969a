import type { Json, JsonObject } from '#core/json.ts'
import type { Reading } from '#core/logic/compile.ts'
import type { Evaluate } from '#core/logic/evaluation.ts'
import { reader } from '#core/logic/path.ts'

/** The working memory of one evaluation: the input, the parts' values, then every path that any logic reads. */
export type Frame = Json[]

const inputSlot = 0
/** Places, with what fills them. */
interface Filler {
  readonly slots: number[]
  readonly reads: Evaluate[]
  readonly paths: (readonly string[])[]
}
/** Following a path takes no time. */
const noClock = { at: NaN }

/**
 * Gives each path that a decision reads one place in a frame. A path is followed once an evaluation, however many
 * rules ask for it, and asking is then reading an array.
 */
export class Layout {
  readonly reading: Reading
  readonly #parts: readonly string[]
  readonly #slots = new Map<string, number>()
  /** For the input, then for each part: what to fill once its value is there. */
  readonly #fillers: Filler[]
  /** Of the size that an evaluation needs. */
  readonly #empty: Frame

  constructor(parts: readonly string[]) {
    this.#parts = parts
    this.#empty = [null, ...parts.map(() => null)]
    this.#fillers = this.#empty.map(() => ({ slots: [], reads: [], paths: [] }))
    this.reading = {
      read: (path) => {
        const slot = this.slotOf(path)
        return (frame) => (frame as Frame)[slot] as Json
      },
      slotOf: (path) => this.slotOf(path),
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
    const inside = root === 'input' || part >= 0 ? rest : path
    const slot = this.#empty.push(null) - 1
    this.#slots.set(key, slot)
    const filler = this.#fillers[1 + part]
    filler?.slots.push(slot)
    filler?.reads.push(reader(inside))
    filler?.paths.push(inside)
    return slot
  }

  /** Places that a frame has. */
  get size(): number {
    return this.#empty.length
  }

  /** What is filled from the input (0) or from a part's value (1 + its place): the place, the path from there. */
  filled(source: number): readonly { readonly slot: number; readonly path: readonly string[] }[] {
    const { slots, paths } = this.#fillers[source] ?? { slots: [], paths: [] }
    return slots.map((slot, index) => ({ slot, path: paths[index] ?? [] }))
  }

  start(input: JsonObject): Frame {
    const frame = this.#empty.slice()
    this.#fill(frame, inputSlot, input)
    return frame
  }

  settle(frame: Frame, part: number, value: Json): void {
    this.#fill(frame, 1 + part, value)
  }

  #fill(frame: Frame, source: number, value: Json): void {
    frame[source] = value
    const { slots, reads } = this.#fillers[source] as Filler
    for (let i = 0; i < slots.length; i += 1)
      frame[slots[i] as number] = (reads[i] as Evaluate)(value, noClock)
  }

  /** What logic sees, as one object. */
  scope(frame: Frame): JsonObject {
    const input = frame[inputSlot] as JsonObject
    return { ...input, ...this.values(frame), input }
  }

  /** The parts' values by id, besides others. */
  values(frame: Frame, besides: Readonly<Record<string, Json>> = {}): JsonObject {
    const values: Record<string, Json> = { ...besides }
    const parts = this.#parts
    // A node id is never `__proto__`: it begins with a letter.
    for (let part = 0; part < parts.length; part += 1)
      values[parts[part] as string] = frame[1 + part] as Json
    return values
  }
}
