import { existsSync, watch, type FSWatcher } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyNode } from '#core/node/define-node.ts'
import type { LiveRegistry } from './live-registry.ts'
import { loadCustomNodes } from './load-custom-nodes.ts'
import type { LoadedNodes } from './load-node.ts'

export interface CustomNodes {
  /** What the last loading found. */
  current(): LoadedNodes
  close(): Promise<void>
}

/** ms in which the writes of one save are taken together. */
const settleMs = 100

/** Loads the folders into the registry and, in development, again on every change. */
export async function openCustomNodes(options: {
  readonly folders: readonly string[]
  readonly builtIn: readonly AnyNode[]
  readonly registry: LiveRegistry
  readonly onLoad: (loaded: LoadedNodes) => void
  readonly watch: boolean
}): Promise<CustomNodes> {
  const { folders, builtIn, registry, onLoad } = options
  const scratch = await mkdtemp(join(tmpdir(), 'metis-nodes-'))
  let current: LoadedNodes = { nodes: [], problems: [], inputs: [] }
  const load = async () => {
    current = await loadCustomNodes({ folders, builtIn, scratch })
    registry.replaceCustom(current.nodes)
    onLoad(current)
  }
  await load()

  let timer: ReturnType<typeof setTimeout> | undefined
  let loading = Promise.resolve()
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A folder that vanishes while it is read leaves what was loaded before.
      loading = loading.then(load).catch(() => {})
    }, settleMs)
  }
  const watchers: FSWatcher[] = options.watch
    ? folders
        .filter((folder) => existsSync(folder))
        .map((folder) => watch(folder, { recursive: true }, changed))
    : []
  return {
    current: () => current,
    async close() {
      for (const watcher of watchers) watcher.close()
      clearTimeout(timer)
      await loading
      await rm(scratch, { recursive: true, force: true })
    },
  }
}
