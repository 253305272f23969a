import { IconPuzzle, type IconProps } from '@tabler/icons-react'
import type { NodeDescriptor } from '#core/node/descriptor.ts'
import { areaIcons, namedIcons } from './icons.ts'

export interface NodeIconProps extends Pick<IconProps, 'size'> {
  /** undefined for a type that is not installed */
  readonly of: Pick<NodeDescriptor, 'icon' | 'area'> | undefined
}

/** The icon that a node type names, else its area's. */
export function NodeIcon({ of, size = 18 }: NodeIconProps) {
  const Found = of === undefined ? IconPuzzle : (namedIcons[of.icon] ?? areaIcons[of.area])
  return <Found size={size} stroke={1.8} aria-hidden />
}
