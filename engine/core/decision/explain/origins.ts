import type { Place } from '#core/decision/explain/places.ts'
import { logicOf } from '#core/decision/validate-references.ts'
import { checkLogic, parseLogic } from '#core/logic/parse.ts'
import { treeReferences } from '#core/logic/references.ts'
import type { Tree } from '#core/logic/tree.ts'

type Path = readonly string[]

/** Where what the logic of a place reads comes from, in the input of the decision at hand. */
export interface Origins {
  /** The path of the input that a path is, unchanged; null where it is worked out. */
  readonly inputOf: (place: number, path: Path) => Path | null
  /** Every path of the input that a tree hangs on, through other parts and decisions. */
  readonly readBy: (place: number, tree: Tree) => readonly Path[]
}

export function originsIn(places: readonly Place[]): Origins {
  const known = new Map<string, ReadonlyMap<string, Path>>()
  const partAt = (place: number, id: string) =>
    places[place]?.decision.parts.find((part) => part.id === id)
  /** What a place is given under the first name of a path, written where it is asked. */
  const givenAt = (place: number, [name = '']: Path) => {
    const asked = places[place]?.asked
    const given = asked?.part.inputs[name]
    return !asked || given === undefined || checkLogic(given).length > 0
      ? null
      : { by: asked.by, tree: parseLogic(given) }
  }
  const ownInput = ([root = '', ...rest]: Path): Path => (root === 'input' ? rest : [root, ...rest])

  const inputOf = (place: number, path: Path, steps = 0): Path | null => {
    const [root = '', ...rest] = path
    // Parts that read each other in a circle have no origin.
    if (steps > 1_000) return null
    const part = partAt(place, root)
    if (part) {
      if (part.kind !== 'expression' || part.only || checkLogic(part.value).length > 0) return null
      const tree = parseLogic(part.value)
      return isPlain(tree) ? inputOf(place, [...tree.path, ...rest], steps + 1) : null
    }
    const own = ownInput(path)
    if (places[place]?.asked === null) return own
    const given = givenAt(place, own)
    return given && isPlain(given.tree)
      ? inputOf(given.by, [...given.tree.path, ...own.slice(1)], steps + 1)
      : null
  }

  const readThrough = (place: number, id: string): ReadonlyMap<string, Path> => {
    const key = `${place} ${id}`
    const found = known.get(key)
    if (found) return found
    const paths = new Map<string, Path>()
    known.set(key, paths)
    const part = partAt(place, id)
    if (!part) return paths
    const trees = logicOf(part, '').flatMap(([logic]) =>
      checkLogic(logic).length > 0 ? [] : [parseLogic(logic)],
    )
    for (const tree of trees) gather(place, tree, paths)
    if (part.only)
      for (const [name, path] of readThrough(place, part.only.switch)) paths.set(name, path)
    return paths
  }
  const gather = (place: number, tree: Tree, into: Map<string, Path>): void => {
    for (const path of treeReferences(tree)) {
      const [root = ''] = path
      if (partAt(place, root)) {
        for (const [name, below] of readThrough(place, root)) into.set(name, below)
        continue
      }
      const own = ownInput(path)
      if (places[place]?.asked === null) {
        if (own.length > 0 && own[0] !== '?') into.set(own.join('.'), own)
        continue
      }
      const given = givenAt(place, own)
      if (given) gather(given.by, given.tree, into)
    }
  }
  return {
    inputOf: (place, path) => inputOf(place, path),
    readBy: (place, tree) => {
      const paths = new Map<string, Path>()
      gather(place, tree, paths)
      return [...paths.values()]
    },
  }
}

const isPlain = (tree: Tree): tree is Tree & { kind: 'path' } =>
  tree.kind === 'path' && tree.fallback === null && tree.path.length > 0
