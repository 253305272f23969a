import type { NodeKind } from '#core/node/define-node.ts'

/** Whether a node of the kind ends the run: it has no port, and an edge to it may leave a fork. */
export const isEnd = (kind: NodeKind | undefined): boolean => kind === 'end' || kind === 'continue'
