import { Tooltip } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconCircleHalf2, type Icon } from '@tabler/icons-react'
import { Tag, type TagProps } from '../../ui/Tag.tsx'
import type { CoverageMark } from './coverage-marks.ts'
import { t } from './messages.ts'

const looks: Readonly<Record<CoverageMark['state'], readonly [Icon, TagProps['tone']]>> = {
  none: [IconCircle, 'failed'],
  some: [IconCircleHalf2, 'waiting'],
  full: [IconCircleCheck, 'done'],
}

/** What the tests make of something, as a sentence. */
export const coverageText = ({ tests, comparisons, bothWays }: CoverageMark): string =>
  [
    tests === 0 ? t('metByNone') : tests === 1 ? t('metByOne') : t('metByTests', { tests }),
    ...(comparisons === 0 ? [] : [t('bothWays', { seen: bothWays, all: comparisons })]),
  ].join(' ')

/** Whether tests meet a rule or case; nothing where coverage is not shown. */
export function CoverageBadge({ mark }: { readonly mark: CoverageMark | undefined }) {
  if (mark === undefined) return null
  const [icon, tone] = looks[mark.state]
  return (
    <Tooltip label={coverageText(mark)} multiline maw={280}>
      <span>
        <Tag tone={tone} icon={icon}>
          {mark.tests === 0 ? t('noTest') : t('testCount', { count: mark.tests })}
        </Tag>
      </span>
    </Tooltip>
  )
}
