import { createContext, use } from 'react'
import type { Json } from '#core/json.ts'
import type { ScopeField } from '../../inspector/condition-builder/scope-field.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

/** What fields need besides their schema. */
export interface FormServices {
  /** What a reference can name: `connection:bureau`, `decision`, `model`. */
  readonly choices: (ref: string) => readonly Choice[]
  /** What logic can read. */
  readonly fields: readonly ScopeField[]
  /** Stores a file and gives what refers to it. */
  readonly upload: (file: File) => Promise<Json>
}

export const FormContext = createContext<FormServices>({
  choices: () => [],
  fields: [],
  upload: () => Promise.reject(new Error('no files here')),
})
export const useForm = (): FormServices => use(FormContext)
