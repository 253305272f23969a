import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHourglass,
  IconInfoCircle,
  type Icon,
} from '@tabler/icons-react'
import type { Decision } from '#core/graph/decision.ts'
import type { Finding } from '#core/graph/finding.ts'
import { EmptyNote } from '../ui/EmptyNote.tsx'
import { Notice } from '../ui/Notice.tsx'
import { applyPatch } from '../document/json-patch.ts'
import { useEditor } from './editor-context.ts'
import { findingSentence } from './finding-sentence.ts'
import { t } from './messages.ts'
import styles from './DecisionEditor.module.css'

const looks: Record<Finding['severity'], { readonly icon: Icon; readonly tone: string }> = {
  error: { icon: IconAlertTriangle, tone: 'failed' },
  warning: { icon: IconAlertTriangle, tone: 'waiting' },
  info: { icon: IconInfoCircle, tone: 'running' },
}

/** Where a finding is, as its part's and rule's names. */
function placeWords(decision: Decision, path: string): string {
  const [, index, list, entry] = /^\/parts\/(\d+)(?:\/(rules|rows)\/(\d+))?/.exec(path) ?? []
  const part = index === undefined ? undefined : decision.parts[Number(index)]
  if (part === undefined) return ''
  const inner =
    part.kind === 'rules' && list === 'rules'
      ? part.rules[Number(entry)]?.name
      : list === 'rows'
        ? t('rowNumber', { row: Number(entry) + 1 })
        : undefined
  return inner === undefined ? part.name : `${part.name} › ${inner}`
}

export interface FindingsPanelProps {
  /** The one that was asked for: it is brought into sight. */
  readonly shown: Finding | null
}

export function FindingsPanel({ shown }: FindingsPanelProps) {
  const { decision, analysed, analysis, change, findings } = useEditor()
  if (findings.length === 0 && analysis !== 'failed')
    return analysis === 'asking' ? (
      <EmptyNote icon={IconHourglass} title={t('problems')} text={t('checking')} />
    ) : (
      <EmptyNote icon={IconCircleCheck} title={t('problems')} text={t('noProblems')} />
    )
  return (
    <>
      {analysis === 'failed' && (
        <Notice tone="failed" icon={IconAlertTriangle}>
          {t('checkFailed')}
        </Notice>
      )}
      <ul className={styles['findings']}>
        {findings.map((finding, index) => {
          const { icon: Sign, tone } = looks[finding.severity]
          const { code, place, fix } = finding
          return (
            <li
              key={`${index} ${code} ${place.path}`}
              ref={finding === shown ? (item) => item?.scrollIntoView({ block: 'nearest' }) : null}
              aria-current={finding === shown || undefined}
            >
              <Sign size={16} color={`var(--${tone})`} aria-label={t(finding.severity)} />
              <div>
                <div className={styles['quiet']}>{placeWords(analysed, place.path)}</div>
                {findingSentence(finding)}
                {fix !== undefined && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    display="block"
                    disabled={analysed !== decision}
                    onClick={() => change((now) => applyPatch(now, fix.patch))}
                  >
                    {t('fix', { title: fix.title })}
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}
