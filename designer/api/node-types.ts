import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { requestList } from './http.ts'

export const listNodeTypes = (): Promise<NodeDescriptor[]> => requestList('/node-types')
