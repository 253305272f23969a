import type { Logic } from '#core/graph/flow.ts'
import { JsonInput } from '../../ui/JsonInput.tsx'

export interface LogicTextProps {
  readonly value: Logic
  readonly onChange: (value: Logic) => void
}

/** Logic as the JSON that is stored. */
export function LogicText({ value, onChange }: LogicTextProps) {
  return <JsonInput value={value} onChange={onChange} lines={6} />
}
