import {
  IconArrowsSplit2,
  IconBinaryTree2,
  IconListCheck,
  IconLogout2,
  IconMathFunction,
  IconScoreboard,
  IconTable,
} from '@tabler/icons-react'

export const partIcons = {
  rules: IconListCheck,
  table: IconTable,
  scorecard: IconScoreboard,
  expression: IconMathFunction,
  switch: IconArrowsSplit2,
  decision: IconBinaryTree2,
  output: IconLogout2,
} as const
