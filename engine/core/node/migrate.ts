import { TerminalError } from '#core/errors.ts'
import type { Json } from '#core/json.ts'
import type { Shape } from '#core/node/define-node.ts'

/**
 * Lifts a saved config to the version of the installed type, one version at a time.
 * @throws TerminalError NODE_VERSION_UNKNOWN where the document is newer, or a step is missing
 */
export function migrateConfig(
  node: Pick<Shape, 'type' | 'version' | 'migrate'>,
  saved: number,
  config: Json,
): Json {
  let current = config
  for (let version = saved; version !== node.version; version += 1) {
    const lift = version < node.version ? node.migrate?.[version] : undefined
    if (!lift)
      throw new TerminalError('NODE_VERSION_UNKNOWN', {
        type: node.type,
        version: saved,
        installed: node.version,
      })
    current = lift(current)
  }
  return current
}
