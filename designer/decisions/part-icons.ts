import { IconListCheck, IconMathFunction, IconTable } from '@tabler/icons-react'

export const partIcons = {
  rules: IconListCheck,
  table: IconTable,
  expression: IconMathFunction,
} as const
