import { Tooltip } from '@mantine/core'
import { IconCircle, IconCircleCheck, IconCircleHalf2, type Icon } from '@tabler/icons-react'
import { Tag, type TagProps } from '../../ui/Tag.tsx'
import type { CoverageMark } from './coverage-marks.ts'
import { t } from './messages.ts'

/** Sign and tone by how far something is covered. */
export const coverageLooks: Readonly<
  Record<CoverageMark['state'], readonly [Icon, TagProps['tone']]>
> = {
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

/** The same as a sign alone, where there is no room for words. */
export function CoverageSign({ mark }: { readonly mark: CoverageMark }) {
  const [Sign, tone] = coverageLooks[mark.state]
  const text = coverageText(mark)
  return (
    <Tooltip label={text} multiline maw={280}>
      <Sign size={14} color={`var(--${tone})`} role="img" aria-label={text} />
    </Tooltip>
  )
}

/** Whether tests meet a rule or case; nothing where coverage is not shown. */
export function CoverageBadge({ mark }: { readonly mark: CoverageMark | undefined }) {
  if (mark === undefined) return null
  const [icon, tone] = coverageLooks[mark.state]
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
