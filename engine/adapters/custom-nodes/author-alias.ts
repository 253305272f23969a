import { join } from 'node:path'

/** For bundles that run without the product: its own sources stand in for what authors import. */
export const authorAlias = (root: string): Record<string, string> => ({
  metis: join(root, 'engine', 'adapters', 'custom-nodes', 'sdk.ts'),
  zod: join(root, 'node_modules', 'zod'),
})
