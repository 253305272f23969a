import { lazy, Suspense, useState } from 'react'
import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseFlow } from '#core/graph/parse.ts'
import { request } from '../../api/http.ts'
import { useEditor, useFlow } from '../../canvas/editor-context.ts'
import { findingText } from '../../canvas/finding-text.ts'
import { placesOf } from '../../document/columns.ts'
import { PagePending } from '../../ui/PagePending.tsx'
import { t } from '../messages.ts'
import styles from './Drawer.module.css'

const CodeEditor = lazy(async () => {
  const { CodeEditor: component } = await import('../../ui/CodeEditor.tsx')
  return { default: component }
})

/** The whole flow as JSON, checked against the document's schema while it is typed. */
export function DocumentPane() {
  const { editor } = useEditor()
  const flow = useFlow((state) => state.flow)
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const schema = useQuery({
    queryKey: ['schemas', 'flow'],
    queryFn: () => request<unknown>('GET', '/schemas/flow.json'),
    staleTime: Infinity,
  })
  const text = draft ?? JSON.stringify(flow, null, 2)
  const apply = (): void => {
    try {
      const parsed = parseFlow(JSON.parse(text))
      if (!parsed.ok) {
        setProblem(t('documentWrong', { detail: parsed.findings.map(findingText).join(' ') }))
        return
      }
      // The id is the document's address on the server: it stays.
      const next = { ...parsed.document, id: flow.id, layout: placesOf(parsed.document) }
      editor.store.execute({ do: 'replace', flow: next })
      setDraft(null)
      setProblem(null)
    } catch (error) {
      setProblem(
        t('documentWrong', { detail: error instanceof Error ? error.message : String(error) }),
      )
    }
  }
  return (
    <div className={styles['document']}>
      <div className={styles['documentBar']}>
        <span style={{ flex: 1 }}>{t('documentText')}</span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={draft === null}
          onClick={() => {
            setDraft(null)
            setProblem(null)
          }}
        >
          {t('documentReset')}
        </Button>
        <Button size="compact-sm" disabled={draft === null} onClick={apply}>
          {t('documentApply')}
        </Button>
      </div>
      {problem !== null && (
        <Text size="xs" c="var(--failed)" role="alert">
          {problem}
        </Text>
      )}
      <div className={styles['documentText']}>
        <Suspense fallback={<PagePending />}>
          <CodeEditor
            value={text}
            language="json"
            label={t('document')}
            schema={schema.data}
            onChange={(next) => setDraft(next === JSON.stringify(flow, null, 2) ? null : next)}
          />
        </Suspense>
      </div>
    </div>
  )
}
