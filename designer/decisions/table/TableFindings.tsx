import { Button } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { Finding } from '#core/graph/finding.ts'
import { applyPatch } from '../../document/json-patch.ts'
import { useEditor } from '../editor-context.ts'
import { findingSentence } from '../finding-sentence.ts'
import { t } from './messages.ts'
import styles from './Table.module.css'

/** No more stand below the table; all of them are under Problems. */
const most = 2

/** What is true of the table as a whole: who falls through it, and the row that would close the gap. */
export function TableFindings({ findings }: { readonly findings: readonly Finding[] }) {
  const { decision, analysed, change, showFinding } = useEditor()
  if (findings.length === 0) return null
  const [next] = findings.slice(most)
  return (
    <ul className={styles['findings']}>
      {findings.slice(0, most).map((finding, index) => {
        const { fix, severity, code } = finding
        const Sign = severity === 'info' ? IconInfoCircle : IconAlertTriangle
        return (
          <li key={`${index} ${code}`} data-severity={severity}>
            <Sign size={16} aria-hidden />
            <span>{findingSentence(finding)}</span>
            {fix !== undefined && (
              <Button
                variant="light"
                size="compact-xs"
                // The place of a fix counts in what was analysed.
                disabled={analysed !== decision}
                onClick={() => change((now) => applyPatch(now, fix.patch))}
              >
                {fix.title}
              </Button>
            )}
          </li>
        )
      })}
      {next !== undefined && (
        <li className={styles['more']}>
          <span />
          <Button variant="subtle" size="compact-xs" onClick={() => showFinding(next)}>
            {t('moreFindings', { count: findings.length - most })}
          </Button>
        </li>
      )}
    </ul>
  )
}
