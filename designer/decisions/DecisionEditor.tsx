import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { Group, Loader, SegmentedControl } from '@mantine/core'
import { useHotkeys, useLocalStorage } from '@mantine/hooks'
import type { DocumentView } from '#core/api/views.ts'
import { isObject } from '#core/json.ts'
import { PageFrame } from '../ui/PageFrame.tsx'
import { fieldsOfSchema } from '../inspector/condition-builder/scope-field.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { DecisionActions, DecisionTitle } from './DecisionBar.tsx'
import { EditorContext, type EditorServices } from './editor-context.ts'
import { coverageMarks } from './explain/coverage-marks.ts'
import { useCoverage } from './explain/use-coverage.ts'
import { ListKeys } from './ListKeys.tsx'
import { PartList } from './PartList.tsx'
import { t } from './messages.ts'
import { SidePanel, type Panel } from './SidePanel.tsx'
import { unreadFindings } from './table/unread-findings.ts'
import { useAnalysis } from './use-analysis.ts'
import { useDecisionEditor } from './use-decision-editor.ts'
import { useShownPlace } from './use-shown-place.ts'
import { useOtherDecisions } from './use-other-decisions.ts'
import { useOutcomes } from './use-outcomes.ts'
import styles from './DecisionEditor.module.css'

const GraphView = lazy(() =>
  import('./graph/GraphView.tsx').then(({ GraphView: component }) => ({ default: component })),
)

const looks = ['list', 'graph'] as const
type Look = (typeof looks)[number]

/** A decision's parts on the left, what they decide for a sample on the right, as one types. */
export function DecisionEditor({ view }: { readonly view: DocumentView }) {
  const editing = useDecisionEditor(view)
  const { decision, change } = editing
  const [sample, setSample] = useState(() => {
    const first = decision.tests[0]?.input
    return isObject(first) ? (first as EditorServices['sample']) : {}
  })
  const [applicants, setApplicants] = useState<EditorServices['applicants']>(null)
  const settled = useDeferredValue(decision)
  const others = useOtherDecisions(settled)
  const analysis = useAnalysis({ decision: settled, others })
  const { of: analysed, findings: found } = analysis
  const [unread, setUnread] = useState<EditorServices['unread']>({})
  const findings = useMemo(
    () => [...unreadFindings(analysed, unread), ...found],
    [analysed, unread, found],
  )
  const { sample: outcome, tests: testOutcomes } = useOutcomes(
    { decision: settled, others },
    sample,
  )
  const [panel, setPanel] = useState<Panel>({ tab: 'try', finding: null })
  const coverage = useCoverage({ decision: settled, others }, panel.tab === 'tests')
  const covered = useMemo(() => coverageMarks(coverage, decision.id), [coverage, decision.id])
  const fields = useMemo(() => fieldsOfSchema(decision.input, ''), [decision.input])
  const [look, setLook] = useLocalStorage<Look>({
    key: 'metis-decision-look',
    defaultValue: 'list',
  })
  const [shown, setShown] = useShownPlace()
  useHotkeys(
    [
      ['mod+z', editing.undo],
      ['mod+shift+z', editing.redo],
      ['mod+y', editing.redo],
      ['mod+s', editing.save],
    ],
    [],
    true,
  )
  const services: EditorServices = {
    decision,
    others,
    change,
    findings,
    analysed,
    analysis: analysis.state,
    unread,
    setUnread: (table, list) => setUnread((all) => ({ ...all, [table]: list })),
    showFinding: (finding) => setPanel({ tab: 'problems', finding }),
    shown,
    show: (place) => {
      setLook('list')
      setShown(place)
    },
    fields,
    outcome,
    testOutcomes,
    coverage,
    covered,
    sample,
    setSample,
    applicants,
    setApplicants,
  }
  return (
    <EditorContext value={services}>
      <PageFrame
        title={<DecisionTitle view={view} editing={editing} />}
        tab={decision.name}
        actions={
          <Group gap="md" wrap="nowrap">
            <SegmentedControl
              size="xs"
              aria-label={t('look')}
              value={look}
              onChange={(next) => setLook(next as Look)}
              data={looks.map((each) => ({ value: each, label: t(`look_${each}`) }))}
            />
            {look === 'list' && <ListKeys />}
            <DecisionActions view={view} editing={editing} findings={findings} others={others} />
          </Group>
        }
        flush
      >
        <div className={styles['page']}>
          {look === 'graph' ? (
            <div className={styles['graph']}>
              <ConflictNotice editing={editing} />
              <Suspense fallback={<Loader m="xl" size="sm" />}>
                <GraphView />
              </Suspense>
            </div>
          ) : (
            <div className={styles['parts']}>
              <ConflictNotice editing={editing} />
              <PartList />
            </div>
          )}
          <SidePanel panel={panel} onPanel={setPanel} />
        </div>
      </PageFrame>
    </EditorContext>
  )
}
