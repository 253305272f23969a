import type { ModelView } from '#core/api/views.ts'
import { requestList } from './http.ts'

export const listModels = (): Promise<ModelView[]> => requestList('/models')
